"""Badges that the tests speak of: one of a participant in Garissa, and as many others as are asked for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from talanoa.lib import status_lists, vc_jwt
from talanoa.lib.did_keys import did_key
from talanoa.lib.open_badges import (
    Achievement,
    Badge,
    Competency,
    Evidence,
    Issuer,
    credential,
    holder,
)

SITE = "https://talanoa.example"
LIST = f"{SITE}/badges/status/1"
AWARDED = datetime(2024, 3, 2, 9, 0, tzinfo=UTC)
NAMES = (
    "Yusuf Abdi",
    "Lucía Pereira",
    "Aïssatou Ndiaye",
    "Ọlá Adébáyọ̀",
    "ليلى منصور",
    "רות לוי",
    "ความสุข ใจดี",
    "王小明",
    "さくら 山本",
    "김하늘",
    "Анна Петрова",
    "આરતી પટેલ",
    "தமிழ்ச்செல்வி",
    "Sione Vea ʻo Nukuʻalofa",
    "Zoë “Z” O'Neill <z@x>",
    "🌍 Terra",
)


class Signer:
    """Somebody who signs badges."""

    def __init__(self, seed: bytes = b"the issuer of all these examples") -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.key.public_key().public_bytes_raw()
        self.did = did_key(self.public)

    def seal(self, badge: Badge) -> str:
        return vc_jwt.seal(credential(badge), public=self.public, sign=self.key.sign)

    def status_list(self, *revoked: int, at: datetime = AWARDED, url: str = LIST) -> str:
        until = datetime(2999, 1, 1, tzinfo=UTC)
        made = status_lists.credential(url, self.did, revoked, at=at, until=until)
        return vc_jwt.seal(made, public=self.public, sign=self.key.sign)


ISSUER = Signer()
STRANGER = Signer(b"somebody else with their own key")


def example() -> Badge:
    """What Yusuf Abdi was awarded."""
    return Badge(
        id=f"{SITE}/badges/u7pqkz3m/",
        issuer=Issuer(ISSUER.did, "Talanoa", SITE),
        achievement=Achievement(
            id=f"{SITE}/badges/#participant-1.0.0",
            name="Participant",
            criteria="Has answered the items of sixteen lessons, and has played the room “72 hours” to its end.",
            version="1.0.0",
            level=2,
            competencies=(
                Competency("A3", "Read a charter", f"{SITE}/badges/#A3"),
                Competency("B3", "Object so that it can be resolved", f"{SITE}/badges/#B3"),
            ),
        ),
        holder=holder("Yusuf Abdi", "yusuf@garissa.example", b"sixteen of salt."),
        awarded_at=AWARDED,
        status_list=LIST,
        status_place=77,
        evidence=(evidence(17, 20),),
    )


def evidence(entry: int, size: int) -> Evidence:
    told = f"Entry {entry} of the record talanoa.example/record, at {size} entries"
    return Evidence(f"{SITE}/record/{entry}/", f"Entry {entry}", told)


def random_badge(chance: Random) -> Badge:
    """A badge of anybody, anywhere, for anything, on evidence of none to twelve entries."""
    awarded_at = AWARDED + timedelta(seconds=chance.randrange(-200_000_000, 20_000_000))
    codes = chance.sample([f"{area}{n}" for area in "ABCDEFX" for n in range(1, 6)], chance.randrange(9))
    what = Achievement(
        id=f"{SITE}/badges/#kind-{chance.randrange(99)}",
        name=chance.choice(NAMES),
        criteria=" ".join(chance.choices(NAMES, k=chance.randrange(1, 30))),
        version=f"{chance.randrange(9)}.{chance.randrange(9)}.0",
        level=chance.randrange(1, 4),
        competencies=tuple(
            Competency(code, chance.choice(NAMES), f"{SITE}/badges/#{code}") for code in codes
        ),
    )
    address = f"{chance.randbytes(4).hex()}@kin.example" if chance.random() < 0.8 else ""
    return replace(
        example(),
        id=f"{SITE}/badges/{chance.randbytes(16).hex()}/",
        achievement=what,
        holder=holder(chance.choice(NAMES), address, chance.randbytes(16)),
        awarded_at=awarded_at,
        status_place=chance.randrange(status_lists.SIZE),
        evidence=tuple(evidence(chance.randrange(9_999), 10_000) for _ in range(chance.randrange(13))),
        valid_until=datetime(2999, 1, 1, tzinfo=UTC) if chance.random() < 0.2 else None,
    )
