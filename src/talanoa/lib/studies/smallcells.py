"""Small cells in rows: of whom fewer than four others share group and region, less is told.

First the region is withheld; where the group itself is small, the group too. A withheld value fits every value, so who
has one is like all others (local suppression: Samarati 2001, IEEE Transactions on Knowledge and Data Engineering 13).
"""

from collections import defaultdict
from collections.abc import Mapping

from talanoa.lib.measures.definitions import LEAST_CELL

Cell = tuple[str, str]
"""A group and a region."""
Behind = Mapping[Cell, set[str]]
"""The persons behind each cell of one table."""
WITHHELD = "withheld"


def recoded(*tables: Behind) -> dict[Cell, Cell]:
    """Return what each cell is shown as, so that it is small in no table that has it."""
    small = {cell for behind in tables for cell, who in behind.items() if len(who) < LEAST_CELL}
    small_groups = {
        group for behind in tables for group, who in _groups(behind).items() if len(who) < LEAST_CELL
    }
    shown: dict[Cell, Cell] = {}
    for cell in {cell for behind in tables for cell in behind}:
        group = WITHHELD if cell[0] in small_groups else cell[0]
        shown[cell] = (group, WITHHELD) if cell in small or group == WITHHELD else cell
    return shown


def _groups(behind: Behind) -> dict[str, set[str]]:
    """Return the persons behind each group."""
    found: dict[str, set[str]] = defaultdict(set)
    for (group, _region), who in behind.items():
        found[group] |= who
    return found
