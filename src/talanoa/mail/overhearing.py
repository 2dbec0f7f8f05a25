"""Mail of lists to which a mailbox of ours is subscribed: what others say there is not said to us.

A mailbox is subscribed as `KEY+list`, or with an address of its own. Only what answers a call of ours concerns us; the
apps above know those. Everything else is set aside: no number, no letter, and its bytes are not kept. An address with a
secret part may be subscribed for another purpose, such as an archive; what comes there is never answered.
"""

from datetime import datetime

from talanoa.lib.rfc5322 import ParsedMail, dedup_key
from talanoa.mail.models import RawMessage
from talanoa.mail.posting import outbox
from talanoa.mail.registry import SUBSCRIBED, Overheard, directory
from talanoa.mail.tokens import OurAddress, split_local

TAG = "list"


def overheard(
    kept: RawMessage,
    raw: bytes,
    parsed: ParsedMail,
    where: OurAddress,
    *,
    is_machine: bool,
    is_read: bool,
    at: datetime,
) -> str:
    """Return what a mail is that came by a list, and note it; "" where it is a mail like any other.

    `is_machine` says that no person wrote it, `is_read` that a program could read it.
    """
    is_subscribed = bool(where.token) and where.key in SUBSCRIBED
    if not is_subscribed and (where.token or not (parsed.list_id or where.tag == TAG)):
        return ""
    hear = SUBSCRIBED[where.key] if is_subscribed else directory.overhear
    understood = hear(
        Overheard(
            kept=kept,
            parsed=parsed,
            process_key=where.key,
            token=where.token,
            is_tagged=where.tag == TAG,
            is_addressed=_is_to_process(parsed),
            is_machine=is_machine,
            is_read=is_read,
            dedup_key=dedup_key(parsed, raw) if is_read else "",
            at=at,
        )
    )
    if understood is None:
        return ""
    kept.process_key, kept.outcome = understood.process_key, understood.outcome
    if not understood.stays:
        kept.data, kept.message_id = b"", ""
    kept.save(update_fields=["process_key", "outcome", "data", "message_id"])
    return understood.outcome


def _is_to_process(parsed: ParsedMail) -> bool:
    """Tell whether To or Cc names the address of a process: then its sender speaks to us."""
    domain = outbox.domain.lower()
    named = (address.rpartition("@") for address in parsed.to)
    ours = [split_local(local) for local, _at, host in named if host == domain]
    keys = {one.key for one in ours if one.tag != TAG}
    return bool(keys and directory.known(keys))
