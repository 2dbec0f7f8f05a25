"""The receipt of an application: plain text that its holder can check without trusting this host."""

from django.utils.translation import gettext as _

from talanoa.contributions.receipts import HINT
from talanoa.grants.models import Application
from talanoa.lib.receipts import render
from talanoa.record.queries import receipt_of


def receipt_text(application: Application) -> str:
    """Return the receipt for who applies: what was received, the entry, the proof, the signed checkpoint."""
    assert application.entry is not None  # noqa: S101 - whatever has a number has its entry
    assert application.submitted_at is not None  # noqa: S101 - as above
    preface = _("Talanoa receipt: application %(number)s, received %(when)s UTC (channel: %(channel)s).") % {
        "number": application.number,
        "when": f"{application.submitted_at:%Y-%m-%d %H:%M}",
        "channel": application.channel,
    }
    return render(receipt_of(application.entry), preface=preface, check_hint=HINT)
