"""Media types and parameters of MIME header fields, whole or in the pieces of RFC 2231.

Notes: `parameter_damaged`, and those of `words`.
"""

import re
from email.message import Message

from talanoa.lib.rfc5322 import charsets
from talanoa.lib.rfc5322.words import decoded_words, header_text

MAX_PARAMETERS = 100

_MEDIA_TYPE = re.compile(r"\s*([\w!#$&^.+-]{1,127}/[\w!#$&^.+-]{1,127})\s*(?:[;(\s]|$)", re.ASCII)


def media_type_of(value: str) -> str:
    """Return the lower-case type/subtype at the start of `value`, "" where there is none."""
    match = _MEDIA_TYPE.match(value)
    return match[1].lower() if match else ""


def parameters_of(raw: bytes, notes: list[str]) -> dict[str, str]:
    """Return the parameters of a Content-Type or Content-Disposition value, names in lower case.

    More than 100 are as good as none: reading them takes time that grows with the square of their number.
    """
    if raw.count(b";") > MAX_PARAMETERS:
        notes.append("parameter_damaged")
        return {}
    message = Message()
    message["Content-Type"] = header_text(raw, notes)
    try:
        pairs = message.get_params([])
    except (ValueError, TypeError, IndexError):
        # The numbers of pieces are not checked before they are read.
        notes.append("parameter_damaged")
        return {}
    return {name.lower(): _text(value, notes) for name, value in pairs[1:]}


def _text(value: str | tuple[str | None, str | None, str], notes: list[str]) -> str:
    if isinstance(value, str):
        return decoded_words(value, notes)
    charset, _language, text = value
    return decoded_words(charsets.decode(text.encode("latin-1", "replace"), charset or "", notes), notes)
