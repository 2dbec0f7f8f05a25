"""The characters of bytes whose declared charset may be missing, unknown or wrong.

Notes: `charset_unknown:NAME`; `charset_wrong:NAME` (the bytes are something else, and read as that).
"""

import codecs
import re

# Names that mail uses for a charset that Python knows by another, mostly its superset (WHATWG Encoding, 4.2).
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "korean": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "shift-jis": "cp932",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6",
    "windows-874": "cp874", "x-mac-roman": "mac-roman", "utf8mb4": "utf-8",
}  # fmt: skip
_UNDECLARED = frozenset(
    {"", "us-ascii", "ascii", "ansi_x3.4-1968", "646", "unknown-8bit", "x-unknown", "unknown"}
)
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "iso_8859-1", "l1", "8859_1", "cp819"})
# Codecs that are no charset of mail; the work of punycode and idna grows with the square of their input.
_REFUSED = frozenset({"punycode", "idna", "unicode-escape", "unicode_escape", "raw-unicode-escape",
                      "raw_unicode_escape", "undefined", "utf-7", "oem", "mbcs"})  # fmt: skip
_NAME = re.compile(r"[a-z0-9._:()+-]{1,40}")
_C1 = re.compile(rb"[\x80-\x9f]")


def decode(data: bytes, declared: str, notes: list[str]) -> str:
    """Return the best text of `data` and append what was wrong with `declared` to `notes`; never raises."""
    name = declared.strip().strip("\"'").lower()
    if data.isascii() and (name in _UNDECLARED or name in _WESTERN):
        return data.decode("ascii")
    if name in _UNDECLARED:
        notes.append(f"charset_wrong:{name or 'us-ascii'}")
        return guess(data)
    if name in _WESTERN:
        return _western(data, name, notes)
    codec = _codec(name)
    if codec is None:
        notes.append(f"charset_unknown:{name if _NAME.fullmatch(name) else '?'}")
        return guess(data)
    try:
        return data.decode(codec)
    except UnicodeError:
        notes.append(f"charset_wrong:{name}")
        return _nearest(data, codec)


def guess(data: bytes) -> str:
    """Return `data` as UTF-8 where it is that, else as Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _western(data: bytes, name: str, notes: list[str]) -> str:
    # Nobody means the controls that ISO 8859-1 has there (WHATWG Encoding reads the label as windows-1252).
    if not _C1.search(data):
        return data.decode("latin-1")
    notes.append(f"charset_wrong:{name}")
    return guess(data)


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    if found in _REFUSED:
        return None
    try:
        # Codecs from bytes to bytes, such as zlib, are no charsets; this refuses them and runs none.
        b"a".decode(found, "replace")
    except (LookupError, ValueError):
        return None
    return found


def _nearest(data: bytes, codec: str) -> str:
    text = data.decode(codec, "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for char in text if char > "\x7f") - wrong
    return text if right >= wrong else guess(data)
