"""The structure of an .odt: headings, lists, quotes, tables, notes, and what is bold, italic or a link."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.odt import n_spaces, opened
from talanoa.lib.extraction.package import Package
from talanoa.lib.importing.units import Piece, table
from talanoa.lib.importing.wordml import local, number, value
from talanoa.lib.spans import Span, safe_link

_LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "note-citation", "table-of-content"}
)
_FRAMES = frozenset({"frame", "custom-shape", "g"})
_QUOTES, _CODES = frozenset({"quotations"}), frozenset({"preformatted_20_text", "code"})
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_DEEPEST_STYLE = 20


def read_odt(package: Package) -> tuple[list[Piece], list[str]]:
    """Return what stands in the document, with foot- and endnotes at its end, and notes on the reading.

    Notes: `tracked_changes_accepted`, `comments_not_read`. Raises ExtractionRefused: upload_type, upload_encrypted,
    upload_damaged.
    """
    root = opened(package)
    reader = _Reader(root, package)
    body = next((each for each in root.iter(etree.Element) if local(each) == "text" and _is_body(each)), None)
    if body is None:
        return [], []
    pieces = list(reader.blocks(body))
    while reader.waiting:
        pieces.append(reader.note())
    present = {local(element) for element in root.iter(etree.Element)}
    told = ["tracked_changes_accepted"] if "tracked-changes" in present else []
    return pieces, told + (["comments_not_read"] if "annotation" in present else [])


def _is_body(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "body"


class _Reader:
    """Reads one document; keeps the notes that it meets for the end."""

    def __init__(self, root: etree._Element, package: Package) -> None:
        roots = [root, *([package.xml("styles.xml")] if "styles.xml" in package.names() else [])]
        self._styles = {
            value(each, "name"): each
            for part in roots
            for each in part.iter(etree.Element)
            if local(each) == "style"
        }
        self._lists = {
            value(each, "name"): each
            for part in roots
            for each in part.iter(etree.Element)
            if local(each) == "list-style"
        }
        self.waiting: list[etree._Element] = []
        self._n_notes = self._n_told = 0

    def blocks(self, element: etree._Element) -> Iterator[Piece]:
        """Yield what stands below `element`, in reading order."""
        for each in element.iterchildren(etree.Element):
            name = local(each)
            if name in {"p", "h"}:
                yield self._paragraph(each)
                yield from self._framed(each)
            elif name == "list":
                yield from self._list(each, 0, value(each, "style-name"))
            elif name == "table":
                yield from self._table(each)
            elif name not in _LEFT_OUT:
                yield from self.blocks(each)

    def note(self) -> Piece:
        """Return the next of the notes that were met."""
        self._n_told += 1
        return Piece("text", (Span(f"[{self._n_told}] "), *self._words(self.waiting.pop(0))))

    def _paragraph(self, element: etree._Element) -> Piece:
        names = self._names(value(element, "style-name"))
        spans = tuple(self._spans(element, Span("")))
        if local(element) == "h":
            return Piece("heading", spans, max(1, number(value(element, "outline-level"))))
        if "title" in names:
            return Piece("heading", spans)
        if names & _CODES:
            return Piece("code", text="".join(span.text for span in spans))
        return Piece("quote" if names & _QUOTES else "text", spans)

    def _list(self, element: etree._Element, depth: int, style: str) -> Iterator[Piece]:
        """Yield the items of a list; its first paragraph is the item, others follow as items of the same depth."""
        is_ordered = self._is_ordered(style, depth + 1)
        for item in element.iterchildren(etree.Element):
            for each in item.iterchildren(etree.Element):
                name = local(each)
                if name == "list":
                    yield from self._list(each, depth + 1, value(each, "style-name") or style)
                elif name == "h":
                    yield self._paragraph(each)
                elif name == "p":
                    yield Piece("item", tuple(self._spans(each, Span(""))), depth, is_ordered)

    def _is_ordered(self, style: str, level: int) -> bool:
        found = self._lists.get(style)
        levels = () if found is None else found.iterchildren(etree.Element)
        return any(
            local(each) == "list-level-style-number" and number(value(each, "level")) == level
            for each in levels
        )

    def _table(self, element: etree._Element) -> Iterator[Piece]:
        rows = [
            [cell for cell in row.iterchildren(etree.Element) if local(cell) == "table-cell"]
            for row in element.iter(etree.Element)
            if local(row) == "table-row"
        ]
        if max(map(len, rows), default=0) == 1:
            yield from (piece for row in rows for cell in row for piece in self.blocks(cell))
            return
        yield table([tuple(self._words(cell)) for cell in row] for row in rows)

    def _words(self, element: etree._Element) -> Iterator[Span]:
        """Yield the words of all paragraphs below `element` as one."""
        for paragraph in element.iter(etree.Element):
            if local(paragraph) in {"p", "h"}:
                yield from self._spans(paragraph, Span(""))
                yield Span(" ")

    def _spans(self, element: etree._Element, look: Span) -> Iterator[Span]:
        yield look.with_text(str(element.text or ""))
        for each in element.iterchildren():
            yield from self._inside(each, look)
            yield look.with_text(str(each.tail or ""))

    def _inside(self, each: etree._Element, look: Span) -> Iterator[Span]:
        name = local(each)
        if name == "s":
            yield look.with_text(" " * n_spaces(each))
        elif name == "tab":
            yield look.with_text(" ")
        elif name == "line-break":
            yield look.with_text("\n")
        elif name == "note":
            self._n_notes += 1
            self.waiting.append(each)
            yield look.with_text(f"[{self._n_notes}]")
        elif name == "a":
            yield from self._spans(each, replace(look, link=safe_link(value(each, "href"))))
        elif name == "span":
            yield from self._spans(each, self._look(value(each, "style-name"), look))
        elif name and name not in _LEFT_OUT | _FRAMES:
            yield from self._spans(each, look)

    def _framed(self, paragraph: etree._Element) -> Iterator[Piece]:
        for each in paragraph.iterchildren(etree.Element):
            if local(each) in _FRAMES:
                yield from self.blocks(each)

    def _look(self, key: str, look: Span) -> Span:
        names = self._names(key)
        bold, italic = look.is_bold or "strong_20_emphasis" in names, look.is_italic or "emphasis" in names
        code, struck = look.is_code or "source_20_text" in names, look.is_struck
        style = self._styles.get(key)
        for each in () if style is None else style.iterchildren(etree.Element):
            bold = bold or value(each, "font-weight") in _BOLD
            italic = italic or value(each, "font-style") == "italic"
            struck = struck or value(each, "text-line-through-style") not in {"", "none"}
        return Span("", bold, italic, code, struck, look.link)

    def _names(self, key: str) -> frozenset[str]:
        """Return the name of a style and of those that it is based on, in small letters."""
        names = []
        for _ in range(_DEEPEST_STYLE):
            if not key:
                break
            names.append(key.lower())
            style = self._styles.get(key)
            key = "" if style is None else value(style, "parent-style-name")
        return frozenset(names)
