"""Which process a mail is for: by its envelope, its head, the letter that it answers, or because there is one call."""

from datetime import datetime

from talanoa.lib.processkeys import RESERVED
from talanoa.lib.rfc5322 import ParsedMail, delivered_to
from talanoa.mail import tokens
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.outbox import message_id
from talanoa.mail.posting import outbox
from talanoa.mail.registry import SUBSCRIBED, directory
from talanoa.mail.tokens import OurAddress

LONGEST_SERIAL = 18


def is_ours(address: str) -> bool:
    """Tell whether mail to `address` is for a process that the public can read, or for us ourselves."""
    key = tokens.split_local(address.rpartition("@")[0] or address).key
    return key in RESERVED or bool(key and directory.known({key}))


def addressed(to: str, raw: bytes, parsed: ParsedMail, at: datetime) -> OurAddress:
    """Return the parts of `to`, or else of the one of the mail's own recipients that is ours.

    Of these, the address of a process comes first, then one with a token, then one at our own domain, then
    any. Where `to` is empty and none is the address of a process, the letter that the mail answers says
    which one is meant, or the only call that is open at `at` (aware, UTC).
    """
    where = tokens.split_local(to.partition("@")[0])
    if where.token or where.tag:
        return where
    names = parsed.to if to else (*delivered_to(raw), *parsed.to)
    subscribed = [ours for ours in map(_split, () if to else delivered_to(raw)) if ours.key in SUBSCRIBED]
    if subscribed and subscribed[0].token:
        return subscribed[0]
    read = [(tokens.split_local(local), domain) for local, _at, domain in map(_parted, names)]
    fitting = [(ours, domain) for ours, domain in read if ours.key and where.key in ("", ours.key)]
    known = set() if to else directory.known({ours.key for ours, _domain in fitting})
    fitting.sort(key=lambda row: (row[0].key not in known, not row[0].token, row[1] != outbox.domain.lower()))
    found = fitting[0][0] if fitting else where
    if to or found.key in known or found.key in RESERVED:
        return found
    return _implied(parsed, at) or found


def _split(address: str) -> OurAddress:
    return tokens.split_local(address.rpartition("@")[0])


def _parted(address: str) -> tuple[str, str, str]:
    return address.rpartition("@")


def _implied(parsed: ParsedMail, at: datetime) -> OurAddress | None:
    """Return the process that a mail means without naming it, if there is exactly one."""
    key = _answered(parsed)
    calls = [key] if key else directory.open(at)
    return OurAddress(calls[0]) if len(calls) == 1 else None


def _answered(parsed: ParsedMail) -> str:
    """Return the key of the process that the letter of ours speaks of which the mail answers, or ""."""
    for name in (parsed.in_reply_to, *reversed(parsed.references)):
        serial = name.partition(".")[0]
        if not (serial.isascii() and serial.isdigit() and len(serial) <= LONGEST_SERIAL):
            continue
        ours = OutgoingMessage.objects.filter(pk=int(serial)).first()
        if ours is not None and ours.process_key and message_id(ours) == name:
            return ours.process_key
    return ""
