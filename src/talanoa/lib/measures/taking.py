"""Take measures of a folder of tables, by DuckDB or by any other engine that answers the same queries."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import duckdb

from talanoa.lib.archive.tables import Table
from talanoa.lib.measures.definitions import Engine, Measure, Result, Row
from talanoa.lib.measures.finishing import DIGITS
from talanoa.lib.measures.process_tables import TABLES
from talanoa.lib.measures.protecting import shown_rows

MEMORY_MB = 1024


def take(measure: Measure, engine: Engine) -> Result:
    """Count by `engine`, make shares and intervals of the counts, and hide small cells."""
    counted = [cast(Row, tuple(_whole(value) for value in row)) for row in engine(measure.sql)]
    found = measure.finish(counted)
    rows, n_hidden = shown_rows(measure, found.rows)
    unknown = None if found.unknown is None or not found.of else round(found.unknown / found.of, DIGITS)
    return Result(measure.key, measure.version, tuple(measure.columns), rows, found.of, unknown, n_hidden)


def take_all(measures: Iterable[Measure], engine: Engine) -> tuple[Result, ...]:
    """Take one measure after another."""
    return tuple(take(measure, engine) for measure in measures)


def _whole(value: object) -> object:
    """Return a count as a plain whole number, whatever the engine calls it; anything else as it is."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return int(cast("int", value))


@contextmanager
def of_folder(folder: Path) -> Iterator[Engine]:
    """Give an engine that reads the Parquet files of `folder`, each named as its table, within 1 GB of memory."""
    with duckdb.connect(":memory:", config={"memory_limit": f"{MEMORY_MB}MB"}) as connection:
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table.name} AS {_read(table, folder)}")
        yield lambda sql: connection.execute(sql).fetchall()


def _read(table: Table, folder: Path) -> str:
    path = folder / f"{table.name}.parquet"
    if path.exists():
        named = str(path).replace("'", "''")
        return f"SELECT * FROM read_parquet('{named}')"  # noqa: S608 - a path of ours, quoted
    return empty(table)


def empty(table: Table) -> str:
    """Return a query that gives a table without rows."""
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in table.columns.items())
    return f"SELECT {columns} WHERE 1 = 0"
