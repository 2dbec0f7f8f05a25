"""What the styles, the numbering and the links of a .docx say: ISO/IEC 29500-1, part 17."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.package import Package
from talanoa.lib.spans import safe_link

_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number) ([2-9])")
_LEVELS = 9
_DEEPEST_STYLE = 20
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: its name in small letters, the level of a heading or 0, its list and depth."""

    name: str = ""
    heading: int = 0
    list_id: str = ""
    depth: int = 0


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the children of that name."""
    if element is not None:
        yield from (child for child in element.iterchildren(etree.Element) if local(child) == name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along `path`, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute whatever its namespace; empty where it is not there."""
    attributes = {} if element is None else element.attrib
    return next((str(text) for key, text in attributes.items() if key.rpartition("}")[2] == name), "")


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a switch such as `<w:b/>` is on."""
    return element is not None and value(element) not in _OFF


def number(text: str) -> int:
    """Return a small number that a document states; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LEVELS else 0


class Parts:
    """The styles, lists and links that the main part of a document refers to."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._folder = package, posixpath.dirname(main)
        self._styles = {value(each, "styleId"): each for each in children(self.part("styles.xml"), "style")}
        lists = self.part("numbering.xml")
        abstract = {value(each, "abstractNumId"): each for each in children(lists, "abstractNum")}
        self._numbers = {value(each, "numId"): each for each in children(lists, "num")}
        self._lists = {
            key: abstract.get(value(child(each, "abstractNumId"))) for key, each in self._numbers.items()
        }
        links = f"_rels/{posixpath.basename(main)}.rels"
        self._links = {
            str(each.get("Id", "")): safe_link(str(each.get("Target", "")))
            for each in children(self.part(links), "Relationship")
            if str(each.get("Type", "")).endswith("/hyperlink")
        }

    def part(self, name: str) -> etree._Element | None:
        """Return the root of a part beside the main one, or None. Raises ExtractionRefused: upload_damaged."""
        path = posixpath.join(self._folder, name)
        return self._package.xml(path) if path in self._package.names() else None

    def link(self, key: str) -> str:
        """Return the address of a link, empty where it leads nowhere we go."""
        return self._links.get(key, "")

    def style(self, paragraph: etree._Element) -> Style:
        """Return what a paragraph is by its own settings, else by its style and those that it is based on."""
        own = child(paragraph, "pPr")
        name = ""
        settings = [own] if own is not None else []
        key = value(child(own, "pStyle"))
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(key)
            if style is None:
                break
            name = name or value(child(style, "name")).lower()
            settings += [found for found in [child(style, "pPr")] if found is not None]
            key = value(child(style, "basedOn"))
        list_id, depth = _listed(settings)
        deeper = _LIST.fullmatch(name)
        return Style(name, _heading(name, settings), list_id, int(deeper[1]) - 1 if deeper else depth)

    def list_label(self, list_id: str, depth: int) -> tuple[str, str]:
        """Return the sort of number of a list at `depth` (such as `bullet` or `decimal`) and its pattern (`%1.`)."""
        level = self._level(list_id, depth)
        return value(child(level, "numFmt")) or "bullet", value(child(level, "lvlText"))

    def list_start(self, list_id: str, depth: int) -> int:
        """Return the number with which a list begins at `depth`."""
        for override in children(self._numbers.get(list_id), "lvlOverride"):
            own = child(override, "startOverride")
            if own is not None and number(value(override, "ilvl")) == depth:
                return number(value(own))
        start = child(self._level(list_id, depth), "start")
        return 1 if start is None else number(value(start))

    def _level(self, list_id: str, depth: int) -> etree._Element | None:
        found = {number(value(level, "ilvl")): level for level in children(self._lists.get(list_id), "lvl")}
        return found.get(depth, found.get(0))


def _heading(name: str, settings: list[etree._Element]) -> int:
    for each in settings:
        outline = child(each, "outlineLvl")
        if outline is not None:
            level = number(value(outline)) + 1
            return level if level <= _LEVELS else 0
    found = _HEADING.fullmatch(name)
    return int(found[1]) if found else 0


def _listed(settings: list[etree._Element]) -> tuple[str, int]:
    """Return the list and depth that the nearest settings name; `0` as a list means none."""
    for each in settings:
        found = child(each, "numPr")
        if found is not None and (key := value(child(found, "numId"))):
            return ("" if key == "0" else key), number(value(child(found, "ilvl")))
    return "", 0
