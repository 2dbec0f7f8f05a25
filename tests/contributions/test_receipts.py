"""The receipt: plain text that its holder can check without trusting this host."""

from collections.abc import Callable
from typing import Any

from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.models import Input
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.people.models import Person
from talanoa.record.models import Log


def test_it_says_number_time_and_channel_first(spoken: Contribution) -> None:
    first = " ".join(receipt_text(spoken).split("\n\n")[0].split())
    assert first == "Talanoa receipt: number nm-1, received 2026-03-03 09:00 UTC (channel: web)."


def test_it_shows_the_author_what_was_received(log: Log, spoken: Contribution) -> None:
    shown = receipts.parse(receipt_text(spoken)).opened
    assert (shown["author"], shown["country"], shown["title"]) == (
        "Yusuf Abdi",
        "KE",
        "Pay the trainers in their own currency.",
    )


def test_it_still_holds_when_the_record_has_grown(
    log: Log, spoken: Contribution, send: Callable[..., Input], lucia: Person
) -> None:
    early = receipt_text(spoken)
    send(lucia)
    verdicts = [
        receipts.check(receipts.parse(text), [Verifier.parse(log.vkey)]).code
        for text in (early, receipt_text(spoken))
    ]
    assert verdicts == [receipts.OK, receipts.OK]


def test_one_changed_word_is_found(log: Log, spoken: Contribution) -> None:
    forged = receipt_text(spoken).replace("Yusuf", "Yusuv")
    verdict: Any = receipts.check(receipts.parse(forged), [Verifier.parse(log.vkey)])
    assert verdict.code == receipts.NOT_IN_RECORD
