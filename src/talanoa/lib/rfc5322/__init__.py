"""Mail as it really comes (RFC 5322, MIME), read as hostile: `parse_bounded` is the door.

`MailUnparsable.code`: `mail_too_large`, `mail_header_limit`, `mail_too_deep`, `mail_too_many_parts`,
`mail_damaged` (no header), `mail_too_complex` (ran out of time or memory). A mail that cannot be parsed is
still an input: its raw bytes are kept and a person reads them. Everything else comes as
`ParsedMail.charset_notes`; each module names its own.
"""

from talanoa.lib.rfc5322.body import MailAttachment
from talanoa.lib.rfc5322.heads import delivered_to, essential_head
from talanoa.lib.rfc5322.identity import dedup_key
from talanoa.lib.rfc5322.isolation import parse_bounded
from talanoa.lib.rfc5322.limits import MAX_MESSAGE, MailUnparsable
from talanoa.lib.rfc5322.message import ParsedMail, parse

__all__ = [
    "MAX_MESSAGE",
    "MailAttachment",
    "MailUnparsable",
    "ParsedMail",
    "dedup_key",
    "delivered_to",
    "essential_head",
    "parse",
    "parse_bounded",
]
