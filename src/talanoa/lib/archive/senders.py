"""Who a message of an archive is from: a name and an address, also where the archive hides the address.

Notes: `address_obscured` (pipermail writes "user at host"), and those of `talanoa.lib.rfc5322.addresses`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from talanoa.lib.rfc5322.addresses import sender_of
from talanoa.lib.rfc5322.words import decoded_words, header_text

_ATOM = r"[^\s@<>()\[\],;:\"\\]{1,128}"
_HOST = r"[^\s@<>()\[\],;:\"\\?=!&%#*]{1,255}"
_LOCAL_AT = rf"({_ATOM})(@| at )({_HOST})"
_ADDRESS_FIRST = re.compile(rf"{_LOCAL_AT}\s*(?:\(([^()\\]*)\))?")
_NAME_FIRST = re.compile(rf"(?:\"([^\"\\]*)\"|([^\"<>(),;:\\]*))\s*<{_LOCAL_AT}>")
_OBSCURED = re.compile(rf"({_ATOM}) at ({_HOST})(?=[\s>(]|$)")


class Sender(NamedTuple):
    """A mailbox as the archive names it; `address` is lower-case, empty where none can be read."""

    name: str
    address: str
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def sender(value: bytes) -> Sender:
    """Return who the From field with this `value` (unfolded) names; the same people write most of a list."""
    notes: list[str] = []
    text = header_text(value, notes).strip()
    if first := _ADDRESS_FIRST.fullmatch(text):
        return _made(first[1], first[2], first[3], first[4] or "", notes)
    if named := _NAME_FIRST.fullmatch(text):
        return _made(named[3], named[4], named[5], named[1] or named[2] or "", notes)
    plain, n_obscured = _OBSCURED.subn(r"\1@\2", text)
    box = sender_of([plain.encode()], notes)
    if n_obscured:
        notes.append("address_obscured")
    return Sender(box.name, box.address, tuple(dict.fromkeys(notes)))


def _made(local: str, at: str, host: str, name: str, notes: list[str]) -> Sender:
    if at != "@":
        notes.append("address_obscured")
    shown = decoded_words(name.strip(), notes) if name else ""
    return Sender(shown, f"{local}@{host}".lower(), tuple(dict.fromkeys(notes)))
