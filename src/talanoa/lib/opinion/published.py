"""An analysis in its public form: JSON in one canonical shape, in which no small group can be read.

Cells with one to four people are withheld, and with them the next larger cell of the same lens, until five people or
more are withheld together: else the sum would give the small one away. Where any cell is withheld, so are B, M, E, W-1,
distances and variants. Nothing is said of a single participant: where people stand is not in it.

Shares are rounded to six digits (the last bits differ between machines), counts are exact; keys are sorted and signs
are ASCII, so the same analysis gives the same bytes.
"""

import json
from collections.abc import Sequence

from talanoa.lib.opinion.results import Analysis, Cell, Distance, Numbers, OpinionMap, Result, Suggestion

DIGITS, LEAST = 6, 5
FORMAT = "talanoa-opinion.1"


def to_json_bytes(analysis: Analysis, *, least: int = LEAST) -> bytes:
    """Return the public form, ending in a line feed; cells of fewer than `least` people are withheld (1: none)."""
    shown = {
        "format": FORMAT,
        "seed": analysis.seed,
        "participants": analysis.participants,
        "statements": analysis.statements,
        "votes": analysis.votes,
        "moderated_out": list(analysis.out),
        "map": _map(analysis.map, least),
        "contingency": [
            {"declared": name, "found": row}
            for (name, _row), row in zip(
                analysis.contingency, _table([row for _name, row in analysis.contingency], least), strict=True
            )
        ],
        "results": [_result(one, least) for one in analysis.results],
        "slate": {
            "seats": [
                [one.statement, _count(one.agree, least), _count(one.newly, least)]
                for one in analysis.slate.seats
            ],
            "voters": analysis.slate.voters,
            "covered": analysis.slate.covered,
            "left_out": analysis.slate.left_out,
            "left_out_on": analysis.slate.left_out_on,
            "justified": analysis.slate.holds,
        },
        "stuffing": {
            "near_identical": analysis.stuffing.near_identical,
            "largest_pile": analysis.stuffing.largest_pile,
            "in_bursts": analysis.stuffing.in_bursts,
            "verified": analysis.stuffing.verified,
        },
    }
    return json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def withheld(sizes: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """Return which of some cells, given the people in each, are withheld, by their places.

    Of nobody there is nothing to withhold.
    """
    order = sorted((size, at) for at, size in enumerate(sizes) if size)
    hidden: list[int] = []
    people = 0
    for size, at in order:
        if size < least or (hidden and people < least):
            hidden.append(at)
            people += size
    return frozenset(hidden)


def hidden_groups(lens: Sequence[Cell], least: int = LEAST) -> frozenset[str]:
    """Return the groups whose cells are withheld."""
    places = withheld([cell.seen for cell in lens], least)
    return frozenset(cell.group for at, cell in enumerate(lens) if at in places)


def _table(rows: Sequence[Sequence[int]], least: int) -> list[list[int | None]]:
    """Return a table with what is withheld as None, so that neither rows nor columns give a small number away."""
    hidden: set[tuple[int, int]] = set()
    while True:
        lines = [[(y, x) for x in range(len(row))] for y, row in enumerate(rows)]
        before = len(hidden)
        for line in [*lines, *([list(column) for column in zip(*lines, strict=True)])]:
            hidden |= _on(line, rows, hidden, least)
        if len(hidden) == before:
            break
    return [[None if (y, x) in hidden else size for x, size in enumerate(row)] for y, row in enumerate(rows)]


def _on(
    line: Sequence[tuple[int, int]],
    rows: Sequence[Sequence[int]],
    hidden: set[tuple[int, int]],
    least: int,
) -> set[tuple[int, int]]:
    """Return what must be withheld on one row or column, given what is already."""
    found = {line[at] for at in withheld([rows[y][x] for y, x in line], least)}
    taken = found | (hidden & set(line))
    rest = sorted((rows[y][x], (y, x)) for y, x in line if rows[y][x] and (y, x) not in taken)
    while taken and rest and sum(rows[y][x] for y, x in taken) < least:
        taken.add(rest.pop(0)[1])
    return taken


def _count(people: int, least: int) -> int | None:
    return None if 0 < people < least else people


def _share(number: float) -> float:
    return round(number, DIGITS) + 0.0


def _map(found: OpinionMap, least: int) -> dict[str, object]:
    sizes = [int((found.labels == label).sum()) for label in range(found.n_groups)]
    return {
        "stable": found.is_stable,
        "doubts": [[one.code, one.sentence] for one in found.doubts],
        "eigenvalues": [_share(value) for value in found.eigenvalues],
        "silhouette": _share(found.silhouette),
        "stability": _share(found.stability),
        "groups": _table([sizes], least)[0] if found.is_stable else [],
    }


def _result(one: Result, least: int) -> dict[str, object]:
    declared, found = hidden_groups(one.declared, least), hidden_groups(one.found, least)
    hides = bool(declared or found)
    return {
        "statement": one.statement,
        "meta": one.is_meta,
        "declared": [_cell(cell, declared) for cell in one.declared],
        "found": [_cell(cell, found) for cell in one.found],
        "declared_numbers": _numbers(one.declared_numbers, declared),
        "found_numbers": _numbers(one.found_numbers, found),
        "suggestion": _suggestion(one.suggestion, declared, hides=hides),
        "divisiveness": None if hides else _share(one.divisiveness),
        "robustness": [] if hides else [[way.how, _share(way.weakest), way.level] for way in one.robustness],
        "pooled": _pooled(one, least),
    }


def _pooled(one: Result, least: int) -> list[int] | None:
    return (
        None if 0 < one.agree + one.disagree + one.passed < least else [one.agree, one.disagree, one.passed]
    )


def _cell(cell: Cell, hidden: frozenset[str]) -> dict[str, object]:
    if cell.group in hidden:
        return {"group": cell.group, "withheld": True}
    return {
        "group": cell.group,
        "counts": [cell.agree, cell.disagree, cell.passed],
        "roster": cell.roster,
        "support": _share(cell.support),
        "bounds": [_share(cell.low), _share(cell.high)],
        "opposition": [_share(cell.opposition_low), _share(cell.opposition_high)],
    }


def _numbers(numbers: Numbers | None, hidden: frozenset[str]) -> dict[str, object] | None:
    if numbers is None:
        return None
    if hidden:
        weakest = None if numbers.weakest_group in hidden else _share(numbers.weakest)
        return {"weakest": weakest, "weakest_group": numbers.weakest_group}
    return {
        "weakest": _share(numbers.weakest),
        "weakest_group": numbers.weakest_group,
        "second": _share(numbers.second),
        "bridging": _share(numbers.bridging),
        "equal_weight": _share(numbers.equal_weight),
        "equality": _share(numbers.equality),
    }


def _suggestion(one: Suggestion | None, hidden: frozenset[str], *, hides: bool) -> dict[str, object] | None:
    if one is None:
        return None
    reasons = [
        ["withheld", f"{reason.group}: too few voted to be shown."]
        if reason.group in hidden
        else [reason.code, reason.sentence]
        for reason in one.reasons
        if not (hides and reason.code == "mean_support")
    ]
    return {
        "level": one.level,
        "reasons": reasons,
        "up": None if hides else _distance(one.up),
        "down": None if hides else _distance(one.down),
        "fragile": None if hides else one.is_fragile,
        "minorities": None if hides else list(one.minorities),
    }


def _distance(way: Distance | None) -> dict[str, object] | None:
    if way is None:
        return None
    return {
        "level": way.level,
        "votes": way.votes,
        "changes": [list(pair) for pair in way.changes],
        "additions": [list(pair) for pair in way.additions],
    }
