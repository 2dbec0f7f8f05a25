"""What authors are told about their answers."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Answer
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.record.models import Entry, Opening


def tell_answered(entry: Entry) -> None:
    """Mail an answer to the author of every input that it newly reached and whose address is known."""
    opening = Opening.objects.filter(entry=entry, field="text").first()
    if opening is None:
        return
    rows = Answer.objects.filter(response=opening.row, sent_at=entry.at)
    rows = rows.select_related("contribution__person", "contribution__process", "response__theme")
    for answer in rows.exclude(contribution__person__address=""):
        _tell(answer, entry)


def _tell(answer: Answer, entry: Entry) -> None:
    contribution = answer.contribution
    called = label(contribution.process.key, contribution.number)
    token = tokens.issue(
        contribution.person, process_key=contribution.process.key, number=contribution.number, at=entry.at
    )
    queue_mail(
        key=f"answer-{entry.pk}-{contribution.pk}",
        to=contribution.person.address,
        subject=_("The answer to your input %(number)s") % {"number": called},
        text="\n".join(answer_lines(answer)),
        headers={"X-Reply-Token": token, "Auto-Submitted": "auto-generated"},
        at=entry.at,
        process_key=contribution.process.key,
        number=contribution.number,
    )


def answer_lines(answer: Answer) -> list[str]:
    """Return the mail that brings an answer: what was read, the answer, what one can do now."""
    response, contribution = answer.response, answer.contribution
    called = label(contribution.process.key, contribution.number)
    lines = [
        _("Your input %(number)s to “%(title)s” has an answer.")
        % {"number": called, "title": contribution.process.title},
        "",
    ]
    if response.theme:
        lines += [
            _("It was read together with others under the theme “%(theme)s”:")
            % {"theme": response.theme.label}
        ]
        lines += [response.theme.summary, ""]
    lines += [f"{response.get_status_display()}.", "", response.text, ""]
    if response.change:
        lines += [_("What changes: %(change)s") % {"change": response.change}]
    if response.where:
        lines += [_("Where: %(where)s") % {"where": response.where}]
    lines += [
        "",
        _("If this does you justice, answer with the one word: thanks"),
        _(
            "If it misreads you, answer with: dispute: and why. Your words will stand in public beside the answer."
        ),
    ]
    return lines
