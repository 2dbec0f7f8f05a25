"""Checks a badge without a line to anybody: its words, who signed them, whether it was taken back.

Nothing of a badge is told before its signature is that of an issuer whom the reader trusts.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from talanoa.lib import status_lists, vc_jwt
from talanoa.lib.did_keys import did_key
from talanoa.lib.open_badges import Badge, BadgeUnreadable, badge_of
from talanoa.lib.status_lists import StatusUnreadable
from talanoa.lib.vc_jwt import TokenAltered, TokenUnreadable

MAX_CHARACTERS = 24_576
"""A badge is never longer; `awarding` makes none of more than 16,000."""


class Code(StrEnum):
    """What a check found."""

    OK = "ok"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    STATUS_UNREADABLE = "status_unreadable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `badge` is there once its signature holds; `signed_by` names the key that the text claims.

    `status_at` is when the status list was signed that was looked at, and None where none was.
    """

    code: Code
    badge: Badge | None = None
    signed_by: str = ""
    sha256: str = ""
    status_at: datetime | None = None


def verify(
    text: str, *, issuer_keys: Collection[bytes], status_list: str | None = None, at: datetime
) -> Verdict:
    """Return the verdict on the badge that `text` is, at `at` (aware, UTC).

    `issuer_keys` are the Ed25519 keys of issuers whom the reader trusts, 32 bytes each; `status_list` is the signed
    list that the badge names, as it is served. `text` is the compact JWS and nothing else, not a blank around it.
    """
    try:
        token = vc_jwt.read(text, most=MAX_CHARACTERS)
    except TokenUnreadable:
        return Verdict(Code.UNREADABLE)
    did = did_key(token.public)
    if token.public not in issuer_keys:
        return Verdict(Code.NOT_OURS, signed_by=did)
    try:
        badge = badge_of(vc_jwt.opened(token))
    except TokenAltered:
        return Verdict(Code.ALTERED, signed_by=did)
    except BadgeUnreadable:
        return Verdict(Code.UNREADABLE, signed_by=did)
    code, status_at = _standing(badge, issuer_keys, status_list, at)
    return Verdict(code, badge, did, digest(text), status_at)


def digest(text: str) -> str:
    """Return what the record holds of a badge: the SHA-256 of its compact JWS, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _standing(
    badge: Badge, issuer_keys: Collection[bytes], status_list: str | None, at: datetime
) -> tuple[Code, datetime | None]:
    """Return how a badge whose signature holds stands at `at`, and from when the list is that says so."""
    if at < badge.awarded_at:
        return Code.NOT_YET, None
    if status_list is None:
        return _by_date(badge, at), None
    try:
        listed = vc_jwt.read(status_list)
        if listed.public not in issuer_keys:
            raise StatusUnreadable("the list is not signed by an issuer whom the reader trusts")
        made = vc_jwt.opened(listed)
        subject = made["credentialSubject"]
        signed_at = vc_jwt.instant(made["validFrom"])
        is_this = made["id"] == badge.status_list and signed_at <= at < vc_jwt.instant(made["validUntil"])
        is_about = (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
        if not (is_this and is_about):
            raise StatusUnreadable("not the list that the badge names, or not of these days")
        is_revoked = status_lists.is_revoked(subject["encodedList"], badge.status_place)
    except (TypeError, KeyError, ValueError, AttributeError):
        return Code.STATUS_UNREADABLE, None
    return (Code.REVOKED if is_revoked else _by_date(badge, at)), signed_at


def _by_date(badge: Badge, at: datetime) -> Code:
    return Code.EXPIRED if badge.valid_until is not None and at >= badge.valid_until else Code.OK
