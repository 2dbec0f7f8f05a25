"""Credentials as VC-JWT: a W3C credential in a compact JWS, signed with Ed25519.

Sources: Open Badges 3.0, section 8.2 (the payload is the credential, beside iss, jti, nbf, sub and exp; a header of
alg, kid and typ, and nothing else); RFC 7515 (JWS), RFC 8037 (EdDSA), RFC 8785 (the JSON that is signed). The
credential stands once more under `vc`, where verifiers written for data model 1.1 look for it; it must be the same.
Errors, all ValueError: TokenUnreadable (no such token), and its subclass TokenAltered (its parts do not fit).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from talanoa.lib import strict64
from talanoa.lib.did_keys import KeyUnreadable, did_key, method_id, public_key

MAX_CHARACTERS = 131_072
"""More than a full status list needs."""
SIGNATURE_SIZE = 64
INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_PARTS = 3


class TokenUnreadable(ValueError):
    """The text is no credential in this form."""


class TokenAltered(TokenUnreadable):
    """The form is right, but signature and contents do not fit each other."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token whose form was read and whose signature was not checked yet: nothing in it is to be believed."""

    public: bytes
    payload: dict[str, Any]
    signed: bytes
    signature: bytes


def seal(credential: Mapping[str, Any], *, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Return `credential` signed with the key `public`, of which `sign` makes the 64-byte signatures.

    Its issuer must be the did:key of that key, its dates UTC with whole seconds.
    """
    did = did_key(public)
    if _id(credential["issuer"]) != did:
        raise ValueError("the issuer is not the key that signs")
    header = {"alg": "EdDSA", "kid": method_id(did), "typ": "JWT"}
    payload = {**credential, **_claims(credential), "vc": dict(credential)}
    signed = ".".join(strict64.encode_url(rfc8785.dumps(part)) for part in (header, payload))
    return f"{signed}.{strict64.encode_url(sign(signed.encode()))}"


def read(text: str, *, most: int = MAX_CHARACTERS) -> Token:
    """Return the token that `text` is, at most `most` characters, with the key that it names; TokenUnreadable else."""
    if len(text) > most:
        raise TokenUnreadable(f"longer than {most} characters")
    parts = text.split(".", _PARTS)
    if len(parts) != _PARTS or not text.isascii():
        raise TokenUnreadable("not three parts with a dot between them")
    try:
        head, body, signature = map(strict64.decode_url, parts)
    except ValueError as wrong:
        raise TokenUnreadable("not base64url as it is written") from wrong
    header, payload = _object(head), _object(body)
    public = _signer(header)
    if len(signature) != SIGNATURE_SIZE:
        raise TokenUnreadable("no Ed25519 signature")
    return Token(public, payload, text.rpartition(".")[0].encode(), signature)


def opened(token: Token) -> dict[str, Any]:
    """Return the credential of a token, its signature and its claims checked. Raises TokenAltered."""
    try:
        Ed25519PublicKey.from_public_bytes(token.public).verify(token.signature, token.signed)
    except InvalidSignature as wrong:
        raise TokenAltered("the signature is not one of these words") from wrong
    credential = token.payload.get("vc")
    try:
        is_one = isinstance(credential, dict) and token.payload == {
            **credential,
            **_claims(credential),
            "iss": did_key(token.public),
            "vc": credential,
        }
    except (TypeError, KeyError, ValueError) as wrong:
        raise TokenAltered("no credential in it") from wrong
    if not isinstance(credential, dict) or not is_one:
        raise TokenAltered("its claims do not say what its credential says")
    return credential


def instant(value: str) -> datetime:
    """Return the instant (aware, UTC) that is written as 2026-03-02T09:00:00Z; ValueError for any other spelling."""
    at = datetime.fromisoformat(value)
    if value != f"{at:{INSTANT}}" or at.utcoffset():
        raise ValueError("not an instant in UTC with whole seconds")
    return at


def _claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    """Return the registered claims that say what the credential says (Open Badges 3.0, section 8.2.4)."""
    claims = {
        "iss": _id(credential["issuer"]),
        "jti": credential["id"],
        "nbf": _seconds(credential["validFrom"]),
        "sub": credential["credentialSubject"]["id"],
    }
    if "validUntil" in credential:
        claims["exp"] = _seconds(credential["validUntil"])
    return claims


def _id(value: Any) -> Any:
    return value["id"] if isinstance(value, dict) else value


def _seconds(value: str) -> int:
    return int(instant(value).timestamp())


def _signer(header: Mapping[str, Any]) -> bytes:
    """Return the key that signed as the header says; any other algorithm, name or field is refused."""
    kid = header.get("kid")
    if not isinstance(kid, str) or header != {"alg": "EdDSA", "kid": kid, "typ": "JWT"}:
        raise TokenUnreadable("a header that no badge has")
    did = kid.partition("#")[0]
    try:
        public = public_key(did)
    except KeyUnreadable as wrong:
        raise TokenUnreadable(str(wrong)) from wrong
    if kid != method_id(did):
        raise TokenUnreadable("a header that no badge has")
    return public


def _object(data: bytes) -> dict[str, Any]:
    """Return the JSON object; one in any other spelling than that of RFC 8785, such as a name twice, is refused."""
    try:
        found = json.loads(data)
        is_canonical = isinstance(found, dict) and rfc8785.dumps(found) == data
    except (ValueError, RecursionError) as wrong:
        raise TokenUnreadable("not the JSON of a badge") from wrong
    if not is_canonical:
        raise TokenUnreadable("not the JSON of a badge")
    made: dict[str, Any] = found
    return made
