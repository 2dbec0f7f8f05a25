"""The receipt of an issue: plain text that its holder can check without trusting this host."""

from django.utils.translation import gettext as _

from talanoa.contributions.receipts import HINT
from talanoa.desk.models import Issue
from talanoa.lib.receipts import render
from talanoa.record.queries import receipt_of


def receipt_text(issue: Issue) -> str:
    """Return the receipt for who brought it: what was received, the entry, the proof, the signed checkpoint."""
    assert issue.entry is not None  # noqa: S101 - every issue has its entry
    preface = _("Talanoa receipt: issue %(number)s, received %(when)s UTC (channel: %(channel)s).") % {
        "number": issue.number,
        "when": f"{issue.received_at:%Y-%m-%d %H:%M}",
        "channel": issue.channel,
    }
    return render(receipt_of(issue.entry), preface=preface, check_hint=HINT)
