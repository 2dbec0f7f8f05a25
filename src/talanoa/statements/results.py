"""A result in words for one reader: rows from what the room agrees on to what divides it, read from its public JSON.

Every number comes from lib.opinion; what is withheld there because it is of fewer than five people is withheld here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, overload

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talanoa.people.models import Group
from talanoa.statements.models import Result, Vote

LEVELS: dict[str, str | Promise] = {
    "full_consensus": _("Full consensus"),
    "consensus": _("Consensus"),
    "strong_support": _("Strong support but significant opposition"),
    "divergence": _("Divergence"),
}
WAYS: dict[str, str | Promise] = {
    "without near-identical": _("without near-identical ballots"),
    "without bursts": _("without those who came in a burst"),
    "verified only": _("only those who are verified"),
}
WHOLE = 100
_GROUPS = frozenset(Group.values)


@dataclass(frozen=True, slots=True)
class Bar:
    """Votes of a group on a statement as shares of 100, for a picture; None where fewer than five voted."""

    group: str
    label: str
    n: int | None
    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def pass_from(self) -> int:
        """Where the passes begin in the picture: behind those who agree."""
        return self.agree

    @property
    def disagree_from(self) -> int:
        """Where those who disagree begin: at the end."""
        return WHOLE - self.disagree


@dataclass(frozen=True, slots=True)
class Row:
    """A statement: its number, all who voted as a bar, each group, the weakest of them, what the numbers suggest.

    `weakest`, `bridging` are percent, None where they are withheld; `ways` are the levels if it is counted otherwise.
    """

    number: int
    text: str
    pooled: Bar
    declared: tuple[Bar, ...]
    found: tuple[Bar, ...]
    weakest: int | None
    weakest_group: str
    bridging: int | None
    level: str
    reasons: tuple[str, ...]
    is_fragile: bool
    ways: tuple[tuple[str, str], ...]
    vote_name: str
    divisiveness: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A statement in the picture: its number; across, how many agree; up, how far groups are apart (percent)."""

    number: int
    agree: int
    apart: int

    @property
    def down(self) -> int:
        """How far below the upper edge it stands: a picture counts from there."""
        return WHOLE - self.apart


@dataclass(frozen=True, slots=True)
class Shown:
    """A result: people, votes, rows, the groups that were found or why none, and the signs of vote stuffing.

    `dots` are the statements of which it can be shown how far the groups are apart.
    """

    people: int
    votes: int
    rows: "Rows"
    dots: tuple[Dot, ...]
    groups: tuple[int | None, ...]
    doubts: tuple[str, ...]
    near_identical: int
    largest_pile: int
    in_bursts: int


def shown(result: Result, texts: Mapping[int, str], votes: Mapping[int, str]) -> Shown:
    """Return a result for a reader who may read `texts` and votes so, both by the number of the statement."""
    told = _parsed(result.body) if result.body else {}
    found, stuffing = told.get("map", {}), told.get("stuffing", {})
    return Shown(
        people=told.get("participants", 0),
        votes=told.get("votes", 0),
        rows=Rows(told.get("results", []), texts, votes),
        dots=tuple(_dot(one) for one in told.get("results", []) if one["divisiveness"] is not None),
        groups=tuple(found.get("groups", [])),
        doubts=tuple(sentence for _code, sentence in found.get("doubts", [])),
        near_identical=stuffing.get("near_identical", 0),
        largest_pile=stuffing.get("largest_pile", 0),
        in_bursts=stuffing.get("in_bursts", 0),
    )


@lru_cache(maxsize=2)
def _parsed(body: str) -> Mapping[str, Any]:
    """Return a result as it is told, its statements in the order of the page: of a large one that takes a while."""
    told: dict[str, Any] = json.loads(body)
    told["results"].sort(key=_from_consensus_to_division)
    return told


class Rows(Sequence[Row]):
    """The rows from what even the weakest group surely supports down to what divides; what is withheld comes last.

    `results` are in that order. Each is put into words when somebody looks at it: a page shows twenty of a thousand.
    """

    def __init__(
        self, results: Sequence[Mapping[str, Any]], texts: Mapping[int, str], votes: Mapping[int, str]
    ) -> None:
        self._results = results
        self._texts, self._votes = texts, votes

    def __len__(self) -> int:
        return len(self._results)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """Return one row, or those of a page."""
        if isinstance(at, slice):
            return [_row(one, self._texts, self._votes) for one in self._results[at]]
        return _row(self._results[at], self._texts, self._votes)


def _numbers(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the numbers over declared groups, or over found ones where nobody declared any."""
    return one["declared_numbers"] or one["found_numbers"] or {}


def _from_consensus_to_division(one: Mapping[str, Any]) -> tuple[float, ...]:
    """Order by the weakest group, then by what divides; where that is withheld, by all who agree."""
    weakest = _percent(_numbers(one).get("weakest"))
    divides = WHOLE if one["divisiveness"] is None else one["divisiveness"]
    agree = _bar("", "", one["pooled"]).agree
    return 1 if weakest is None else -weakest, divides, -agree, one["statement"]


def _row(one: Mapping[str, Any], texts: Mapping[int, str], votes: Mapping[int, str]) -> Row:
    number = one["statement"]
    numbers = _numbers(one)
    lens = "declared" if one["declared_numbers"] else "found"
    suggestion = one["suggestion"] or {}
    return Row(
        number=number,
        text=texts.get(number, ""),
        pooled=_bar("", gettext("Everybody"), one["pooled"]),
        declared=tuple(_cell(cell) for cell in one["declared"]),
        found=tuple(_cell(cell) for cell in one["found"]),
        weakest=_percent(numbers.get("weakest")),
        weakest_group=_called(numbers.get("weakest_group", ""), lens),
        bridging=_percent(numbers.get("bridging")),
        level=str(LEVELS.get(suggestion.get("level", ""), "")),
        reasons=tuple(sentence for _code, sentence in suggestion.get("reasons", [])),
        is_fragile=bool(suggestion.get("fragile")),
        ways=tuple((_way(how), str(LEVELS[level])) for how, _weakest, level in one["robustness"]),
        vote_name=str(Vote(votes[number]).label) if number in votes else "",
        divisiveness=one["divisiveness"],
    )


def _dot(one: Mapping[str, Any]) -> Dot:
    return Dot(one["statement"], _bar("", "", one["pooled"]).agree, round(WHOLE * one["divisiveness"]))


def _cell(cell: Mapping[str, Any]) -> Bar:
    return _bar(cell["group"], _called(cell["group"], "declared"), cell.get("counts"))


def _bar(group: str, label: str, counts: list[int] | None) -> Bar:
    """Return a bar whose parts are whole percents; those who pass get what rounding leaves over."""
    if counts is None:
        return Bar(group, label, None)
    n = sum(counts)
    agree, disagree = (round(WHOLE * part / n) if n else 0 for part in counts[:2])
    return Bar(group, label, n, agree, disagree, WHOLE - agree - disagree if n else 0)


def _called(group: str, lens: str) -> str:
    """Return the name of a declared group, or of one that was found: A, B, ..."""
    if lens == "declared" and group in _GROUPS:
        return str(Group(group).label)
    return gettext("opinion group %(letter)s") % {"letter": group} if group else ""


def _way(how: str) -> str:
    if how in WAYS:
        return str(WAYS[how])
    return gettext("without %(group)s") % {"group": _called(how.removeprefix("without "), "declared")}


def _percent(share: float | None) -> int | None:
    return None if share is None else round(WHOLE * share)
