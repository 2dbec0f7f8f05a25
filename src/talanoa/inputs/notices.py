"""What the author of an input is told: the receipt, unless they have it; that a person read their mail.

And what the author of something said on a list is asked.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.listed import mark_asked
from talanoa.inputs.letters import asking_lines, received_lines, subject_asking, subject_received
from talanoa.inputs.models import ListReply
from talanoa.inputs.queries import first_said
from talanoa.lib.messageids import is_message_id
from talanoa.lib.processkeys import label
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.mail.queries import ANSWERED, n_answers
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

DAY = timedelta(hours=24)


def tell_received(entry: Entry) -> None:
    """Mail the receipt of an input, save to those who have it in the answer to their mail, and of an import."""
    contribution = Contribution.objects.select_related("person", "process").filter(entry=entry).first()
    if contribution is None or contribution.channel == "import" or public_fields(entry)["ch"] == "mail":
        return
    with in_language_of(contribution.person):
        write_to(
            contribution.person,
            key=f"receipt-{entry.pk}",
            subject=subject_received(contribution),
            lines=_received_lines(contribution),
            at=entry.at,
            process_key=contribution.process.key,
            number=contribution.number,
            alone=True,
        )


def _received_lines(contribution: Contribution) -> tuple[str, ...]:
    is_first = contribution.pk in first_said([contribution])
    return received_lines(contribution, receipt_text(contribution), is_first=is_first)


def tell_transcribed(entry: Entry) -> None:
    """Tell an author that a person read their mail, and ask them to stand by the words that were written down."""
    rows = Contribution.objects.select_related("person", "process")
    contribution = rows.get(process__key=entry.process_key, number=entry.number or 0)
    with in_language_of(contribution.person):
        called = label(entry.process_key, contribution.number)
        told = _(
            "No program could read your mail %(number)s, so a person did. What they wrote down stands below."
        )
        write_to(
            contribution.person,
            key=f"transcribed-{entry.pk}",
            subject=_("Your mail was read by hand: %(number)s") % {"number": called},
            lines=[
                *wrapped(told % {"number": called}),
                "",
                *_received_lines(contribution),
            ],
            at=entry.at,
            process_key=entry.process_key,
            number=contribution.number,
            alone=True,
        )


def ask_author(reply: ListReply, *, at: datetime) -> bool:
    """Ask whoever said something on a list whether it is to be an input; tell whether they were asked now.

    The name in a mail proves nothing, so the rule of all answers without a number holds: one a day to an address in
    each process. Whoever said more on one day is asked on the next ones.
    """
    person, key = reply.person, reply.process.key
    if person is None or n_answers(person.address, process_key=key, since=at - DAY):
        return False
    named = f"<{reply.message_id}>" if is_message_id(reply.message_id) else ""
    with in_language_of(person):
        write_to(
            person,
            key=f"{ANSWERED}listed-{reply.pk}",
            subject=subject_asking(),
            lines=asking_lines(reply, at=at),
            at=at,
            process_key=key,
            word=f"listed {reply.pk}",
            headers={"Auto-Submitted": "auto-replied", "In-Reply-To": named, "References": named},
            alone=True,
        )
    mark_asked(reply, at=at)
    return True


def ask_waiting(*, at: datetime) -> int:
    """Ask the authors who could not be asked at once; return how many were asked."""
    rows = ListReply.objects.filter(state=ListReply.State.WAITING, asked_at=None)
    return sum(ask_author(reply, at=at) for reply in rows.select_related("process", "person", "list"))
