"""The text of a message that is more than plain text, read by the standard library's parser.

Plain text comes first, HTML is read where there is no plain text; of the choices of a multipart/alternative one is
taken. Notes: `html_only`, `mime_damaged` (it could not be taken apart: the body stays as it was sent).
"""

from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

from talanoa.lib.rfc5322 import charsets
from talanoa.lib.rfc5322.markup import charset_in_html, text_of_html


class Body(NamedTuple):
    """What a message says, and how many files it carries."""

    text: str
    n_attachments: int


def body_of(data: bytes, part: bytes, notes: list[str]) -> Body:
    """Return the body of the whole message `data`, whose `part` follows the header."""
    try:
        message = message_from_bytes(data)
        leaves = [leaf for leaf in message.walk() if not leaf.is_multipart()]
        plain = [leaf for leaf in leaves if _is_text(leaf, "text/plain")]
        html = [leaf for leaf in leaves if _is_text(leaf, "text/html")]
        if not plain and html:
            notes.append("html_only")
        texts = [_text(leaf, notes) for leaf in plain or html]
        if not texts and len(leaves) == 1 and leaves[0].get_content_maintype() == "text":
            texts = [_text(leaves[0], notes)]
    except (RecursionError, ValueError, LookupError, TypeError, AssertionError):
        # Python's parser trips over some damaged mail: nothing of it is lost, it is only not taken apart.
        notes.append("mime_damaged")
        return Body(charsets.decode(part, "", notes), 0)
    n_attached = sum(1 for leaf in leaves if leaf not in plain and leaf not in html)
    return Body("\n\n".join(texts), n_attached if texts else max(n_attached, 0))


def _is_text(leaf: "Message[str, str]", kind: str) -> bool:
    return leaf.get_content_type() == kind and leaf.get_content_disposition() != "attachment"


def _text(leaf: "Message[str, str]", notes: list[str]) -> str:
    payload = leaf.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(leaf.get_param("charset", "") or "")
    if leaf.get_content_type() == "text/html":
        return text_of_html(charsets.decode(data, charset or charset_in_html(data), notes))
    return charsets.decode(data, charset, notes).replace("\r\n", "\n")
