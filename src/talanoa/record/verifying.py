"""Checks a receipt as its holder has it: alone, and against this installation's own log where it is the one."""

from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.lib.rfc5322 import MailUnparsable, parse_bounded
from talanoa.record.models import Entry, Log, Opening
from talanoa.record.queries import public_fields


def verify(raw: bytes, verifier: Verifier) -> receipts.Verdict:
    """Return the verdict on a receipt in a text or in a mail as it came.

    Where this installation holds the log of that key, the entry must stand in it (else NOT_IN_RECORD), and
    content that was erased since is said to be (ERASED).
    """
    try:
        receipt = read(raw)
    except receipts.ReceiptUnreadable as unreadable:
        return receipts.Verdict(receipts.UNREADABLE, f"This is not a receipt: {unreadable}.")
    verdict = receipts.check(receipt, [verifier])
    log = Log.objects.filter(vkey=verifier.vkey).first()
    if verdict.code != receipts.OK or log is None:
        return verdict
    return _against(log, receipt, verdict)


def read(raw: bytes) -> receipts.Receipt:
    """Return the receipt in a text, or in a mail whose transport encoding still hides it. Raises ReceiptUnreadable."""
    try:
        return receipts.parse(raw.decode("utf-8", errors="replace"))
    except receipts.ReceiptUnreadable as unreadable:
        try:
            return receipts.parse(parse_bounded(raw).text)
        except MailUnparsable:
            raise unreadable from None


def _against(log: Log, receipt: receipts.Receipt, verdict: receipts.Verdict) -> receipts.Verdict:
    entry = Entry.objects.filter(log=log, index=receipt.proof.index).first()
    if entry is None or bytes(entry.leaf) != receipt.leaf:
        message = "The receipt holds, but this installation's record does not have its entry. Keep it: it is evidence."
        return receipts.Verdict(receipts.NOT_IN_RECORD, message)
    if not Opening.objects.filter(entry=entry, salt=None).exists():
        return verdict
    erasures = Entry.objects.filter(log=log, kind="redaction.made.1", index__gt=entry.index)
    made = next((e for e in erasures if public_fields(e).get("entry") == entry.index), None)
    where = f" (entry {made.index}: {public_fields(made)['ground']})" if made else ""
    message = f"In the record, unchanged; its content was erased here since{where}."
    return receipts.Verdict(receipts.ERASED, message)
