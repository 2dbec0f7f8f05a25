"""An outreach list as a table: read from CSV, as a spreadsheet writes it, and written with what became of it.

Columns: `name`, `address`, `organization`, `group`, `country`, of which the first two are needed; `language` may
follow, for the letter to somebody whom nobody knows here. Groups and countries are codes, or words that `/aliases.csv`
knows.
What looks like a formula is text: it is read as it stands, and written so that no spreadsheet runs it.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.aliases import Aliases, fold, load_aliases
from talanoa.lib.cells import plain_cell, safe_cell
from talanoa.lib.languages import PAGES
from talanoa.lib.regions import places
from talanoa.people.models import Group
from talanoa.processes.models import Invitation, Invitee, Process

LARGEST = 300_000
"""Bytes of a list: 500 people with long names have less."""
NEEDED = ("name", "address")
COLUMNS = (*NEEDED, "organization", "group", "country", "language")
WRITTEN = ("number", *COLUMNS[:5], "state", "invited", "reminded", "answered")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line of a list that names nobody who can be invited: its number, from 1 for the header, and why."""

    line: int
    told: str


@dataclass(frozen=True, slots=True)
class OutreachList:
    """What a list says: the people on it, and the lines that cannot be used. Nothing is done with it yet."""

    people: tuple[Invitee, ...]
    wrong: tuple[WrongLine, ...]


def decoded(data: bytes) -> str:
    """Return a list as text; it is UTF-8, with or without a byte order mark. Raises RuleBroken: table_unreadable."""
    if len(data) > LARGEST:
        raise _unreadable(_("A list may have up to %(size)s kB.") % {"size": LARGEST // 1000})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _unreadable(_("Save the list as text in UTF-8; these are other characters.")) from wrong


def read_list(process: Process, text: str) -> OutreachList:
    """Return the people on a list in CSV, and its wrong lines by their numbers.

    Cells are parted by commas, semicolons or tabs, whichever the header has.
    Raises RuleBroken: table_unreadable, where the list has no header, or a quoted cell has no end.
    """
    if len(text) > LARGEST:
        raise _unreadable(_("A list may have up to %(size)s kB.") % {"size": LARGEST // 1000})
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    names, delimiter = _header(lines)
    people: list[Invitee] = []
    wrong: list[WrongLine] = []
    for number, cells in _rows(lines, delimiter):
        try:
            people.append(_invitee(process, names, cells))
        except RuleBroken as broken:
            wrong.append(WrongLine(number, broken.text))
    return OutreachList(tuple(people), tuple(wrong))


def _unreadable(told: str) -> RuleBroken:
    return RuleBroken(told, code="table_unreadable")


def _header(text: str) -> tuple[list[str], str]:
    """Return the names of the columns, and what parts the cells."""
    first = text.partition("\n")[0]
    for delimiter in DELIMITERS:
        names = [name.strip().strip('"').strip().lower() for name in first.split(delimiter)]
        if set(NEEDED) <= set(names):
            return names, delimiter
    raise _unreadable(
        _("The first line names the columns: %(columns)s. Of these, name and address are needed.")
        % {"columns": ", ".join(COLUMNS[:5])}
    )


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each line below the header that is not empty, with the number of the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if begins > 1 and any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as wrong:
        told = _("From line %(line)s on, the list cannot be read: %(why)s.")
        raise _unreadable(told % {"line": begins, "why": wrong}) from wrong


def _invitee(process: Process, names: list[str], cells: list[str]) -> Invitee:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise RuleBroken(
            _("It has %(n)s cells; the header has %(most)s.") % {"n": len(cells), "most": len(names)},
            code="table_unreadable",
        )
    given = {name: plain_cell(cell.strip()) for name, cell in zip(names, cells, strict=False)}
    told = {name: given.get(name, "") for name in COLUMNS}
    told["group"] = _group(told["group"])
    told["country"] = country_called(told["country"])
    told["language"] = _language(told["language"])
    return Invitee(**told).checked(process)


@cache
def _aliases() -> Aliases:
    return load_aliases()


def _group(said: str) -> str:
    """Return the code of a group as somebody wrote it; what is none stays as it is and is refused by the act."""
    if not said:
        return Group.OTHER
    code = said.lower().replace(" ", "_")
    return code if code in Group.values else _aliases().group(said) or said


@cache
def _countries() -> dict[str, str]:
    """Return the codes of all countries and regions by code and by English name, as aliases compare them."""
    return {fold(word): code for code, place in places().items() for word in (place.name, code)}


def country_called(said: str) -> str:
    """Return the code of a country as somebody wrote it; what is none stays as it is and is refused by the act."""
    return _countries().get(fold(said)) or _aliases().country(said) or said if said else ""


def _language(said: str) -> str:
    """Return the code of a language in which letters are written. Raises RuleBroken: language_unknown."""
    known = {word.casefold(): code for code, name in PAGES for word in (code, name)}
    code = known.get(said.casefold(), "" if said else "en")
    if not code:
        raise RuleBroken(
            _("We can write to people in these languages: %(languages)s.")
            % {"languages": ", ".join(code for code, _name in PAGES)},
            code="language_unknown",
        )
    return code


def list_csv(invitations: Iterable[Invitation]) -> str:
    """Return invitations as a table with their states; dates are of UTC."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(WRITTEN)
    for row in invitations:
        days = (row.invited_at, row.reminded_at, row.answered_at)
        told = (row.name, row.address, row.organization, row.group, row.country, row.state)
        cells = (str(row.number), *told, *(f"{day:%Y-%m-%d}" if day else "" for day in days))
        writer.writerow(safe_cell(cell) for cell in cells)
    return out.getvalue()
