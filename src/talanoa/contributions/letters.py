"""What letters about contributions share: how a held one is confirmed, and the letters of moderation.

These say what was done, by which rule, in whose role, what one can do, until when, and where.

Each is a subject and its lines, complete in itself; the desk shows it before it is sent.
"""

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import reason_called
from talanoa.contributions.models import Appeal, Assurance, Contribution, ModerationAct
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import confirming_link
from talanoa.mail.posting import outbox
from talanoa.processes.models import Default, Role

Letter = tuple[str, list[str]]


def held_lines(contribution: Contribution) -> list[str]:
    """Return how the sender of a held contribution confirms it; nothing where it is not held."""
    if contribution.state != Contribution.State.UNCONFIRMED:
        return []
    told = _("It is held until you confirm that it is yours: answer this mail with the one word: confirm")
    if contribution.channel == "mail" and contribution.authorship.assurance == Assurance.PROVEN:
        told = _(
            "You answered a mail of ours with none of its words, so it may not be meant as an input. It is held: to "
            "have it published, answer this mail with the one word: confirm. To take it back, with: withdraw."
        )
    link = confirming_link(contribution.process.key)
    return [*wrapped(told), _("Or open this page, and press the button on it:"), link, ""]


def moderated(made: ModerationAct, *, role: str) -> Letter:
    """Return the letter to the author about a hold, a release or a rejection, done in `role`."""
    if made.until is not None:
        return _quarantined(made, made.until)
    if made.act == ModerationAct.Act.RELEASE:
        return _released(made.contribution, role)
    return _kept_back(made, role)


def _kept_back(made: ModerationAct, role: str) -> Letter:
    """Return the letter about a hold or a rejection."""
    contribution = made.contribution
    named = {"number": _called(contribution), "title": contribution.process.title}
    if made.act == ModerationAct.Act.REJECT:
        subject = _("Your contribution %(number)s is rejected") % named
        told = _(
            "Your contribution %(number)s to “%(title)s” is rejected: the public does not see it any more."
        )
    else:
        subject = _("Your contribution %(number)s is held") % named
        told = _(
            "Your contribution %(number)s to “%(title)s” is held: the public does not see it for now. It will be "
            "released or rejected, and you will be told."
        )
    who = _("This was decided by: %(role)s, on %(day)s.") % {"role": role_name(role), "day": instant(made.at)}
    reasons = ["", _("They write:"), made.text] if made.text else []
    lines = [
        told % named,
        "",
        *_rule(made.reason),
        who,
        *reasons,
        "",
        *_stays(),
        "",
        *_appeal(made),
        *_places(made),
    ]
    return subject, wrapped(*lines)


def _rule(code: str) -> list[str]:
    """Return the rule in its words, with what it never means."""
    reason = reason_called(code)
    if reason is None:
        return []
    return [
        _("The rule: %(label)s. %(meaning)s") % {"label": reason.label, "meaning": reason.meaning},
        _("Not meant by it: %(never)s") % {"never": reason.never},
    ]


def _stays() -> list[str]:
    return [
        _(
            "Nothing is deleted. Its number and your receipt stay, it counts, and where an answer is due you get "
            "it. You can still read it."
        )
    ]


def _appeal(made: ModerationAct) -> list[str]:
    """Return how the author can appeal, until when, and who decides."""
    number = made.contribution.number
    mine = f"{outbox.site}/p/{made.contribution.process.key}/appeal/{number}/"
    told = _(
        "If you think this is wrong, appeal until %(day)s: answer this mail with “appeal %(number)s:” and why, "
        "or write it here:"
    )
    return [
        told % {"day": instant(made.appeal_until), "number": number},
        mine,
        _(
            "Another person than the one who decided looks again, the chair where there is one, within "
            "%(days)s days, and gives you the reasons."
        )
        % {"days": made.contribution.process.defaults[Default.APPEAL_DECISION]},
    ]


def _places(made: ModerationAct) -> list[str]:
    key = made.contribution.process.key
    return [
        "",
        _("The code of conduct:") + f" {outbox.site}/conduct/",
        _("What was decided in this process so far:") + f" {outbox.site}/p/{key}/moderation/",
    ]


def _released(contribution: Contribution, role: str) -> Letter:
    named = {"number": _called(contribution), "title": contribution.process.title}
    told = _("Your contribution %(number)s to “%(title)s” is shown, as you allowed.") % named
    who = _("This was decided by: %(role)s.") % {"role": role_name(role)}
    return _("Your contribution %(number)s is shown") % named, wrapped(told, who)


def _quarantined(made: ModerationAct, until: datetime) -> Letter:
    contribution = made.contribution
    named = {"number": _called(contribution), "title": contribution.process.title, "until": instant(until)}
    told = _(
        "Your contribution %(number)s to “%(title)s” is your first here. It is held for a short time, and is shown "
        "by itself on %(until)s at the latest. You need do nothing."
    )
    return _("Your contribution %(number)s is held for a short time") % named, wrapped(
        told % named, *_places(made)
    )


def appeal_waits(appeal: Appeal) -> Letter:
    """Return the letter to somebody who may decide an appeal; what was said stands on the page, not in it."""
    contribution = appeal.contribution
    assert contribution is not None  # noqa: S101 - the caller asked
    named = {"number": _called(contribution), "day": instant(appeal.decide_by)}
    page = f"{outbox.site}/p/{contribution.process.key}/desk/moderation/{contribution.number}/"
    told = _(
        "The author of %(number)s appeals against a decision in which you had no part. It is yours to decide, "
        "with reasons, until %(day)s; after that it stands in public as overdue."
    )
    return _("An appeal waits for you: %(number)s") % named, [*wrapped(told % named), "", page]


def ruled(appeal: Appeal, *, role: str) -> Letter:
    """Return the letter to the one who appealed: the outcome, in whose role, the reasons."""
    contribution = appeal.contribution
    assert contribution is not None  # noqa: S101 - the caller asked
    named = {"number": _called(contribution), "title": contribution.process.title}
    told = {
        Appeal.Outcome.UPHELD: _("The decision stands: %(number)s in “%(title)s” is not shown."),
        Appeal.Outcome.OVERTURNED: _(
            "The decision was overturned: %(number)s in “%(title)s” is shown again."
        ),
    }[Appeal.Outcome(appeal.outcome)]
    who = _("This was decided by: %(role)s, who had no part in it before. The reasons:")
    lines = wrapped(told % named, "", who % {"role": role_name(role)}, "", appeal.reasons)
    return _("Your appeal about %(number)s is decided") % named, lines


def role_name(role: str) -> str:
    """Return how a role is called in a letter; the clock has none."""
    return str(Role(role).label) if role in Role.values else _("the clock")


def instant(at: datetime) -> str:
    """Return an aware instant in words, in UTC: Tuesday 24 November 2026, 23:59 UTC."""
    utc = at.astimezone(UTC)
    return _("%(day)s, %(time)s UTC") % {"day": date_format(utc, "l j F Y"), "time": f"{utc:%H:%M}"}


def _called(contribution: Contribution) -> str:
    return label(contribution.process.key, contribution.number)
