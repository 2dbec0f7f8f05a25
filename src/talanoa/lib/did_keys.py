"""Public Ed25519 keys under names that other verifiers resolve: did:key is the key, did:web the site that shows it.

Sources: W3C CCG did:key v0.9 (multicodec 0xed01, base58btc) and did:web. Errors: KeyUnreadable, a ValueError.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

KEY_SIZE = 32
_PREFIX = "did:key:"
_MULTICODEC = b"\xed\x01"
_MULTIBASE = "z"
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# 34 bytes have 46 to 48 digits of base58; the multicodec makes them 47 here.
_DIGITS = 47


class KeyUnreadable(ValueError):
    """The name is not that of an Ed25519 key."""


def did_key(public: bytes) -> str:
    """Return the did:key of a public key of 32 bytes."""
    if len(public) != KEY_SIZE:
        raise KeyUnreadable("an Ed25519 key has 32 bytes")
    return f"{_PREFIX}{_multibase(public)}"


def public_key(did: str) -> bytes:
    """Return the 32 bytes of the key that a did:key names; KeyUnreadable for any other name or spelling."""
    digits = did.removeprefix(_PREFIX + _MULTIBASE)
    if len(digits) != _DIGITS or len(did) != len(_PREFIX) + 1 + _DIGITS:
        raise KeyUnreadable("not the did:key of an Ed25519 key")
    number = 0
    for digit in digits:
        place = _ALPHABET.find(digit)
        if place < 0:
            raise KeyUnreadable(f"{digit!r} is no digit of base58")
        number = number * 58 + place
    data = number.to_bytes(36, "big").lstrip(b"\x00")
    if not data.startswith(_MULTICODEC) or len(data) != len(_MULTICODEC) + KEY_SIZE:
        raise KeyUnreadable("not the did:key of an Ed25519 key")
    return data[len(_MULTICODEC) :]


def method_id(did: str) -> str:
    """Return the address of the one key of a did:key, as a signature names it."""
    return f"{did}#{did.removeprefix(_PREFIX)}"


def did_web(site: str) -> str:
    """Return the did:web of the site at an address such as https://talanoa.example."""
    return f"did:web:{quote(urlsplit(site).netloc, safe='.-')}"


def document(site: str, keys: Iterable[bytes]) -> dict[str, Any]:
    """Return the DID document that the site shows at /.well-known/did.json: its keys, the newest first."""
    did, publics = did_web(site), list(keys)
    methods = [
        {
            "id": f"{did}#{_multibase(public)}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": _multibase(public),
        }
        for public in publics
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [did_key(public) for public in publics],
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def keys_of(document: object) -> list[bytes]:
    """Return the Ed25519 keys of a DID document as `document` makes it; KeyUnreadable where it has none."""
    methods = document.get("verificationMethod") if isinstance(document, dict) else None
    found = [
        public_key(f"{_PREFIX}{method['publicKeyMultibase']}")
        for method in (methods if isinstance(methods, list) else [])
        if isinstance(method, dict) and isinstance(method.get("publicKeyMultibase"), str)
    ]
    if not found:
        raise KeyUnreadable("no Ed25519 key in the DID document")
    return found


def _multibase(public: bytes) -> str:
    number, digits = int.from_bytes(_MULTICODEC + public, "big"), ""
    while number:
        number, place = divmod(number, 58)
        digits = _ALPHABET[place] + digits
    return _MULTIBASE + digits
