"""What a mail says and what it carries: the best text of its parts, and its attachments.

Plain text comes first, HTML is read where there is no plain text. Notes: `html_only`, `encrypted`,
`signed_opaque`, `tnef` (winmail.dat), `uuencoded`, and those of `charsets`, `transfer` and
`talanoa.lib.plaintext`.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from talanoa.lib.plaintext import clean, clean_line
from talanoa.lib.rfc5322 import charsets, transfer
from talanoa.lib.rfc5322.flowed import unflowed
from talanoa.lib.rfc5322.limits import MAX_TEXT, MailUnparsable
from talanoa.lib.rfc5322.markup import charset_in_html, text_of_html
from talanoa.lib.rfc5322.parts import Part
from talanoa.lib.rfc5322.words import header_text

MAX_FILENAME = 150

_BODY_TYPES = frozenset({"text/plain", "text/html"})
# Every line of uuencoded data is made of the characters from space to the grave accent.
_INLINE_UUENCODE = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[!-`][ -`]{0,80}\n)++)end[ \t]*(?:\n|\Z)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A part that is not the text; `filename` is a bare name, shown but never a path; it may be empty."""

    filename: str
    media_type: str
    data: bytes


def read_body(root: Part, notes: list[str]) -> tuple[str, tuple[MailAttachment, ...]]:
    """Return the text of the mail and its attachments in their order.

    Raises MailUnparsable: mail_too_complex (more text than anybody writes).
    """
    whole = "\n\n".join(_texts(root, root, notes))
    if len(whole) > MAX_TEXT:  # before it is cleaned, which costs the most
        raise MailUnparsable("mail_too_complex", "The text of the mail is too long to read.")
    texts, uuencoded = _without_uuencode(whole, notes)
    text, cleaned = clean(texts)
    notes.extend(cleaned)
    leaves = [leaf for leaf in root.leaves() if not _is_text(leaf, root)]
    attachments = [_attachment(leaf, notes) for leaf in leaves if leaf is not root or leaf.body.strip()]
    _note_unreadable(root, notes)
    return text.strip("\n"), (*attachments, *uuencoded)


def decoded(part: Part, notes: list[str]) -> bytes:
    """Return the bytes of a leaf without their transfer encoding."""
    encoding = header_text(part.header.first("content-transfer-encoding"), [])
    return transfer.decode_body(part.body, encoding, notes)


def _texts(part: Part, root: Part, notes: list[str]) -> list[str]:
    """Return the texts below `part` that a reader should see, one of them for each choice offered."""
    if not part.children:
        text = _text(part, notes) if _is_text(part, root) else ""
        return [text] if text.strip() else []
    if part.media_type != "multipart/alternative":
        return [text for child in part.children for text in _texts(child, root, notes)]
    plain_first = sorted(part.children, key=lambda child: not _holds_plain(child, root))
    return next((texts for child in plain_first if (texts := _texts(child, root, notes))), [])


def _text(leaf: Part, notes: list[str]) -> str:
    data = decoded(leaf, notes)
    charset = leaf.parameters.get("charset", "")
    if leaf.media_type == "text/html":
        notes.append("html_only")
        return text_of_html(charsets.decode(data, charset or charset_in_html(data), notes))
    text = charsets.decode(data, charset, notes).replace("\r\n", "\n")
    if leaf.parameters.get("format", "").lower() == "flowed":
        return unflowed(text, delsp=leaf.parameters.get("delsp", "").lower() == "yes")
    return text


def _holds_plain(part: Part, root: Part) -> bool:
    return any(leaf.media_type == "text/plain" and _is_text(leaf, root) for leaf in part.leaves())


def _is_text(leaf: Part, root: Part) -> bool:
    """Say whether a leaf is text to read: with a file name only where it is the whole mail."""
    disposition = leaf.header.first("content-disposition").strip().lower()
    if leaf.media_type not in _BODY_TYPES or disposition.startswith(b"attachment"):
        return False
    return leaf is root or not _filename(leaf, [])


def _attachment(leaf: Part, notes: list[str]) -> MailAttachment:
    return MailAttachment(_filename(leaf, notes), leaf.media_type, decoded(leaf, notes))


def _filename(leaf: Part, notes: list[str]) -> str:
    return _bare(leaf.disposition.get("filename") or leaf.parameters.get("name", ""), notes)


def _bare(name: str, notes: list[str]) -> str:
    line, cleaned = clean_line(name)
    notes.extend(cleaned)
    path = PurePosixPath(line.replace("\\", "/"))
    return "" if path.name == ".." else path.stem[:MAX_FILENAME] + path.suffix[:20]


def _without_uuencode(text: str, notes: list[str]) -> tuple[str, list[MailAttachment]]:
    """Take files that old programs wrote into the text out of it."""
    found = []
    for match in _INLINE_UUENCODE.finditer(text):
        data = transfer.from_uuencode(match[2].encode("ascii").split(b"\n"), notes)
        found.append(MailAttachment(_bare(match[1], notes), "application/octet-stream", data))
    if found:
        notes.append("uuencoded")
    return _INLINE_UUENCODE.sub("", text), found


def _note_unreadable(root: Part, notes: list[str]) -> None:
    if root.media_type == "multipart/encrypted":
        notes.append("encrypted")
    for leaf in root.leaves():
        if leaf.media_type in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
            signed = leaf.parameters.get("smime-type", "").lower() == "signed-data"
            notes.append("signed_opaque" if signed else "encrypted")
        if leaf.media_type == "application/ms-tnef":
            notes.append("tnef")
