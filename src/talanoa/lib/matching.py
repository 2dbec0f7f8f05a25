"""Whom of a roster a request fits: an order that a person can follow, with what it rests on as parts.

Nobody is listed who speaks none of the languages asked for. Then comes first who shares more of the languages, then
more telling words of the topic, then more hours of a working day, then who has least in hand; the last to decide is the
number on the roster. No weight is hidden in a sum, so the parts say why one stands before another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from talanoa.lib.stemming import telling

FACILITATOR, EXPERT, BOTH = "facilitator", "expert", "both"
DAY_HOURS = 8
"""The length of a working day, which begins at the same hour by everybody's own clock."""
_ROUND = 24
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: FACILITATOR or EXPERT, in which languages (BCP 47), what for, by whose clock."""

    kind: str
    languages: tuple[str, ...]
    text: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers: their number, kind, languages, topics, time zone; `load` is what they have in hand."""

    number: int
    kind: str
    languages: tuple[str, ...]
    topics: str
    time_zone: str
    load: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """Why somebody fits: languages in common, words of the topic in common, hours of a working day, what is in hand."""

    number: int
    languages: tuple[str, ...]
    words: tuple[str, ...]
    hours: float
    load: int


def matches(wish: Wish, offers: Iterable[Offer], *, at: datetime) -> list[Fit]:
    """Return whom the wish fits, best first, whatever their order; `at` (aware, UTC) tells summer from winter."""
    found = [_fit(wish, offer, at) for offer in offers if offer.kind in (wish.kind, BOTH)]
    return sorted((fit for fit in found if fit.languages), key=_rank)


def _fit(wish: Wish, offer: Offer, at: datetime) -> Fit:
    return Fit(
        offer.number,
        languages_in_common(wish.languages, offer.languages),
        words_in_common(wish.text, offer.topics),
        hours_in_common(wish.time_zone, offer.time_zone, at),
        offer.load,
    )


def _rank(fit: Fit) -> tuple[int, int, float, int, int]:
    return (-len(fit.languages), -len(fit.words), -fit.hours, fit.load, fit.number)


def languages_in_common(asked: Iterable[str], spoken: Iterable[str]) -> tuple[str, ...]:
    """Return which of the languages asked for somebody speaks; `pt` answers `pt-BR`, and the other way round."""
    known = tuple(spoken)
    return tuple(tag for tag in asked if any(_is_same(tag, one) for one in known))


def _is_same(asked: str, spoken: str) -> bool:
    return asked == spoken or asked.startswith(f"{spoken}-") or spoken.startswith(f"{asked}-")


def words_in_common(asked: str, topics: str) -> tuple[str, ...]:
    """Return the telling words of `asked`, as they stand there, whose stem is one of `topics`, each once."""
    known = set(telling(topics))
    found: dict[str, str] = {}
    for word in _WORD.findall(asked):
        for root in telling(word):
            if root in known:
                found.setdefault(root, word.casefold())
    return tuple(found.values())


def hours_in_common(one: str, other: str, at: datetime) -> float:
    """Return the hours that a working day in one time zone shares with that in another, on the day of `at`."""
    apart = abs(_offset(one, at) - _offset(other, at)) % _ROUND
    return max(0.0, DAY_HOURS - min(apart, _ROUND - apart))


def _offset(zone: str, at: datetime) -> float:
    """Return how many hours the clocks of a time zone are ahead of UTC at `at`."""
    ahead = at.astimezone(ZoneInfo(zone)).utcoffset()
    return ahead.total_seconds() / 3600 if ahead else 0.0
