"""An analysis in its public form: JSON in one canonical shape, in which no small group can be read.

Cells with one to four people are withheld. So are the numbers that would give them away: the pooled counts where fewer
than five people are withheld in all, and B, M, E, W-1, distances and variants where any cell is. Nothing is said of a
single participant: where people stand is not in it. Shares are rounded to six digits (the last bits differ between
machines), counts are exact; keys are sorted and signs are ASCII, so the same analysis gives the same bytes.
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
            {"declared": name, "found": [_withheld(number, least) for number in row]}
            for name, row in analysis.contingency
        ],
        "results": [_result(one, least) for one in analysis.results],
        "slate": {
            "seats": [[one.statement, one.agree, one.newly] for one in analysis.slate.seats],
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


def is_small(cell: Cell, least: int = LEAST) -> bool:
    """Tell whether a cell is withheld: somebody could be recognized; of nobody there is nothing to withhold."""
    return 0 < cell.seen < least


def _withheld(number: int, least: int) -> int | None:
    return None if 0 < number < least else number


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
        "groups": [_withheld(size, least) for size in sizes] if found.is_stable else [],
    }


def _result(one: Result, least: int) -> dict[str, object]:
    cells = (*one.declared, *one.found)
    hides = any(is_small(cell, least) for cell in cells)
    hidden = min(_hidden(lens, least) for lens in (one.declared, one.found))
    pooled = None if hidden < least else [one.agree, one.disagree, one.passed]
    return {
        "statement": one.statement,
        "meta": one.is_meta,
        "declared": [_cell(cell, least) for cell in one.declared],
        "found": [_cell(cell, least) for cell in one.found],
        "declared_numbers": _numbers(one.declared_numbers, one.declared, least),
        "found_numbers": _numbers(one.found_numbers, one.found, least),
        "suggestion": _suggestion(one.suggestion, one.declared, least, hides=hides),
        "divisiveness": None if hides else _share(one.divisiveness),
        "robustness": [] if hides else [[way.how, _share(way.weakest), way.level] for way in one.robustness],
        "pooled": pooled,
    }


def _hidden(lens: Sequence[Cell], least: int) -> int:
    """Return how many people are withheld in a lens, or `least` where none is."""
    return sum(cell.seen for cell in lens if is_small(cell, least)) or least


def _cell(cell: Cell, least: int) -> dict[str, object]:
    if is_small(cell, least):
        return {"group": cell.group, "withheld": True}
    return {
        "group": cell.group,
        "counts": [cell.agree, cell.disagree, cell.passed],
        "roster": cell.roster,
        "support": _share(cell.support),
        "bounds": [_share(cell.low), _share(cell.high)],
        "opposition": [_share(cell.opposition_low), _share(cell.opposition_high)],
    }


def _numbers(numbers: Numbers | None, lens: Sequence[Cell], least: int) -> dict[str, object] | None:
    if numbers is None:
        return None
    small = {cell.group for cell in lens if is_small(cell, least)}
    if small:
        is_told = numbers.weakest_group not in small
        return {
            "weakest": _share(numbers.weakest) if is_told else None,
            "weakest_group": numbers.weakest_group,
        }
    return {
        "weakest": _share(numbers.weakest),
        "weakest_group": numbers.weakest_group,
        "second": _share(numbers.second),
        "bridging": _share(numbers.bridging),
        "equal_weight": _share(numbers.equal_weight),
        "equality": _share(numbers.equality),
    }


def _suggestion(
    one: Suggestion | None, lens: Sequence[Cell], least: int, *, hides: bool
) -> dict[str, object] | None:
    if one is None:
        return None
    small = {cell.group for cell in lens if is_small(cell, least)}
    reasons = [
        ["withheld", f"{reason.group}: too few voted to be shown."]
        if reason.group in small
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
