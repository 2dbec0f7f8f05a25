"""What the author of an input is told: the receipt, unless the channel answered already."""

from talanoa.contributions.models import Contribution
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.record.models import Entry

ANSWERED_AT_ONCE = ("mail", "import")


def tell_received(entry: Entry) -> None:
    """Mail the receipt of an input that came on another channel than mail."""
    contribution = Contribution.objects.select_related("person", "process").filter(entry=entry).first()
    if contribution is None or contribution.channel in ANSWERED_AT_ONCE or not contribution.person.address:
        return
    token = tokens.issue(
        contribution.person, process_key=contribution.process.key, number=contribution.number, at=entry.at
    )
    queue_mail(
        key=f"receipt-{entry.pk}",
        to=contribution.person.address,
        subject=subject_received(contribution),
        text="\n".join(received_lines(contribution)),
        headers={"X-Reply-Token": token, "Auto-Submitted": "auto-generated"},
        at=entry.at,
        process_key=contribution.process.key,
        number=contribution.number,
    )
