"""Reply tokens: one person may act on one thing by answering our mail. Only the hash is kept."""

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.mail.models import ReplyToken
from talanoa.people.models import Person

DAYS = 90
_PLUS = re.compile(r"([a-z][a-z0-9-]{0,11})(?:\+(.*))?", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z2-7]{26}")


def issue(person: Person, *, process_key: str, number: int | None, at: datetime, word: str = "") -> str:
    """Return a new token of 130 bits in lower-case base32, valid for 90 days; letter case does not matter.

    `word` is the command that an answer gives which names none; "" is the address's own.
    """
    return issue_all([(person, number)], process_key=process_key, at=at, word=word)[0]


def issue_all(
    holders: Iterable[tuple[Person, int | None]], *, process_key: str, at: datetime, word: str = ""
) -> list[str]:
    """Return a new token for each of `holders`, who are told of a number each; as `issue` has it."""
    drawn = [(draw(f"reply token {person.pk}"), person, number) for person, number in holders]
    ReplyToken.objects.bulk_create(
        ReplyToken(
            sha256=digest(token),
            person=person,
            process_key=process_key,
            number=number,
            word=word,
            expires_at=at + timedelta(days=DAYS),
        )
        for token, person, number in drawn
    )
    return [token for token, _person, _number in drawn]


def find(token: str, *, process_key: str, at: datetime) -> ReplyToken | None:
    """Return the token's row where it is valid at `at` and in this process."""
    rows = ReplyToken.objects.filter(sha256=digest(token), process_key=process_key, expires_at__gt=at)
    return rows.select_related("person").first()


class OurAddress(NamedTuple):
    """The parts of an address such as `nm+token` or `nm+talk`, each empty where it is none.

    A tag is whatever stands after the plus and is no token.
    """

    key: str
    token: str = ""
    tag: str = ""


def split_local(local: str) -> OurAddress:
    """Return the parts of what stands before the @ of an address."""
    found = _PLUS.fullmatch(local.strip())
    if found is None:
        return OurAddress("")
    key, tag = found[1].lower(), (found[2] or "").lower()
    return OurAddress(key, token=tag) if _TOKEN.fullmatch(tag) else OurAddress(key, tag=tag)


def draw(label: str) -> str:
    """Return a new token: 130 bits in lower-case base32, which mail systems may fold to another letter case."""
    return base64.b32encode(entropy(REAL, label))[:26].decode().lower()


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.lower().encode()).hexdigest()
