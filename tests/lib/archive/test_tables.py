"""Tables for studies, as Parquet."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from talanoa.lib.archive import tables
from talanoa.lib.archive.tables import AFFILIATION, ALL, THREAD, Value, write

AT = datetime(2014, 3, 3, 9, 30, 0, 123456, tzinfo=UTC)
ROWS: list[tuple[Value, ...]] = [
    (1, 1, "Who pays?", AT, None, 2),
    (2, None, "zwei 'O\u02bbo\u2019 \U0001f40b", None, AT, 0),
]


def contents(path: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"SELECT * FROM '{path}'").fetchall()


def test_what_is_written_is_read_again_with_what_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "it's a thread.parquet"

    assert write(THREAD, ROWS, path) == 2
    naive = AT.replace(tzinfo=None)
    read = duckdb.read_parquet(str(path)).fetchall()
    assert read == [(1, 1, "Who pays?", naive, None, 2), (2, None, ROWS[1][2], None, naive, 0)]


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(THREAD, ROWS * 3000, tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_batches_lose_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 3)
    write(THREAD, [(number, *ROWS[0][1:]) for number in range(10)], tmp_path / "t.parquet")

    assert [row[0] for row in contents(tmp_path / "t.parquet")] == list(range(10))


def broken() -> Iterator[tuple[Value, ...]]:
    yield ROWS[0]
    raise RuntimeError("the second row")


def test_an_error_leaves_no_half_table(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="the second row"):
        write(THREAD, broken(), tmp_path / "t.parquet")

    assert list(tmp_path.iterdir()) == []


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    write(AFFILIATION, [], tmp_path / "a.parquet")

    assert duckdb.sql(f"SELECT * FROM '{tmp_path / 'a.parquet'}'").columns == list(AFFILIATION.columns)


def test_every_column_says_what_it_means() -> None:
    assert [c for table in ALL for c, meaning in table.meanings.items() if not meaning] == []
