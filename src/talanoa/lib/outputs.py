"""What came of an award, as lines: `title:`, `kind: Dataset`, `date: 2027-12-01`, `author: Name; ORCID iD; place; ROR`.

One line for each author, of which all but the name may be left out; `license:` as an SPDX code, `doi:` or `url:`, and
`embargo:` with the day from which it can be read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from talanoa.lib.datacite import KINDS
from talanoa.lib.identifiers import doi, orcid, ror
from talanoa.lib.labeled import LineUnreadable, day_in, labeled

TITLE_LIMIT, NAME_LIMIT, URL_LIMIT, MOST_AUTHORS = 300, 200, 500, 50
MISSING, LONG, UNKNOWN, WRONG, MANY = "missing", "long", "unknown", "wrong", "many"
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,38}")
_LABELS = ("title", "kind", "date", "author", "license", "doi", "url", "embargo", "number")


@dataclass(frozen=True, slots=True)
class Author:
    """Who made it; ORCID iD, organization and its ROR ID where they are known."""

    name: str
    orcid: str = ""
    organization: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class OutputText:
    """What is told of an output: its `kind` is one of `datacite.KINDS`, `doi` and authors' identifiers are checked."""

    title: str = ""
    kind: str = ""
    issued_on: date | None = None
    authors: tuple[Author, ...] = ()
    license: str = ""
    doi: str = ""
    url: str = ""
    embargo_until: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What an output lacks: one of MISSING to MANY; of which field, and what stands there."""

    kind: str
    field: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The output that lines tell, and the number of the one whose place it takes; 0 is a new one."""

    told: OutputText = field(default_factory=OutputText)
    number: int = 0


def read(text: str) -> Sent:
    """Return the output that lines tell. Raises LineUnreadable: no day, no author, no identifier, no number."""
    said, authors = dict[str, str](), list[Author]()
    for label, words in labeled(text, _LABELS.__contains__):
        if label == "author":
            authors += [author(line) for line in words.splitlines() if line.strip()]
        else:
            said[label] = " ".join(words.split())
    return Sent(_told(said, tuple(authors)), _number(said.get("number", "")))


def _told(said: Mapping[str, str], authors: tuple[Author, ...]) -> OutputText:
    given = said.get("doi", "")
    if given and not doi(given):
        raise LineUnreadable(given[:100])
    days = {name: day_in(said[name]) if said.get(name) else None for name in ("date", "embargo")}
    return OutputText(
        title=said.get("title", ""),
        kind=kind_called(said.get("kind", "")),
        issued_on=days["date"],
        authors=authors,
        license=said.get("license", ""),
        doi=doi(given),
        url=said.get("url", ""),
        embargo_until=days["embargo"],
    )


def _number(said: str) -> int:
    if said and not (said.isascii() and said.isdigit() and len(said) < len("1000")):
        raise LineUnreadable(said[:100])
    return int(said or 0)


def kind_called(said: str) -> str:
    """Return a kind as DataCite writes it, whatever its letter case and blanks; what is none as it is."""
    return next((kind for kind in KINDS if kind.lower() == "".join(said.split()).lower()), said)


def author(line: str) -> Author:
    """Read `Name; ORCID iD; organization; ROR ID`. Raises LineUnreadable: no name, or a check digit is wrong."""
    parts = [part.strip() for part in line.split(";")] + [""] * 3
    given = Author(parts[0], orcid(parts[1]), parts[2], ror(parts[3]))
    is_wrong = (parts[1] and not given.orcid) or (parts[3] and not given.ror)
    if not given.name or is_wrong or any(parts[4:]):
        raise LineUnreadable(line.strip()[:100])
    return given


def author_line(one: Author) -> str:
    """Return the line of an author, without its label."""
    return f"{one.name}; {one.orcid}; {one.organization}; {one.ror}".rstrip("; ")


def faults(told: OutputText) -> tuple[Fault, ...]:
    """Return all that keeps an output from being taken, in the order of its fields."""
    lacking = [
        Fault(MISSING, name)
        for name, value in (
            ("title", told.title),
            ("kind", told.kind),
            ("date", told.issued_on),
            ("author", told.authors),
            ("license", told.license),
            ("doi", told.doi or told.url),
        )
        if not value
    ]
    return (*lacking, *_unfit(told))


def _unfit(told: OutputText) -> list[Fault]:
    found = [Fault(LONG, "title")] if len(told.title) > TITLE_LIMIT else []
    if told.kind and told.kind not in KINDS:
        found.append(Fault(UNKNOWN, "kind", told.kind[:40]))
    if len(told.authors) > MOST_AUTHORS:
        found.append(Fault(MANY, "author"))
    if any(len(said) > NAME_LIMIT for one in told.authors for said in (one.name, one.organization)):
        found.append(Fault(LONG, "author"))
    if told.license and not _SPDX.fullmatch(told.license):
        found.append(Fault(WRONG, "license", told.license[:40]))
    if told.url and not is_address(told.url):
        found.append(Fault(WRONG, "url", told.url[:100]))
    return found


def is_address(said: str) -> bool:
    """Tell whether this is the address of a page that a link may lead to: http or https, with a host, in one word."""
    if (
        len(said) > URL_LIMIT
        or not said.isprintable()
        or any(sign.isspace() or sign in "<>\"'" for sign in said)
    ):
        return False
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
