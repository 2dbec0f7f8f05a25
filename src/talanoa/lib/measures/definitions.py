"""What a measure is, and what it gives."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Value = str | int | float | None
Row = tuple[Value, ...]
LEAST_CELL = 5
"""Fewer persons than this are not told of in a row of their own."""
QUERIES = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Found:
    """The finished rows of a measure, before small cells go.

    `of` is how many things were counted, `unknown` how many of them by somebody whose group, region or organization
    nothing tells; None where the measure asks for none of these.
    """

    rows: tuple[Row, ...]
    of: int
    unknown: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    `columns` are those of the finished rows, with what each says. `key` is the name of its file of SQL, `views` are
    the named parts that it stands on. `finish` makes finished rows of counted ones. `persons` is the column that
    counts persons: a row with fewer than `LEAST_CELL` is not shown. `keys` are the columns that name a row; in a
    table of two keys each row belongs to the margin of the first one.
    """

    key: str
    version: int
    title: str
    answers: str
    caveat: str
    columns: Mapping[str, str]
    views: tuple[str, ...]
    finish: Callable[[Sequence[Row]], Found]
    persons: str = ""
    n_keys: int = 1

    @property
    def sql(self) -> str:
        """The whole query, with the views that it stands on, in the dialect of DuckDB."""
        parts = [f"{name} AS (\n{_read(name)}\n)" for name in self.views]
        head = "WITH " + ",\n".join(parts) + "\n" if parts else ""
        return head + _read(self.key)


def _read(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class Result:
    """What a measure gave: rows without small cells, what was counted, and what stayed unsaid.

    `unknown_share` is from 0 to 1, or None; `n_hidden` rows were hidden because so few persons stand behind them.
    """

    measure: str
    version: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    of: int
    unknown_share: float | None
    n_hidden: int

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {
            "measure": self.measure,
            "version": self.version,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "of": self.of,
            "unknown_share": self.unknown_share,
            "n_hidden": self.n_hidden,
        }


Engine = Callable[[str], Iterable[Sequence[Any]]]
"""Answers a query in the dialect of DuckDB with its rows; a table that is not there counts as empty."""
