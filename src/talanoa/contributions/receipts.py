"""The receipt of a contribution: plain text that its holder can check without trusting this host."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.lib.processkeys import label
from talanoa.lib.receipts import render
from talanoa.record.queries import receipt_of

HINT = "Check it: talanoa record verify FILE, or open verify.html from the record page."
"""The same in every language: a receipt is the same text for everybody who compares it."""


def receipt_text(contribution: Contribution) -> str:
    """Return the receipt for the author: what was received, the entry, the proof, the signed checkpoint."""
    assert contribution.entry is not None  # noqa: S101 - every contribution has its entry
    called = label(contribution.process.key, contribution.number)
    preface = _("Talanoa receipt: number %(number)s, received %(when)s UTC (channel: %(channel)s).") % {
        "number": called,
        "when": f"{contribution.received_at:%Y-%m-%d %H:%M}",
        "channel": contribution.channel,
    }
    return render(receipt_of(contribution.entry), preface=preface, check_hint=HINT)
