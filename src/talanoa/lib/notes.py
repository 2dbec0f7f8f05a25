"""Signed notes (C2SP signed-note, Ed25519 type 0x01): text, a blank line, and lines that say who signed it.

Errors, all ValueError: KeyMalformed (not a public key in text form), NoteMalformed (not the form of a note),
its subclass NoteForged (a known key, but not its signature), NoteUnsigned (no known key has signed).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from talanoa.lib import strict64

ED25519 = b"\x01"
KEY_ID_SIZE = 4
PUBLIC_SIZE = 32
MAX_CHARACTERS = 1_000_000
MAX_SIGNATURES = 100

_SIGNATURE_LINE = re.compile(r"— (\S+) (\S+)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class KeyMalformed(ValueError):
    """The text is not a public key in the form name+id+key."""


class NoteMalformed(ValueError):
    """The text is not a signed note, or a known key's signature on it is bad."""


class NoteForged(NoteMalformed):
    """A line claims the signature of a known key, and the key denies it."""


class NoteUnsigned(ValueError):
    """No known key has signed the note."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key that is trusted to sign notes under `name`; `public` is 32 bytes (RFC 8032)."""

    name: str
    key_id: bytes
    public: bytes

    @property
    def vkey(self) -> str:
        """The key as one line: name, id in hexadecimal, type and key in base64, joined by plus signs."""
        return f"{self.name}+{self.key_id.hex()}+{strict64.encode(ED25519 + self.public)}"

    @classmethod
    def of(cls, name: str, public: bytes) -> "Verifier":
        """Return the verifier for an Ed25519 key under `name`; KeyMalformed if it cannot be one."""
        if not _is_name(name):
            raise KeyMalformed("a key name must not be empty nor contain a space or a plus sign")
        if len(public) != PUBLIC_SIZE:
            raise KeyMalformed("an Ed25519 public key has 32 bytes")
        return cls(name, key_id(name, public), public)

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Return the verifier of a `vkey` line; KeyMalformed unless its id fits its name and key."""
        name, _, rest = vkey.strip().partition("+")
        claimed, _, encoded = rest.partition("+")
        try:
            data = strict64.decode(encoded)
        except ValueError as error:
            raise KeyMalformed("a public key looks like name+1a2b3c4d+base64") from error
        if data[:1] != ED25519:
            raise KeyMalformed("the key is not of the Ed25519 type")
        verifier = cls.of(name, data[1:])
        if verifier.key_id.hex() != claimed:
            raise KeyMalformed("the id of the key does not fit its name and key: a character is wrong")
        return verifier


def key_id(name: str, public: bytes) -> bytes:
    """Return the 4 bytes that name an Ed25519 key in a signature line (C2SP signed-note, "Signatures")."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_ID_SIZE]


def signature_line(name: str, public: bytes, signature: bytes) -> str:
    """Return the line that puts an Ed25519 `signature` under a note, its newline included."""
    verifier = Verifier.of(name, public)
    return f"— {name} {strict64.encode(verifier.key_id + signature)}\n"


def open_note(note: str, verifiers: Sequence[Verifier]) -> tuple[str, tuple[str, ...]]:
    """Return the text of `note` and the names of the `verifiers` that signed it, in the order of their lines.

    Unknown keys are ignored, even under a known name. Raises NoteMalformed, NoteForged, NoteUnsigned.
    """
    text, lines = _split(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed: dict[str, None] = {}
    for name, claimed, signature in _signatures(lines):
        verifier = known.get((name, claimed))
        if verifier is not None:
            _require_signature(verifier, signature, text)
            signed[name] = None
    if not signed:
        raise NoteUnsigned("no known key has signed this note")
    return text, tuple(signed)


def _split(note: str) -> tuple[str, list[str]]:
    """The text with its last newline, and the signature lines without theirs."""
    if len(note) > MAX_CHARACTERS:
        raise NoteMalformed("the note is too large")
    if _CONTROL.search(note) or not _is_unicode(note):
        raise NoteMalformed("the note contains characters that are not text")
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise NoteMalformed("the note has no signature lines after a blank line")
    lines = signatures[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteMalformed("the note has too many signatures")
    return text + "\n", lines


def _signatures(lines: Sequence[str]) -> Iterator[tuple[str, bytes, bytes]]:
    """Name, key id and signature of each line."""
    for line in lines:
        match = _SIGNATURE_LINE.fullmatch(line)
        if match is None or not _is_name(match[1]):
            raise NoteMalformed("a signature line has not the form: — name base64")
        try:
            data = strict64.decode(match[2])
        except ValueError as error:
            raise NoteMalformed("a signature is not base64") from error
        if len(data) <= KEY_ID_SIZE:
            raise NoteMalformed("a signature is too short")
        yield match[1], data[:KEY_ID_SIZE], data[KEY_ID_SIZE:]


def _require_signature(verifier: Verifier, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise NoteForged(f"the signature of {verifier.name} does not fit the note") from error


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and name.split() == [name] and _is_unicode(name)


def _is_unicode(text: str) -> bool:
    """Whether the text can be UTF-8; a lone surrogate cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
