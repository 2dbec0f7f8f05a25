"""The tables that studies stand on, the same for an imported list and for the platform's own record; as Parquet.

A person is a pseudonym. Times are UTC without a zone in the file, to the microsecond; None is NULL. A table is
written in batches through DuckDB, which puts on disk what does not fit into its share of memory.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import duckdb
import numpy as np

from talanoa.lib.archive.reading import ArchivedMail

Value = str | int | bool | datetime | None
BATCH = 2000
BATCH_CHARACTERS = 4_000_000
MEMORY_MB, MOST_MEMORY_MB = 112, 4096
_NULL = -(2**63)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY, _SECOND = 86_400, 1_000_000
_READ = {
    "BIGINT": f"nullif({{name}}, {_NULL})",
    "TIMESTAMP": f"make_timestamp(nullif({{name}}, {_NULL}))",
    "BOOLEAN": "{name}",
    "VARCHAR": "{name}",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name, its columns with their types in DuckDB, and what each column means."""

    name: str
    columns: Mapping[str, str]
    meanings: Mapping[str, str]


def _table(name: str, **columns: str) -> Table:
    told = {column: text.partition(" ") for column, text in columns.items()}
    return Table(name, {c: t[0] for c, t in told.items()}, {c: t[2] for c, t in told.items()})


MESSAGE = _table(
    "message",
    message="BIGINT number of the message within the archive",
    person="VARCHAR pseudonym of its sender; NULL where no sender can be read",
    sent_at="TIMESTAMP when it was sent, by its own Date field; NULL where that cannot be read",
    date="VARCHAR the Date field as it was written",
    thread="BIGINT number of its thread",
    parent="BIGINT number of the message that it answers; NULL where none is here",
    message_id="VARCHAR identifier, without brackets; empty where it has none",
    in_reply_to="VARCHAR identifier of what it answers",
    references="VARCHAR identifiers of its thread as it names them, oldest first, with single spaces",
    subject="VARCHAR subject",
    text="VARCHAR its words, with what they quote",
    n_attachments="BIGINT files that it carried",
    notes="VARCHAR codes of what is wrong with it, with single spaces",
)
PERSON = _table(
    "person",
    person="VARCHAR pseudonym, the same in all tables made with one key",
    stakeholder_group="VARCHAR code of the group; unknown where nothing says it",
    group_method="VARCHAR how the group is known: declared, table or unknown",
    region="VARCHAR region by declared country or table; unknown where nothing says it",
    first_at="TIMESTAMP the first message or contribution with a date",
    last_at="TIMESTAMP the last one",
    n_messages="BIGINT messages or contributions",
)
AFFILIATION = _table(
    "affiliation",
    person="VARCHAR pseudonym",
    organization="VARCHAR name of the organization",
    valid_from="TIMESTAMP from when; NULL where not known",
    valid_to="TIMESTAMP until when; NULL where not known or not over",
    source="VARCHAR what says so: declared, or the name of the table",
)
THREAD = _table(
    "thread",
    thread="BIGINT number of the thread",
    opening="BIGINT number of its first message",
    subject="VARCHAR subject of the first message",
    opened_at="TIMESTAMP when its first message was sent",
    last_at="TIMESTAMP when its newest message was sent",
    n_messages="BIGINT messages",
)
PROCESS = _table(
    "process",
    process="VARCHAR key",
    title="VARCHAR title",
    state="VARCHAR state",
    opened_at="TIMESTAMP when it opened",
)
CONTRIBUTION = _table(
    "contribution",
    process="VARCHAR key of the process",
    number="BIGINT number in the register",
    kind="VARCHAR input or message",
    person="VARCHAR pseudonym of its author",
    stakeholder_group="VARCHAR group as declared with it",
    country="VARCHAR country as declared with it",
    channel="VARCHAR how it came",
    state="VARCHAR state",
    received_at="TIMESTAMP when it was received",
    text="VARCHAR its words; NULL where the public may not read them",
)
RESPONSE = _table(
    "response",
    process="VARCHAR key of the process",
    response="BIGINT number of the response",
    number="BIGINT number of the contribution that it answers",
    status="VARCHAR what became of it",
    reason="VARCHAR the answer",
    change="VARCHAR what changed in the text because of it",
    responded_at="TIMESTAMP when it was approved",
)
DECISION = _table(
    "decision",
    process="VARCHAR key of the process",
    recommendation="VARCHAR the recommendation that is decided on",
    answer="VARCHAR the decision",
    reason="VARCHAR its reason",
    decided_at="TIMESTAMP when it was decided",
)
ALL = (MESSAGE, PERSON, AFFILIATION, THREAD, PROCESS, CONTRIBUTION, RESPONSE, DECISION)


