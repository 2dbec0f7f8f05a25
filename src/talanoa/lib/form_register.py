"""The register beside a folder of forms: who sent number N, as somebody wrote it down afterwards.

Errors: FolderError, a ValueError with a code: register_unreadable, register_columns.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from talanoa.lib.aliases import fold
from talanoa.lib.text_repair import Notes, NotText, clean, decode

_COLUMNS = {
    "serial": ("serial number", "serial", "number"),
    "sector": ("sector",),
    "organization": ("organisation", "organization"),
    "country": ("country", "region"),
}
_MAX_BYTES = 5_000_000
_SERIAL = re.compile(r"[0-9]{1,9}")


class FolderError(ValueError):
    """The folder or its register cannot be read at all; `code` says why."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What the register says of one form."""

    sector: str
    organization: str
    country: str


@dataclass(frozen=True, slots=True)
class Register:
    """The rows by number, and how many rows repeated a number or had none."""

    rows: Mapping[int, RegisterRow]
    repeated: int = 0
    unreadable: int = 0


def read_register(path: Path) -> Register:
    """Read a register: CSV, UTF-8 or Windows-1252, with a header that names at least the number.

    Columns are known by name whatever their order: serial number, sector, organisation, country. Raises
    FolderError: register_unreadable, register_columns.
    """
    table = _table(path)
    columns = {name: _column(table[0] if table else [], names) for name, names in _COLUMNS.items()}
    if columns["serial"] is None:
        raise FolderError(f"{path.name}: no column called Serial Number", code="register_columns")
    rows: dict[int, RegisterRow] = {}
    repeated = unreadable = 0
    for cells in filter(any, table[1:]):
        serial = _cell(cells, columns["serial"])
        if not _SERIAL.fullmatch(serial):
            unreadable += 1
        elif int(serial) in rows:
            repeated += 1
        else:
            values = (_cell(cells, columns[name]) for name in ("sector", "organization", "country"))
            rows[int(serial)] = RegisterRow(*values)
    return Register(rows, repeated, unreadable)


def _table(path: Path) -> list[list[str]]:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
        if len(raw) > _MAX_BYTES:
            raise FolderError(f"{path.name}: more than 5 MB", code="register_unreadable")
        return list(csv.reader(io.StringIO(decode(raw, Notes()), newline="")))
    except (OSError, NotText, csv.Error) as error:
        raise FolderError(f"{path.name}: {error}", code="register_unreadable") from error


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, cell in enumerate(header) if fold(cell) in names), None)


def _cell(cells: list[str], column: int | None) -> str:
    """Return one cell on one line; empty where the row is too short or the column is absent."""
    if column is None or column >= len(cells):
        return ""
    return clean(cells[column], Notes()).replace("\n", " ")
