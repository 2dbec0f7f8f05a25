"""What the author of an input is told: the receipt, unless the channel answered already."""

from talanoa.contributions.models import Contribution
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.mail.letters import in_language_of, write_to
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
            lines=received_lines(contribution),
            at=entry.at,
            process_key=contribution.process.key,
            number=contribution.number,
            alone=True,
        )
