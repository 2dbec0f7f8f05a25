"""Compares two checkpoints of one log: a host that shows different records to different people is found out."""

from dataclasses import dataclass

from talanoa.lib.checkpoints import Checkpoint as SignedSize
from talanoa.lib.notes import NoteMalformed, NoteUnsigned, Verifier, open_note
from talanoa.lib.receipts import ReceiptUnreadable
from talanoa.record.models import Log
from talanoa.record.queries import root
from talanoa.record.verifying import read


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two checkpoints fit together, and a sentence that says why."""

    fits: bool
    message: str


def compare(log: Log, a: bytes, b: bytes, verifier: Verifier) -> Comparison:
    """Compare the checkpoints found in two texts (checkpoints, receipts or mails).

    Of the same size, their roots must be the same. Of different sizes, both must be roots of the entries
    that this log holds; anything else is a fork, and the two signed notes are the evidence.
    """
    signed = []
    for text in (a, b):
        try:
            body, _names = open_note(_checkpoint_in(text), [verifier])
            signed.append(SignedSize.parse(body))
        except (NoteMalformed, NoteUnsigned, ValueError) as wrong:
            return Comparison(fits=False, message=f"Not a checkpoint signed by this log: {wrong}")
    first, second = sorted(signed, key=lambda checkpoint: checkpoint.size)
    if first.size == second.size:
        same = first.root == second.root
        words = "are the same" if same else "have different roots: the log was forked"
        return Comparison(same, f"Both checkpoints have {first.size} entries and {words}.")
    for checkpoint in (first, second):
        if checkpoint.size > log.size or root(log, checkpoint.size) != checkpoint.root:
            return Comparison(
                fits=False,
                message=f"This log never had {checkpoint.size} entries with that root: the log was forked.",
            )
    return Comparison(fits=True, message=f"{second.size} entries extend the {first.size}: one log.")


def _checkpoint_in(raw: bytes) -> str:
    """Return the checkpoint that a receipt carries, or the text itself where it is no receipt."""
    try:
        return read(raw).proof.checkpoint
    except ReceiptUnreadable:
        return raw.decode("utf-8", errors="replace")
