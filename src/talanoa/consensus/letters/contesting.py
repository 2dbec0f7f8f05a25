"""Letters about challenges, appeals and panels: what was said, what one can do now, until when, and where."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.consensus.contestable import Contestable
from talanoa.consensus.letters.calls import call_page
from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import Challenge, Designation, PanelAppeal, PanelDraw, PanelMember
from talanoa.consensus.panels import command_of
from talanoa.contributions.models import Appeal
from talanoa.kernel.instants import moment
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox
from talanoa.processes.models import Default
from talanoa.record.models import Entry
from talanoa.record.queries import sentence

CHALLENGE, OPINION, RECUSE, SECOND = "challenge", "opinion", "recuse", "second"
"""The mail commands by which an outcome is contested and an appeal heard."""
OUTCOMES = {
    Appeal.Outcome.UPHELD.value: gettext_lazy("What was done stands."),
    Appeal.Outcome.OVERTURNED.value: gettext_lazy("It is overturned."),
}
Letter = tuple[str, list[str]]


def challenge_page(challenge: Challenge) -> str:
    """Return the whole address of a challenge, for letters."""
    path = reverse("consensus:challenged", args=[challenge.process.key, challenge.number])
    return f"{outbox.site}{path}"


def appeal_page(appeal: PanelAppeal) -> str:
    """Return the whole address of an appeal, for letters."""
    path = reverse("consensus:appealed", args=[appeal.process.key, appeal.number])
    return f"{outbox.site}{path}"


def part_name(recommendation: int) -> str:
    """Return how a part of a text is called: its recommendation, or the whole."""
    if recommendation:
        return _("Recommendation %(number)s") % {"number": recommendation}
    return _("The whole text")


def act_name(act: Contestable | PanelAppeal) -> str:
    """Return in words what an appeal is against, or could be."""
    if act.designation:
        return _("What the chair found in call %(call)s, %(part)s: %(level)s") % {
            "call": act.call.number,
            "part": part_name(act.designation.recommendation),
            "level": LEVEL_NAMES[act.designation.level],
        }
    if act.handling:
        contribution = act.handling.objection.contribution
        return _("What the chair found on objection %(number)s: %(state)s") % {
            "number": label(contribution.process.key, contribution.number),
            "state": act.handling.get_state_display(),
        }
    if act.challenge:
        told = (
            _("The answer to challenge %(number)s")
            if act.challenge.answered_at
            else _("Challenge %(number)s has no answer")
        )
        return told % {"number": act.challenge.number}
    if act.refused:
        return _("Appeal %(number)s is not heard") % {"number": act.refused.number}
    return sentence(_entry(act))


def _entry(act: Contestable | PanelAppeal) -> Entry:
    return act.entry if isinstance(act, Contestable) else act.appeal.entry


def challenged(challenge: Challenge) -> Letter:
    """Return the letter to the chair who is to answer a challenge."""
    named = {
        "name": challenge.name,
        "number": challenge.number,
        "part": part_name(challenge.designation.recommendation),
        "call": challenge.call.number,
        "day": moment(challenge.answer_by),
    }
    told = _(
        "%(name)s challenges what you found in call %(call)s, %(part)s. Answer with reasons until %(day)s: keep it, or"
        " annul it. After that it stands in public as overdue."
    )
    lines = wrapped(told % named, "", challenge.text, "")
    return _("To answer: challenge %(number)s") % named, [*lines, challenge_page(challenge)]


def challenge_lines(challenge: Challenge) -> list[str]:
    """Return what somebody is told who challenged by mail."""
    told = _(
        "Your challenge has the number %(number)s. It is public. The chair answers with reasons, by %(day)s; you are"
        " told."
    )
    named = {"number": challenge.number, "day": moment(challenge.answer_by)}
    return [*wrapped(told % named), challenge_page(challenge)]


def challenge_answered(challenge: Challenge) -> Letter:
    """Return the letter to whoever challenged: the answer, and how it can be appealed where nothing was annulled."""
    named = {"number": challenge.number, "outcome": challenge.get_outcome_display()}
    lines = wrapped(
        _("Your challenge %(number)s has its answer. %(outcome)s.") % named,
        "",
        f"{challenge.answered_name}: {challenge.answer}",
        "",
    )
    lines.append(challenge_page(challenge))
    if challenge.outcome == Challenge.Outcome.KEPT and challenge.answer_entry:
        lines += ["", *how_to_appeal(challenge.answer_entry, challenge.process.defaults[Default.APPEAL])]
    return _("Your challenge %(number)s has its answer") % named, lines


def how_to_appeal(entry: Entry, days: int) -> list[str]:
    """Return how an act is appealed by mail."""
    return wrapped(
        _(
            "If you took part and think that this is wrong, appeal within %(days)s days: answer with"
            " “appeal entry %(entry)s:” and why. Number your arguments, one on each line as “1: …”, and each gets its"
            " reasons. A panel decides that is drawn by lot, and has nobody in it who decided before."
        )
        % {"days": days, "entry": entry.index}
    )


def _head(appeal: PanelAppeal) -> list[str]:
    """Return what an appeal is against, who brought it, and its arguments."""
    arguments = [f"{row.number}. {row.text}" for row in appeal.arguments.order_by("number")]
    return [
        *wrapped(
            _("Appeal %(number)s, by %(name)s, against entry %(entry)s of the record:")
            % {"number": appeal.number, "name": appeal.name, "entry": appeal.appeal.entry.index},
            "  " + act_name(appeal),
            "",
            *"\n\n".join(arguments).split("\n"),
            "",
        ),
        appeal_page(appeal),
    ]


def appeal_lines(appeal: PanelAppeal) -> list[str]:
    """Return what somebody is told who appealed by mail."""
    told = _(
        "Your appeal has the number %(number)s, and is public with its arguments. It is admitted, or you are told why"
        " not; then a panel is drawn by lot. It is due by %(day)s, and stands in public as overdue after that."
    )
    named = {"number": appeal.number, "day": moment(appeal.appeal.decide_by)}
    return [*wrapped(told % named), appeal_page(appeal)]


def to_admit(appeal: PanelAppeal) -> Letter:
    """Return the letter to those who prepare the hearing."""
    told = _(
        "Say whether it is heard, or why not, and announce the draw of its panel. It is due by %(day)s; after that it"
        " stands in public as overdue."
    )
    lines = [*_head(appeal), "", *wrapped(told % {"day": moment(appeal.appeal.decide_by)})]
    return _("An appeal to prepare: number %(number)s") % {"number": appeal.number}, lines


def appealed_against(appeal: PanelAppeal) -> Letter:
    """Return the letter to whoever did what an appeal is against."""
    told = _("You need do nothing: people decide it who had no part in it. You are told what they decide.")
    return _("Appeal %(number)s is against what you did") % {"number": appeal.number}, [
        *_head(appeal),
        "",
        *wrapped(told),
    ]


def admission(appeal: PanelAppeal) -> Letter:
    """Return the letter to those who brought an appeal: it is heard, or why not."""
    named = {"number": appeal.number}
    if not appeal.is_refused:
        told = _("Your appeal %(number)s is heard: a panel will be drawn by lot.") % named
        return _("Your appeal %(number)s is heard") % named, [*wrapped(told), appeal_page(appeal)]
    lines = wrapped(_("Your appeal %(number)s is not heard. The reason:") % named, "", appeal.refusal, "")
    lines.append(appeal_page(appeal))
    if appeal.refusal_entry:
        lines += ["", *how_to_appeal(appeal.refusal_entry, appeal.process.defaults[Default.APPEAL])]
    return _("Your appeal %(number)s is not heard") % named, lines


def announced_draw(draw: PanelDraw) -> Letter:
    """Return the letter to the parties about a draw that will be done."""
    named = {"number": draw.appeal.number, "day": moment(draw.known_at), "seats": draw.seats}
    told = _(
        "The panel of appeal %(number)s will be drawn by lot: %(seats)s from the pool below. The method is"
        " %(method)s. The numbers come from these public sources, which are known on %(day)s:"
    )
    pool = [f"  {row.number}. {row.name}" for row in draw.members.order_by("number")]
    lines = wrapped(
        told % {**named, "method": draw.method},
        *(f"  {number}. {name}" for number, name in enumerate(draw.sources, start=1)),
        "",
        _("The pool:"),
        *pool,
        "",
    )
    return _("Appeal %(number)s: the draw of its panel") % named, [*lines, appeal_page(draw.appeal)]


def how_drawn(draw: PanelDraw) -> list[str]:
    """Return the numbers of a draw that was done, and the command that does it again."""
    order = draw.members.filter(place__isnull=False).order_by("place")
    said = [
        f"  {number}. {name}: {value}"
        for number, (name, value) in enumerate(zip(draw.sources, draw.said, strict=True), start=1)
    ]
    return [
        *wrapped(
            _("The draw, for everybody to do again:"),
            *said,
            _("In this order: %(numbers)s")
            % {"numbers": ", ".join(f"{row.number} ({row.name})" for row in order)},
        ),
        f"  {command_of(draw)}",
    ]


def seated(member: PanelMember) -> Letter:
    """Return the letter to somebody who was drawn: what is to be decided, how to say it, how to leave the seat."""
    draw = member.draw
    appeal = draw.appeal
    named = {
        "number": appeal.number,
        "pool": member.number,
        "place": member.place,
        "day": moment(draw.speak_by) if draw.speak_by else "-",
    }
    told = _(
        "You were drawn by lot to decide appeal %(number)s: you are number %(pool)s of the pool, and came out at place"
        " %(place)s. The panel decides by %(day)s."
    )
    how = _(
        "To say what you find, answer this mail: first “uphold” (what was done stands) or “overturn”, then your reasons"
        " for each argument, each after its number. What the panel decides is public with its reasons, also those of"
        " a minority; who held what is told to nobody."
    )
    example = [
        "",
        f"  opinion {appeal.number}: overturn",
        *(f"  {row.number}: …" for row in appeal.arguments.all()),
        "",
    ]
    leave = _(
        "If you work for one of them, have a stake in it or cannot do it, answer with “recuse %(number)s:” and why. The"
        " reason is public, and the next of the draw takes the seat."
    )
    lines = [
        *wrapped(told % named, ""),
        *_head(appeal),
        "",
        *wrapped(how, *example, leave % named, ""),
        *how_drawn(draw),
    ]
    return _("You were drawn for the panel of appeal %(number)s") % named, lines


def panel_drawn(draw: PanelDraw) -> Letter:
    """Return the letter to the parties: who decides, and how they were drawn."""
    named = {"number": draw.appeal.number, "day": moment(draw.speak_by) if draw.speak_by else "-"}
    names = [f"  {row.number}. {row.name}" for row in draw.members.seated()]
    told = _("The panel of appeal %(number)s was drawn by lot. It decides by %(day)s:")
    lines = [*wrapped(told % named, *names, ""), *how_drawn(draw), "", appeal_page(draw.appeal)]
    return _("Appeal %(number)s: its panel") % named, lines


def decided(appeal: PanelAppeal) -> Letter:
    """Return the letter to all parties: the outcome, with the reasons for each argument."""
    named = {"number": appeal.number, "outcome": OUTCOMES[appeal.appeal.outcome]}
    lines = [
        *wrapped(_("The panel has decided appeal %(number)s. %(outcome)s") % named, ""),
        *_head(appeal),
        "",
        *wrapped(*appeal.appeal.reasons.split("\n")),
    ]
    return _("Appeal %(number)s is decided") % named, lines


def annulled_lines(designations: Sequence[Designation]) -> list[str]:
    """Return what everybody is told about designations of one call that hold no longer."""
    call = designations[0].call
    parts = [f"  {part_name(row.recommendation)}" for row in designations]
    told = _(
        "What the chair found in call %(number)s about “%(title)s” is annulled. It holds no longer; a new call can ask"
        " about the text again:"
    )
    named = {"number": call.number, "title": call.draft.document.title}
    return [*wrapped(told % named, *parts, ""), call_page(call)]
