"""The words of a .docx: paragraphs, tables and notes of WordprocessingML (ISO/IEC 29500-1, part 17)."""

import posixpath
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.blocks import joined
from talanoa.lib.extraction.package import Package, damaged
from talanoa.lib.extraction.result import ExtractionRefused

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText"})
_ROW_SETTINGS = frozenset({"trPr", "tblPrEx"})
_NOTE_PARTS = ("footnotes.xml", "endnotes.xml")


def read_docx(package: Package) -> tuple[str, list[str]]:
    """Return the text, with foot- and endnotes at its end, and notes.

    Paragraphs are set apart by a blank line, cells by a tab. Notes: `tracked_changes_accepted` (insertions
    stand, deletions do not), `comments_not_read`. Raises ExtractionRefused: upload_damaged, upload_type.
    """
    names = package.names()
    if "[Content_Types].xml" not in names:
        raise ExtractionRefused("upload_type", "The file is an archive, not a .docx document.")
    main = main_part(package)
    parts = [main, *(posixpath.join(posixpath.dirname(main), name) for name in _NOTE_PARTS)]
    roots = [package.xml(name) for name in parts if name in names]
    if not roots:
        raise damaged()
    text = joined(block for root in roots for block in _blocks(root))
    return text, _notes(roots)


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text. Raises ExtractionRefused: upload_damaged."""
    relations = package.xml("_rels/.rels") if "_rels/.rels" in package.names() else ()
    for relation in relations:
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _notes(roots: list[etree._Element]) -> list[str]:
    present = {_local(element) for root in roots for element in root.iter(etree.Element)}
    notes = []
    if present & _CHANGES:
        notes.append("tracked_changes_accepted")
    if "commentReference" in present:
        notes.append("comments_not_read")
    return notes


def _blocks(element: etree._Element) -> Iterator[str]:
    """Yield the paragraphs and table rows below `element`, in reading order."""
    for child in element.iterchildren(etree.Element):
        name = _local(child)
        if name == "p":
            yield _runs(child)
            yield from _boxes(child)
        elif name == "tr":
            cells = (part for part in child.iterchildren(etree.Element) if _local(part) not in _ROW_SETTINGS)
            yield "\t".join(joined(_blocks(cell)).replace("\n\n", "\n") for cell in cells)
        elif name not in _LEFT_OUT:
            yield from _blocks(child)


def _runs(element: etree._Element) -> str:
    pieces = []
    for child in element.iterchildren(etree.Element):
        name = _local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _SPACES and element.tag.endswith("}r"):
            pieces.append(_SPACES[name])
        elif name and name not in _LEFT_OUT and name not in ("drawing", "pict", "pPr", "rPr"):
            pieces.append(_runs(child))
    return "".join(pieces)


def _boxes(element: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of text boxes once: each is stored again as a fallback for old readers."""
    for child in element.iterchildren(etree.Element):
        if _local(child) == "txbxContent":
            yield from _blocks(child)
        elif etree.QName(child).localname != "Fallback":
            yield from _boxes(child)


def _local(element: etree._Element) -> str:
    """The local name of a WordprocessingML element, "" for one of another language."""
    name = etree.QName(element)
    return str(name.localname) if name.namespace in _NAMESPACES else ""
