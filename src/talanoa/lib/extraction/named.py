"""Whom a document names beside its text: authors, last editors, companies, as office programs write them into the file.

Sources: ISO/IEC 29500-2, 10 (core properties) and 29500-1, 22.2 (application properties); OpenDocument 1.3, part 3,
4.3.2 (creator, initial-creator).
"""

from collections.abc import Iterable
from itertools import islice

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.detect import DOCX, ODT
from talanoa.lib.extraction.package import Package
from talanoa.lib.extraction.result import ExtractionRefused

MOST, LONGEST = 20, 200
PARTS = {
    DOCX: ("docProps/core.xml", "docProps/app.xml", "word/comments.xml", "word/document.xml"),
    ODT: ("meta.xml", "content.xml"),
}
"""The texts themselves too: changes that were tracked carry who made them."""
_TELLING = frozenset({"creator", "lastModifiedBy", "initial-creator", "printed-by", "Company", "Manager"})
_AUTHOR = "author"


def named_in(package: Package, parts: Iterable[str]) -> tuple[str, ...]:
    """Return the names in those of `parts` that can be read; who made comments and changes are among them."""
    known = package.names()
    roots = [root for part in parts if part in known and (root := _root(package, part)) is not None]
    return names(name for root in roots for element in root.iter(etree.Element) for name in _names(element))


def _root(package: Package, part: str) -> etree._Element | None:
    """Return the root of a part; None for a broken one, which is no reason to refuse the text."""
    try:
        return package.xml(part)
    except ExtractionRefused:
        return None


def _names(element: etree._Element) -> Iterable[str]:
    if etree.QName(element).localname in _TELLING:
        yield element.text or ""
    yield from (value for key, value in element.attrib.items() if etree.QName(key).localname == _AUTHOR)


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Return the first MOST names that say something, each on one line, once."""
    lines = (" ".join(name.split())[:LONGEST] for name in given)
    return tuple(islice(dict.fromkeys(filter(None, lines)), MOST))
