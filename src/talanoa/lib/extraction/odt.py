"""The words of an .odt: paragraphs, headings, tables and notes of OpenDocument 1.3 (OASIS, part 3)."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.blocks import joined
from talanoa.lib.extraction.detect import ODT
from talanoa.lib.extraction.package import Package
from talanoa.lib.extraction.result import ExtractionRefused

MAX_SPACES = 100
"""Spaces that one text:s element may stand for; it could ask for billions."""

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_PARAGRAPHS = frozenset({f"{{{_TEXT}}}p", f"{{{_TEXT}}}h"})
_ROW, _NOTE, _NOTE_BODY = f"{{{_TABLE}}}table-row", f"{{{_TEXT}}}note", f"{{{_TEXT}}}note-body"
_CHANGES, _COMMENT = f"{{{_TEXT}}}tracked-changes", f"{{{_OFFICE}}}annotation"
_LEFT_OUT = frozenset({_CHANGES, _COMMENT, _NOTE})
_SPACE = f"{{{_TEXT}}}s"
_BREAKS = {f"{{{_TEXT}}}tab": "\t", f"{{{_TEXT}}}line-break": "\n"}


def read_odt(package: Package) -> tuple[str, list[str]]:
    """Return the text, with its foot- and endnotes at the end, and notes.

    Paragraphs are set apart by a blank line, cells by a tab. Notes: `tracked_changes_accepted`,
    `comments_not_read`. Raises ExtractionRefused: upload_type, upload_encrypted, upload_damaged.
    """
    root = opened(package)
    body = root.find(f".//{{{_OFFICE}}}text")
    notes: list[str] = []
    if body is None:
        return "", notes
    if root.find(f".//{_CHANGES}") is not None:
        notes.append("tracked_changes_accepted")
    if root.find(f".//{_COMMENT}") is not None:
        notes.append("comments_not_read")
    ends = [block for note in body.iter(_NOTE_BODY) for block in _blocks(note)]
    return joined([*_blocks(body), *ends]), notes


def opened(package: Package) -> etree._Element:
    """Return the root of the part that holds the text.

    Raises ExtractionRefused: upload_type, upload_encrypted, upload_damaged.
    """
    if "mimetype" not in package.names() or package.read("mimetype", 100) != ODT.encode():
        raise ExtractionRefused("upload_type", "The file is an archive, not an .odt document.")
    _refuse_encrypted(package)
    return package.xml("content.xml")


def _refuse_encrypted(package: Package) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in package.names() and b"encryption-data" in package.read(manifest):
        raise ExtractionRefused("upload_encrypted", "The document has a password. Send it without one.")


def _blocks(element: etree._Element) -> Iterator[str]:
    """Yield the paragraphs and table rows below `element`, in reading order."""
    for child in element.iterchildren(etree.Element):
        if child.tag in _PARAGRAPHS:
            yield _inline(child)
            yield from _framed(child)
        elif child.tag == _ROW:
            yield "\t".join(
                joined(_blocks(cell)).replace("\n\n", "\n") for cell in child.iterchildren(etree.Element)
            )
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _inline(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == _SPACE:
            pieces.append(" " * n_spaces(child))
        elif child.tag in _BREAKS:
            pieces.append(_BREAKS[child.tag])
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and not _is_frame(child):
            pieces.append(_inline(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _framed(paragraph: etree._Element) -> Iterator[str]:
    for child in paragraph.iterchildren(etree.Element):
        if _is_frame(child):
            yield from _blocks(child)


def _is_frame(element: etree._Element) -> bool:
    return str(etree.QName(element).localname) in ("frame", "custom-shape", "g")


def n_spaces(space: etree._Element) -> int:
    """Return how many spaces a text:s element stands for, 100 at most."""
    given = str(space.get(f"{{{_TEXT}}}c", "1"))
    # Nine digits at most: int() itself refuses a number of thousands of digits.
    return min(int(given), MAX_SPACES) if re.fullmatch(r"[0-9]{1,9}", given) else 1
