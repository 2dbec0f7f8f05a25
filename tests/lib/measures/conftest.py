"""A small list and six processes that never were, as tables and as rows for counting by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from benchmarks.made_tables import Made, make

from talanoa.lib.archive.tables import ALL
from talanoa.lib.measures.definitions import Engine
from talanoa.lib.measures.taking import of_folder


@dataclass(frozen=True, slots=True)
class Example:
    """The rows of each table as dictionaries, and an engine over the same."""

    rows: dict[str, list[dict[str, Any]]]
    engine: Engine


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Example]:
    folder = tmp_path_factory.mktemp("tables")
    make(Made(messages=1500, persons=160, inputs=150), folder)
    yield from opened(folder)


def opened(folder: Path) -> Iterator[Example]:
    """Read every table of a folder."""
    rows = {}
    for table in ALL:
        found = duckdb.read_parquet(str(folder / f"{table.name}.parquet"))
        rows[table.name] = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    with of_folder(folder) as engine:
        yield Example(rows, engine)
