"""Two checkpoints of one log fit together, or the log was forked."""

from collections.abc import Callable

import pytest

from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.models import Input
from talanoa.kernel.keyring import keyring
from talanoa.lib.checkpoints import Checkpoint, sign
from talanoa.lib.notes import Verifier
from talanoa.people.models import Person
from talanoa.record.comparing import Comparison, compare
from talanoa.record.models import Log
from talanoa.record.queries import latest_checkpoint, root

Send = Callable[..., Input]


@pytest.fixture
def early(log: Log, send: Send, yusuf: Person) -> str:
    """The checkpoint after the first input; the record has grown since."""
    send(yusuf, "first")
    note = latest_checkpoint(log).note
    send(yusuf, "second")
    log.refresh_from_db()
    return note


def signed(log: Log, size: int, top: bytes) -> str:
    """A checkpoint as this host could sign it for somebody else."""
    claimed = Checkpoint(origin=log.origin, size=size, root=top)
    return sign(claimed, keyring.public(log.key_name), lambda text: keyring.sign(log.key_name, text))


def told(log: Log, a: str, b: str) -> Comparison:
    return compare(log, a.encode(), b.encode(), Verifier.parse(log.vkey))


def test_an_earlier_checkpoint_fits_the_newest_in_either_order(log: Log, early: str) -> None:
    late = latest_checkpoint(log).note
    expected = Comparison(fits=True, message=f"{log.size} entries extend the {log.size - 1}: one log.")
    assert (told(log, early, late), told(log, late, early)) == (expected, expected)


def test_the_same_checkpoint_is_the_same(log: Log, early: str) -> None:
    assert told(log, early, early) == Comparison(
        fits=True, message=f"Both checkpoints have {log.size - 1} entries and are the same."
    )


def test_a_receipt_carries_a_checkpoint(log: Log, early: str) -> None:
    receipt = receipt_text(Input.objects.order_by("pk")[0].contribution)
    assert told(log, receipt, early).fits


def test_two_roots_for_one_size_are_a_fork(log: Log, early: str) -> None:
    other = signed(log, log.size - 1, bytes(32))
    assert told(log, early, other) == Comparison(
        fits=False,
        message=f"Both checkpoints have {log.size - 1} entries and have different roots: the log was forked.",
    )


@pytest.mark.parametrize("shift", [-2, 0, 5])
def test_a_root_that_this_log_never_had_is_a_fork(log: Log, early: str, shift: int) -> None:
    size = log.size + shift
    assert told(log, early, signed(log, size, bytes(32))) == Comparison(
        fits=False, message=f"This log never had {size} entries with that root: the log was forked."
    )


def test_a_checkpoint_of_the_whole_log_made_elsewhere_fits(log: Log, early: str) -> None:
    assert told(log, early, signed(log, log.size, root(log, log.size))).fits


@pytest.mark.parametrize("text", ["", "just words", "a\n1\nb\n"])
def test_what_is_no_checkpoint_is_said_to_be_none(log: Log, early: str, text: str) -> None:
    found = told(log, early, text)
    assert (found.fits, found.message.partition(":")[0]) == (False, "Not a checkpoint signed by this log")


def test_a_checkpoint_that_somebody_else_signed_is_none(log: Log, early: str) -> None:
    other = Verifier.of(log.origin, bytes(range(32)))
    assert not compare(log, early.encode(), early.encode(), other).fits
