"""What other places publish, read from their own formats: IETF Datatracker, Atom, HyperKitty. Nothing here fetches.

Formats: the Datatracker's API is tastypie (`{"meta": ..., "objects": [...]}`); HyperKitty's is that of its serializers
(`{"count": ..., "results": [...]}`); Atom is RFC 4287. What others wrote becomes plain text, without their markup.
Errors: NewsUnreadable where the data is not of the format.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

MOST, LONGEST = 200, 500
"""Entries that are read of one answer, and characters that are kept of one text."""
_TAG = re.compile(r"<[^<>]{0,1000}>")
_ATOM = "{http://www.w3.org/2005/Atom}"


class NewsUnreadable(ValueError):
    """The data is not of the format that it should be."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that somebody published: what it is called there, title, address, when (aware, UTC), first words."""

    name: str
    title: str
    url: str
    at: datetime | None
    summary: str = ""


def datatracker(data: bytes, base: str) -> list[News]:
    """Read an answer of the Datatracker's API: groups, documents, or events of documents and groups."""
    rows = _rows(data, "objects")
    return [_of_datatracker(row, base) for row in rows]


def _of_datatracker(row: Mapping[str, Any], base: str) -> News:
    name = _text(row.get("acronym") or row.get("name") or row.get("id"))
    if "acronym" in row:
        title, url = row.get("name"), f"/group/{name}/about/"
    elif "doc" in row:
        title, url = row.get("desc"), f"/doc/{_last(row['doc'])}/"
    elif "title" in row:
        title, url = row.get("title"), f"/doc/{name}/"
    else:
        title, url = row.get("desc") or row.get("name"), _text(row.get("resource_uri"))
    summary = row.get("abstract") or row.get("description") or row.get("type") or ""
    return News(name, _text(title), urljoin(base, url), _instant(row.get("time")), _words(summary))


def _last(path: object) -> str:
    """Return the last part of a `resource_uri`."""
    return _text(path).rstrip("/").rpartition("/")[2]


def _words(value: object) -> str:
    """Return a text; of a `resource_uri` nothing, since it says nothing to people."""
    said = _text(value)
    return "" if said.startswith("/api/") else said


def hyperkitty(data: bytes, base: str) -> list[News]:
    """Read an answer of HyperKitty's API: lists, threads or mails."""
    return [_of_hyperkitty(row, base) for row in _rows(data, "results")]


def _of_hyperkitty(row: Mapping[str, Any], base: str) -> News:
    """Return one row; the address of a mail is the page that people read, not the one of the API."""
    fqdn = _last(row.get("mailinglist"))
    if "message_id_hash" in row:
        name = _text(row["message_id_hash"])
        page = f"/list/{fqdn}/message/{name}/"
        return News(
            name,
            _text(row.get("subject")),
            _page(base, page),
            _instant(row.get("date")),
            _text(row.get("sender_name")),
        )
    if "thread_id" in row:
        name = _text(row["thread_id"])
        page = f"/list/{fqdn}/thread/{name}/"
        return News(name, _text(row.get("subject")), _page(base, page), _instant(row.get("date_active")))
    name = _text(row.get("name"))
    title = row.get("display_name") or name
    return News(
        name,
        _text(title),
        _page(base, f"/list/{name}/"),
        _instant(row.get("created_at")),
        _text(row.get("description")),
    )


def _page(base: str, path: str) -> str:
    """Return the page below the archive's own root, which stands before `/api/`."""
    return base.partition("/api/")[0].rstrip("/") + path


def atom(data: bytes, base: str) -> list[News]:
    """Read an Atom feed. One with a document type is refused: it may define entities without end."""
    try:
        text = data.decode("utf-8-sig")
        if "<!DOCTYPE" in text.upper():
            raise NewsUnreadable("a feed has no document type")
        root = ET.fromstring(text)  # noqa: S314 - entities need the document type that is refused above
    except (UnicodeDecodeError, ET.ParseError, ValueError) as wrong:
        raise NewsUnreadable("this is no Atom feed") from wrong
    if root.tag != f"{_ATOM}feed":
        raise NewsUnreadable("this is no Atom feed")
    return [_of_atom(row, base) for row in root.findall(f"{_ATOM}entry")[:MOST]]


def _of_atom(row: ET.Element, base: str) -> News:
    def said(name: str) -> str:
        found = row.find(f"{_ATOM}{name}")
        return _text("".join(found.itertext())) if found is not None else ""

    links = [link for link in row.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    url = _web(urljoin(base, links[0].get("href", ""))) if links else ""
    return News(
        said("id"), said("title"), url, _instant(said("updated") or said("published")), said("summary")
    )


ASKED = {"atom": "", "datatracker": "?format=json&limit=50", "hyperkitty": "api/lists/?format=json&limit=50"}
"""What follows the address of a feed, as the registry has it, to ask it for its newest."""
READERS: dict[str, Callable[[bytes, str], list[News]]] = {
    "atom": atom,
    "datatracker": datatracker,
    "hyperkitty": hyperkitty,
}


def _rows(data: bytes, name: str) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise NewsUnreadable("this is no JSON") from wrong
    rows = found.get(name) if isinstance(found, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NewsUnreadable(f"this has no list called {name}")
    return rows[:MOST]


def _text(value: object) -> str:
    """Return a text of others as one plain line: without markup, controls and what turns a line around."""
    if not isinstance(value, str | int):
        return ""
    bare = unescape(_TAG.sub(" ", str(value)[: 4 * LONGEST]))
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in bare).split())
    return line[:LONGEST]


def _web(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _instant(value: object) -> datetime | None:
    """Return an aware UTC time; old data of the Datatracker has no zone and means UTC."""
    try:
        when = datetime.fromisoformat(str(value))
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