class Writer:
    """Writes one table row by row; the file appears whole when the `with` ends without an error."""

    def __init__(self, table: Table, path: Path) -> None:
        self.n_rows = 0
        self._path, self._types = path, list(table.columns.values())
        self._rows: list[Sequence[Value]] = []
        self._n_characters = 0
        self._text = list(table.columns).index("text") if "text" in table.columns else None
        self._folder = TemporaryDirectory(prefix="talanoa-table-")
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{MEMORY_MB}MB",
            "threads": 1,  # so that the same rows, in their order, always make the same bytes
            "preserve_insertion_order": False,  # what limits the size of a row group asks for it
            "temp_directory": self._folder.name,
        }
        self._connection = duckdb.connect(":memory:", config=limits)
        names = [f'"{name}"' for name in table.columns]
        told = ", ".join(f"{name} {kind}" for name, kind in zip(names, self._types, strict=True))
        self._connection.execute(f"CREATE TABLE made ({told})")
        read = (_READ[kind].format(name=f"c{n}") for n, kind in enumerate(self._types))
        self._insert = f"INSERT INTO made SELECT {', '.join(read)} FROM batch"  # noqa: S608 - names of ours

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def add(self, row: Sequence[Value]) -> None:
        """Add a row; its values stand in the order of the columns."""
        self._rows.append(row)
        self.n_rows += 1
        if self._text is not None:
            self._n_characters += len(str(row[self._text] or ""))
        if len(self._rows) >= BATCH or self._n_characters > BATCH_CHARACTERS:
            self._flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the file, unless an error ended the block."""
        try:
            if kind is None:
                self._flush()
                beside = self._path.with_name(f"{self._path.name}.part")
                self._execute(
                    f"COPY made TO '{_quoted(beside)}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
                    "ROW_GROUP_SIZE 4096, ROW_GROUP_SIZE_BYTES '8MB')"
                )
                beside.replace(self._path)
        finally:
            self._connection.close()
            self._folder.cleanup()

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        batch = {
            f"c{n}": _array(values, kind)
            for n, (values, kind) in enumerate(zip(columns, self._types, strict=True))
        }
        self._execute(self._insert, batch)
        self._rows.clear()
        self._n_characters = 0

    def _execute(self, sql: str, batch: object = None) -> None:
        """Do what `sql` says; where 2,048 rows (DuckDB's step) of huge texts do not fit, with more memory."""
        assert batch is None or isinstance(batch, dict)  # noqa: S101 - DuckDB finds it by its name
        try:
            self._connection.execute(sql)
        except duckdb.OutOfMemoryException:
            self._connection.execute(f"SET memory_limit = '{MOST_MEMORY_MB}MB'")
            self._connection.execute(sql)


def message_row(
    number: int, mail: ArchivedMail, person: str, thread: int | None = None, parent: int | None = None
) -> Sequence[Value]:
    """Return the row of MESSAGE for a message with this number, whose sender has the pseudonym `person`, or ""."""
    return (
        number,
        person or None,
        mail.sent_at,
        mail.date,
        thread,
        parent,
        mail.message_id,
        mail.in_reply_to,
        " ".join(mail.references),
        mail.subject,
        mail.text,
        mail.n_attachments,
        " ".join(mail.notes),
    )


def write(table: Table, rows: Iterable[Sequence[Value]], path: Path) -> int:
    """Write `rows` as `table` to `path` (Parquet, zstd); return how many there were."""
    with Writer(table, path) as writer:
        for row in rows:
            writer.add(row)
    return writer.n_rows


def _array(values: Sequence[object], kind: str) -> "np.ndarray[tuple[int], np.dtype[np.generic]]":
    if kind == "TIMESTAMP":
        return np.fromiter(map(_microseconds, values), dtype=np.int64, count=len(values))
    if kind == "BIGINT":
        return np.fromiter((_NULL if v is None else v for v in values), dtype=np.int64, count=len(values))
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def _microseconds(at: object) -> int:
    if not isinstance(at, datetime):
        return _NULL
    since = at - _EPOCH
    return (since.days * _DAY + since.seconds) * _SECOND + since.microseconds


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
