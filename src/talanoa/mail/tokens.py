"""Reply tokens: one person may act on one thing by answering our mail. Only the hash is kept."""

import base64
import hashlib
import re
from datetime import datetime, timedelta

from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.mail.models import ReplyToken
from talanoa.people.models import Person

DAYS = 90
_PLUS = re.compile(r"([a-z][a-z0-9-]{0,11})(?:\+(.*))?", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z2-7]{26}")


def issue(person: Person, *, process_key: str, number: int | None, at: datetime) -> str:
    """Return a new token of 130 bits in lower-case base32, valid for 90 days; letter case does not matter."""
    drawn = entropy(REAL, f"reply token {person.pk}")
    token = base64.b32encode(drawn)[:26].decode().lower()
    ReplyToken.objects.create(
        sha256=_digest(token),
        person=person,
        process_key=process_key,
        number=number,
        expires_at=at + timedelta(days=DAYS),
    )
    return token


def find(token: str, *, process_key: str, at: datetime) -> ReplyToken | None:
    """Return the token's row where it is valid at `at` and in this process."""
    rows = ReplyToken.objects.filter(sha256=_digest(token), process_key=process_key, expires_at__gt=at)
    return rows.select_related("person").first()


def split_local(local: str) -> tuple[str, str]:
    """Return process key and token of the part before the @ such as `nm+token`; each empty where it is none."""
    found = _PLUS.fullmatch(local.strip())
    if found is None:
        return "", ""
    token = (found[2] or "").lower()
    return found[1].lower(), token if _TOKEN.fullmatch(token) else ""


def _digest(token: str) -> str:
    return hashlib.sha256(token.lower().encode()).hexdigest()
