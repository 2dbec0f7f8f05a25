"""The bytes of a body as they were before transfer encoding (RFC 2045, section 6; uuencode as of old).

Notes: `base64_damaged`, `transfer_encoding_unknown`, `uuencode_damaged`.
"""

import binascii
import re
import string

_ALPHABET = (string.ascii_letters + string.digits + "+/=").encode()
_NOT_BASE64 = bytes(code for code in range(256) if code not in _ALPHABET)
# Some senders encode piece by piece, with padding after each.
_MAX_CHUNKS = 1000
_SPACE = b" \t\r\n"
_UUENCODE = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)


def decode_body(data: bytes, encoding: str, notes: list[str]) -> bytes:
    """Return `data` decoded from `encoding`; damage is noted and read around, never raised."""
    name = encoding.strip().lower()
    if name == "base64":
        return from_base64(data, notes)
    if name == "quoted-printable":
        return binascii.a2b_qp(data)
    if name in _UUENCODE:
        begin = _BEGIN.search(data)
        return from_uuencode(data[begin.end() :].split(b"\n"), notes) if begin else data
    if name not in _PLAIN:
        notes.append("transfer_encoding_unknown")
    return data


def from_base64(data: bytes, notes: list[str], damaged: str = "base64_damaged") -> bytes:
    """Return the bytes that `data` encodes, without what is no base64 and what follows its end."""
    compact = data.translate(None, _SPACE)
    letters = compact.translate(None, _NOT_BASE64)
    chunks = re.split(rb"=+", letters, maxsplit=_MAX_CHUNKS)[:_MAX_CHUNKS]
    if letters != compact:
        # Text after the padding is a footer that a list added.
        notes.append(damaged)
        chunks = chunks[:1]
    return b"".join(_chunk(chunk) for chunk in chunks)


def from_uuencode(lines: list[bytes], notes: list[str]) -> bytes:
    """Return the bytes of uuencoded `lines`, up to the line "end"; what follows the data in a line is dropped."""
    pieces = []
    for line in lines:
        if line.strip() in (b"", b"end", b"`"):
            break
        # The first character is the number of bytes; three bytes take four characters.
        size = (line[0] - 32) & 63
        try:
            pieces.append(binascii.a2b_uu(line[: 1 + (size + 2) // 3 * 4]))
        except binascii.Error:
            notes.append("uuencode_damaged")
            break
    return b"".join(pieces)


def _chunk(letters: bytes) -> bytes:
    # One letter left over holds six bits, less than a byte.
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
