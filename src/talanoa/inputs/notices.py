"""What the author of an input is told: the receipt, unless they have it; that a person read their mail."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.lib.processkeys import label
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.record.models import Entry

ANSWERED_AT_ONCE = ("mail", "import")


def tell_received(entry: Entry) -> None:
    """Mail the receipt of an input that came on another channel than mail."""
    contribution = Contribution.objects.select_related("person", "process").filter(entry=entry).first()
    if contribution is None or contribution.channel in ANSWERED_AT_ONCE:
        return
    with in_language_of(contribution.person):
        write_to(
            contribution.person,
            key=f"receipt-{entry.pk}",
            subject=subject_received(contribution),
            lines=received_lines(contribution, receipt_text(contribution)),
            at=entry.at,
            process_key=contribution.process.key,
            number=contribution.number,
            alone=True,
        )


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
                *received_lines(contribution, receipt_text(contribution)),
            ],
            at=entry.at,
            process_key=entry.process_key,
            number=contribution.number,
            alone=True,
        )
