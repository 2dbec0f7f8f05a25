"""Badges in the form of Open Badges 3.0: who awarded what to whom, and on which entries of the record that rests.

Whoever holds a badge is named in it as they were called, and by a salted digest of their mail address, so that they can
show that the badge is theirs and nobody reads the address from it. Source: 1EdTech Open Badges 3.0 (context 3.0.3),
W3C Verifiable Credentials 2.0. Errors: BadgeUnreadable, a ValueError.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talanoa.lib import status_lists
from talanoa.lib.vc_jwt import INSTANT, instant

CONTEXTS = (status_lists.CONTEXT, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
TYPES = ("VerifiableCredential", "AchievementCredential")
_HASH = "sha256$"


class BadgeUnreadable(ValueError):
    """The credential is no badge as we write them."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who awards: the did:key that signs, the name, and the address of the site."""

    did: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Competency:
    """What one can do: its code, its words, and the page that lists it."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """What a badge is for. `level` is 1 (aware), 2 (practicing) or 3 (leading); `version` that of what was learned."""

    id: str
    name: str
    criteria: str
    version: str
    level: int
    competencies: tuple[Competency, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry of the record that the badge rests on, by its address, with a sentence that finds it elsewhere too."""

    url: str
    name: str
    narrative: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose badge it is: the name as they were called, and the digest of the address where they have one."""

    name: str
    address_hash: str = ""
    salt: str = ""

    def has(self, address: str) -> bool:
        """Tell whether the badge was awarded to whoever reads mail at `address`."""
        return bool(self.salt) and hmac.compare_digest(self.address_hash, _hashed(address, self.salt))


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge; `id` is the address of its page. Times are aware UTC, to the second."""

    id: str
    issuer: Issuer
    achievement: Achievement
    holder: Holder
    awarded_at: datetime
    status_list: str
    status_place: int
    evidence: tuple[Evidence, ...] = ()
    valid_until: datetime | None = None


def holder(name: str, address: str, salt: bytes) -> Holder:
    """Return the holder with this name and mail address; without an address nothing stands for it."""
    if not address:
        return Holder(name)
    return Holder(name, _hashed(address, salt.hex()), salt.hex())


def credential(badge: Badge) -> dict[str, Any]:
    """Return the badge as the credential that its issuer signs."""
    made: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": badge.id,
        "type": list(TYPES),
        "issuer": {
            "id": badge.issuer.did,
            "type": ["Profile"],
            "name": badge.issuer.name,
            "url": badge.issuer.url,
        },
        "validFrom": f"{badge.awarded_at:{INSTANT}}",
        "name": badge.achievement.name,
        "credentialSubject": {
            "id": f"{badge.id}#holder",
            "type": ["AchievementSubject"],
            "identifier": _identities(badge.holder),
            "achievement": _achievement(badge.achievement),
        },
        "evidence": [
            {"id": one.url, "type": ["Evidence"], "name": one.name, "narrative": one.narrative}
            for one in badge.evidence
        ],
        "credentialStatus": status_lists.entry(badge.status_list, badge.status_place),
    }
    if badge.valid_until is not None:
        made["validUntil"] = f"{badge.valid_until:{INSTANT}}"
    return made


def badge_of(made: dict[str, Any]) -> Badge:
    """Return the badge that a credential is; BadgeUnreadable for one that `credential` would not have made."""
    try:
        badge = _read(made)
        is_ours = credential(badge) == made
    except (TypeError, KeyError, ValueError, IndexError, AttributeError) as wrong:
        raise BadgeUnreadable("the credential is no badge") from wrong
    if not is_ours:
        raise BadgeUnreadable("the credential is not written as our badges are")
    return badge


def _hashed(address: str, salt: str) -> str:
    """Return the digest of an address: SHA-256 over it, in lower case, and the salt (Open Badges 3.0, IdentityHash)."""
    return _HASH + hashlib.sha256(f"{address.lower()}{salt}".encode()).hexdigest()


def _identities(held: Holder) -> list[dict[str, Any]]:
    named = {"type": "IdentityObject", "hashed": False, "identityHash": held.name, "identityType": "name"}
    if not held.salt:
        return [named]
    reached = {"type": "IdentityObject", "hashed": True, "identityHash": held.address_hash}
    return [named, {**reached, "identityType": "emailAddress", "salt": held.salt}]


def _achievement(what: Achievement) -> dict[str, Any]:
    return {
        "id": what.id,
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": what.name,
        "description": f"{what.name}, level {what.level}",
        "criteria": {"narrative": what.criteria},
        "version": what.version,
        "tag": [f"level {what.level}"],
        "alignment": [
            {
                "type": ["Alignment"],
                "targetCode": one.code,
                "targetName": one.name,
                "targetUrl": one.url,
            }
            for one in what.competencies
        ],
    }


def _read(made: dict[str, Any]) -> Badge:
    """Read what must stand there; what else stands there shows when the badge is written again."""
    issuer, subject, status = made["issuer"], made["credentialSubject"], made["credentialStatus"]
    what = subject["achievement"]
    named, *reached = subject["identifier"]
    until = made.get("validUntil")
    return Badge(
        id=_text(made["id"]),
        issuer=Issuer(_text(issuer["id"]), _text(issuer["name"]), _text(issuer["url"])),
        achievement=Achievement(
            id=_text(what["id"]),
            name=_text(what["name"]),
            criteria=_text(what["criteria"]["narrative"]),
            version=_text(what["version"]),
            level=int(what["tag"][0].removeprefix("level ")),
            competencies=tuple(
                Competency(_text(one["targetCode"]), _text(one["targetName"]), _text(one["targetUrl"]))
                for one in what["alignment"]
            ),
        ),
        holder=Holder(
            _text(named["identityHash"]),
            *(_text(one[name]) for one in reached for name in ("identityHash", "salt")),
        ),
        awarded_at=instant(made["validFrom"]),
        status_list=_text(status["statusListCredential"]),
        status_place=int(status["statusListIndex"]),
        evidence=tuple(
            Evidence(_text(one["id"]), _text(one["name"]), _text(one["narrative"]))
            for one in made["evidence"]
        ),
        valid_until=None if until is None else instant(until),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("words are expected here")
    return value
