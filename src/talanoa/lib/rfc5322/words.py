"""The text of a header field: raw bytes and encoded words (RFC 2047) made readable.

Notes: `header_8bit` (bytes that are neither ASCII nor UTF-8), `encoded_word_damaged`, and those of
`charsets` and `talanoa.lib.plaintext`.
"""

import binascii
import re

from talanoa.lib.plaintext import clean_line
from talanoa.lib.rfc5322 import charsets, transfer

_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")


def header_text(value: bytes, notes: list[str]) -> str:
    """Return `value` as text, encoded words still in it; bytes are UTF-8 (RFC 6532), else Windows-1252."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        notes.append("header_8bit")
        return value.decode("cp1252", "replace")


def decoded_words(text: str, notes: list[str]) -> str:
    """Return `text` as one clean line with its encoded words decoded.

    Neighbours in the same charset are decoded together: senders do cut a character in two, though RFC 2047,
    section 5, forbids it.
    """
    pieces: list[str] = []
    charset, run, end = "", b"", 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        name = match[1].split("*")[0].lower()
        if gap.strip() or not end or name != charset:
            pieces.append(charsets.decode(run, charset, notes))
            pieces.append(gap if gap.strip() or not end else "")
            charset, run = name, b""
        run += _word_bytes(match[2].lower(), match[3], notes)
        end = match.end()
    pieces += [charsets.decode(run, charset, notes), text[end:]]
    line, cleaned = clean_line("".join(pieces))
    notes.extend(cleaned)
    return line


def _word_bytes(encoding: str, text: str, notes: list[str]) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding == "q":
        return binascii.a2b_qp(data, header=True)
    return transfer.from_base64(data, notes, damaged="encoded_word_damaged")
