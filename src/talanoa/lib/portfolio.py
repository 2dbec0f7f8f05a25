"""What is awarded, added up by stakeholder group or region: nobody is told by a sum of few.

Who leads an award is named beside it, and their group and region are not; so a row behind which fewer than five
persons stand is told within `WITHHELD`, together with the next smallest one where the rest would tell it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from talanoa.lib.measures.protecting import hidden

WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Awarded:
    """An award: who leads it, by key, their group and region; amounts in whole units of its currency."""

    person: int
    group: str
    region: str
    currency: str
    amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class Total:
    """What is awarded in one currency to one group or region, or to all of WITHHELD together."""

    currency: str
    key: str
    awards: int
    amount: int
    paid: int


def totals(rows: Iterable[Awarded], of: Callable[[Awarded], str]) -> tuple[Total, ...]:
    """Return the sums by what `of` tells of an award, in each currency, the largest first and WITHHELD last."""
    cells: dict[str, dict[str, list[Awarded]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cells[row.currency][of(row)].append(row)
    return tuple(one for currency in sorted(cells) for one in _of_currency(currency, cells[currency]))


def _of_currency(currency: str, cells: dict[str, list[Awarded]]) -> list[Total]:
    keys = sorted(cells)
    kept_back = hidden({place: len({row.person for row in cells[key]}) for place, key in enumerate(keys)})
    shown = [_total(currency, key, cells[key]) for place, key in enumerate(keys) if place not in kept_back]
    shown.sort(key=lambda one: (-one.amount, one.key))
    rest = [row for place in sorted(kept_back) for row in cells[keys[place]]]
    return [*shown, _total(currency, WITHHELD, rest)] if rest else shown


def _total(currency: str, key: str, rows: list[Awarded]) -> Total:
    paid = sum(row.paid for row in rows)
    return Total(currency, key, len(rows), sum(row.amount for row in rows), paid)
