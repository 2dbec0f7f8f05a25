"""The receipt of a ballot: what was counted, and the proof that the record has it; its voter alone gets it."""

from django.utils.translation import gettext as _

from talanoa.contributions.receipts import HINT
from talanoa.lib.receipts import render
from talanoa.record.queries import receipt_of
from talanoa.statements.models import Ballot


def ballot_receipt(ballot: Ballot) -> str:
    """Return the receipt of a ballot. By it anybody can check the votes, so its voter shows it to whom they please."""
    assert ballot.entry is not None  # noqa: S101 - every ballot has its entry
    made = ballot.voter.round
    preface = _(
        "Talanoa receipt: a ballot in round %(round)s of %(key)s, cast %(when)s UTC (channel: %(channel)s)."
    ) % {
        "round": made.number,
        "key": made.process.key,
        "when": f"{ballot.cast_at:%Y-%m-%d %H:%M}",
        "channel": ballot.channel,
    }
    return render(receipt_of(ballot.entry), preface=preface, check_hint=HINT)
