"""What authors are told about their contributions: withheld, answered, a reply to their dispute."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Answer, Contribution, Dispute
from talanoa.lib.processkeys import label
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.record.models import Entry, Opening
from talanoa.record.queries import public_fields


def tell_answered(entry: Entry) -> None:
    """Mail an answer to the author of every input that it newly reached and whose address is known."""
    rows = Answer.objects.filter(response=_row(entry, "text"), sent_at=entry.at)
    rows = rows.select_related("contribution__person", "contribution__process", "response__theme")
    for answer in rows.exclude(contribution__person__address=""):
        contribution = answer.contribution
        with in_language_of(contribution.person):
            subject = _("The answer to your input %(number)s") % {"number": _called(contribution)}
            _tell(contribution, f"answered-{answer.pk}", subject, answer_lines(answer), entry)


def tell_withheld(entry: Entry) -> None:
    """Tell an author that their input is not shown, why, and that it is answered all the same."""
    rows = Contribution.objects.select_related("person", "process")
    contribution = rows.get(process__key=entry.process_key, number=entry.number or 0)
    with in_language_of(contribution.person):
        _tell_withheld(contribution, entry)


def _tell_withheld(contribution: Contribution, entry: Entry) -> None:
    lines = wrapped(
        _("Your input %(number)s to “%(title)s” is not shown to the public. The reason: %(reason)s.")
        % {
            "number": _called(contribution),
            "title": contribution.process.title,
            "reason": str(public_fields(entry)["reason"]).replace("_", " "),
        },
        "",
        _("Its number and receipt stay, and it gets an answer that is sent to you."),
        _("The charter names who hears an appeal."),
    )
    subject = _("Your input %(number)s is withheld") % {"number": _called(contribution)}
    _tell(contribution, f"withheld-{entry.pk}", subject, lines, entry)


def tell_replied(entry: Entry) -> None:
    """Mail the reply to a dispute to the one who raised it."""
    rows = Dispute.objects.select_related("answer__contribution__person", "answer__contribution__process")
    dispute = rows.get(pk=_row(entry, "reply"))
    contribution = dispute.answer.contribution
    with in_language_of(contribution.person):
        _tell_replied(dispute, contribution, entry)


def _tell_replied(dispute: Dispute, contribution: Contribution, entry: Entry) -> None:
    told = _("Your dispute of the answer to %(number)s has a reply. Both stand in public beside the answer.")
    lines = wrapped(told % {"number": _called(contribution)}, "", dispute.reply)
    subject = _("The reply to your dispute of %(number)s") % {"number": _called(contribution)}
    _tell(contribution, f"replied-{entry.pk}", subject, lines, entry)


def _row(entry: Entry, field: str) -> int:
    """Return the row that holds what the entry commits to under `field`."""
    return Opening.objects.get(entry=entry, field=field).row


def _called(contribution: Contribution) -> str:
    return label(contribution.process.key, contribution.number)


def _tell(contribution: Contribution, key: str, subject: str, lines: list[str], entry: Entry) -> None:
    write_to(
        contribution.person,
        key=key,
        subject=subject,
        lines=lines,
        at=entry.at,
        process_key=contribution.process.key,
        number=contribution.number,
        alone=True,
    )


def answer_lines(answer: Answer) -> list[str]:
    """Return the mail that brings an answer: what was read, the answer, what one can do now."""
    response, contribution = answer.response, answer.contribution
    told = [
        _("Your input %(number)s to “%(title)s” has an answer.")
        % {"number": _called(contribution), "title": contribution.process.title},
        "",
    ]
    if response.theme:
        together = _("It was read together with others under the theme “%(theme)s”:")
        told += [together % {"theme": response.theme.label}, response.theme.summary, ""]
    told += [f"{response.get_status_display()}.", "", response.text, ""]
    if response.change:
        told += [_("What changes: %(change)s") % {"change": response.change}]
    if response.where:
        told += [_("Where: %(where)s") % {"where": response.where}]
    told += [
        "",
        _("If this does you justice, answer with the one word: thanks"),
        _(
            "If it misreads you, answer with: dispute: and why. Your words will stand in public beside the answer."
        ),
    ]
    return wrapped(*told)
