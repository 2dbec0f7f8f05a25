"""The structure of a .docx: headings, lists, quotes, tables, notes, and what is bold, italic or a link."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.docx import main_part
from talanoa.lib.extraction.package import Package, damaged
from talanoa.lib.extraction.result import ExtractionRefused
from talanoa.lib.importing.units import Piece, table
from talanoa.lib.importing.wordml import Parts, child, children, is_on, local, value
from talanoa.lib.spans import Span

_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "pPr", "rPr", "drawing", "pict", "object"})
_QUOTES = frozenset({"quote", "intense quote", "quotations", "block text"})
_CODES = frozenset({"code", "macro", "macro text", "html preformatted", "preformatted text", "plain text"})
_TITLES = frozenset({"title"})
_LABEL = re.compile(r"[^\W\d_]{2,}")
_MONOSPACE = re.compile("courier|consolas|mono", re.IGNORECASE)
_NOTE_SORTS = ("footnote", "endnote")


def read_docx(package: Package) -> tuple[list[Piece], list[str]]:
    """Return what stands in the document, with foot- and endnotes at its end, and notes on the reading.

    Notes: `tracked_changes_accepted` (insertions stand, deletions do not), `comments_not_read`.
    Raises ExtractionRefused: upload_damaged, upload_type.
    """
    names = package.names()
    if "[Content_Types].xml" not in names:
        raise ExtractionRefused("upload_type", "The file is an archive, not a .docx document.")
    main = main_part(package)
    if main not in names:
        raise damaged()
    root = package.xml(main)
    reader = _Reader(Parts(package, main))
    pieces = [*reader.blocks(root), *reader.notes()]
    present = {local(element) for element in root.iter(etree.Element)}
    told = ["tracked_changes_accepted"] if present & _CHANGES else []
    return pieces, told + (["comments_not_read"] if "commentReference" in present else [])


class _Reader:
    """Reads one document; counts its notes and its lists as it goes."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._notes: list[tuple[str, str]] = []
        self._counts: dict[str, dict[int, int]] = {}

    def blocks(self, element: etree._Element) -> Iterator[Piece]:
        """Yield what stands below `element`, in reading order."""
        for each in element.iterchildren(etree.Element):
            name = local(each)
            if name == "p":
                yield self._paragraph(each)
                yield from self._boxes(each)
            elif name == "tbl":
                yield from self._table(each)
            elif name not in _LEFT_OUT:
                yield from self.blocks(each)

    def notes(self) -> Iterator[Piece]:
        """Yield the foot- and endnotes that were met, in the order in which they were."""
        for sort in _NOTE_SORTS:
            part = self._parts.part(f"{sort}s.xml")
            texts = {value(each, "id"): each for each in children(part, sort)}
            for place, (found, key) in enumerate(list(self._notes), start=1):
                if found == sort and key in texts:
                    yield Piece("text", (Span(f"[{place}] "), *self._words(texts[key])))

    def _paragraph(self, paragraph: etree._Element) -> Piece:
        style = self._parts.style(paragraph)
        spans = tuple(self._spans(paragraph))
        if style.name in _TITLES:
            return Piece("heading", spans)
        if style.heading:
            return Piece("heading", spans, style.heading)
        if style.name in _CODES:
            return Piece("code", text="".join(span.text for span in spans))
        if style.name in _QUOTES:
            return Piece("quote", spans)
        if style.list_id:
            return self._item(spans, style.list_id, style.depth)
        return Piece("text", spans)

    def _item(self, spans: tuple[Span, ...], list_id: str, depth: int) -> Piece:
        """Return an item; one whose number has words before it, such as `Recommendation 1.`, is a paragraph."""
        sort, pattern = self._parts.list_label(list_id, depth)
        if sort == "none" and not pattern:
            return Piece("text", spans)
        if sort == "bullet":
            return Piece("item", spans, depth)
        place = self._counted(list_id, depth)
        if _LABEL.search(pattern) and f"%{depth + 1}" in pattern:
            label = pattern.replace(f"%{depth + 1}", str(place))
            return Piece("text", (Span(f"{label} "), *spans))
        return Piece("item", spans, depth, is_ordered=True, number=place)

    def _counted(self, list_id: str, depth: int) -> int:
        """Return the number of the next item at `depth`; deeper ones begin anew."""
        counts = self._counts.setdefault(list_id, {})
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        before = counts.get(depth, self._parts.list_start(list_id, depth) - 1)
        counts[depth] = before + 1
        return counts[depth]

    def _table(self, element: etree._Element) -> Iterator[Piece]:
        rows = [list(children(row, "tc")) for row in children(element, "tr")]
        if max(map(len, rows), default=0) == 1:
            # A frame around paragraphs, not a table.
            yield from (piece for row in rows for piece in self.blocks(row[0]))
            return
        yield table([tuple(self._words(cell)) for cell in row] for row in rows)

    def _words(self, element: etree._Element) -> Iterator[Span]:
        """Yield the words of all paragraphs below `element` as one."""
        for paragraph in element.iter(etree.Element):
            if local(paragraph) == "p":
                yield from self._spans(paragraph)
                yield Span(" ")

    def _spans(self, element: etree._Element, link: str = "") -> Iterator[Span]:
        for each in element.iterchildren(etree.Element):
            name = local(each)
            if name == "r":
                yield from self._run(each, link)
            elif name == "hyperlink":
                yield from self._spans(each, self._parts.link(value(each, "id")))
            elif name not in _LEFT_OUT:
                yield from self._spans(each, link)

    def _run(self, run: etree._Element, link: str) -> Iterator[Span]:
        settings = child(run, "rPr")
        look = Span(
            "",
            is_on(child(settings, "b")),
            is_on(child(settings, "i")),
            _MONOSPACE.search(value(child(settings, "rFonts"), "ascii")) is not None,
            is_on(child(settings, "strike")),
            link,
        )
        for each in run.iterchildren(etree.Element):
            name = local(each)
            if name == "t":
                yield look.with_text(str(each.text or ""))
            elif name in _SIGNS:
                yield look.with_text(_SIGNS[name])
            elif name in {"footnoteReference", "endnoteReference"}:
                self._notes.append((name.removesuffix("Reference"), value(each, "id")))
                yield look.with_text(f"[{len(self._notes)}]")

    def _boxes(self, element: etree._Element) -> Iterator[Piece]:
        """Yield the paragraphs of text boxes once: each is stored again as a fallback for old readers."""
        for each in element.iterchildren(etree.Element):
            if local(each) == "txbxContent":
                yield from self.blocks(each)
            elif local(each) != "Fallback":
                yield from self._boxes(each)
