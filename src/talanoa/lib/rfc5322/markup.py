"""Plain text of an HTML mail: paragraphs, lists, quotes with "> ", link targets; nothing is loaded.

A reader of its own, linear in its input: Python's html.parser needs half a minute for 80 kB of "<a <a <a".
"""

import html
import re
from collections.abc import Iterator

from talanoa.lib.rfc5322.limits import MAX_HTML

MAX_QUOTE_DEPTH = 20

_TAG_WINDOW = 1024
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
_HIDDEN = ("script", "style", "title", "template")
_HREF = re.compile(r"(?:^|[\s\"'/])href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))", re.IGNORECASE)
_LINKS = ("http://", "https://", "mailto:")
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"})
_LINES = frozenset({
    "address", "article", "body", "br", "center", "dd", "div", "dl", "dt", "footer", "form", "header", "hr",
    "li", "main", "section", "tr",
})  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


def text_of_html(source: str) -> str:
    """Return the readable text of `source` (its first 1,048,576 characters), in whatever repair it is."""
    page = _Page()
    for slash, name, rest in _tokens(source[:MAX_HTML]):
        if not name:
            page.words(html.unescape(rest))
        elif slash:
            page.end(name)
        else:
            page.start(name, rest)
    return page.text()


def charset_in_html(data: bytes) -> str:
    """Return the charset that the first 1,024 bytes declare, "" where none is (HTML, section 13.2.3.2)."""
    match = _META_CHARSET.search(data[:1024])
    return match[1].decode("ascii") if match else ""


def _tokens(source: str) -> Iterator[tuple[str, str, str]]:
    """Yield ("", "", text) and (slash, name, attributes) in order, without comments, scripts and styles."""
    position, last_close = 0, source.rfind(">")
    unsaid = 0  # where the words begin that were not yielded yet
    ends = {"!--": source.rfind("-->"), **{name: _last_end(source, name) for name in _HIDDEN}}
    while (start := source.find("<", position)) >= 0:
        tag = _TAG.match(source, start, start + _TAG_WINDOW)
        name = tag[2].lower() if tag else ""
        if source.startswith("<!--", start) and start < ends["!--"]:
            position = source.index("-->", start) + 3
        elif source.startswith(("<!", "<?"), start) and start < last_close:
            position = source.index(">", start) + 1
        elif tag is None:  # a sign among the words
            position = start + 1
            continue
        else:
            position = tag.end()
            if name in _HIDDEN and start < ends[name]:
                closing = re.compile(f"</{name}", re.IGNORECASE).search(source, position)
                position = closing.start() if closing else position
        if unsaid < start:
            yield "", "", source[unsaid:start]
        unsaid = position
        if tag is not None and name not in _HIDDEN:
            yield tag[1], name, tag[3]
    yield "", "", source[unsaid:]


def _last_end(source: str, name: str) -> int:
    return max((match.start() for match in re.finditer(f"</{name}", source, re.IGNORECASE)), default=-1)


class _Page:
    """The lines so far, and where in quotes, links and preformatted text the reader stands."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._preformatted = 0
        self._link = ""
        self._link_words: list[str] = []

    def words(self, text: str) -> None:
        if self._link:
            self._link_words.append(text)
        if self._preformatted:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._new_line()
                self._line.append(line)
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", text).replace("\xa0", " ")
        if not self._line:
            text = text.lstrip(" ")
        if text:
            self._line.append(text)

    def start(self, name: str, attributes: str) -> None:
        self._break_at(name)
        if name == "blockquote":
            self._quotes = min(self._quotes + 1, MAX_QUOTE_DEPTH)
        elif name == "pre":
            self._preformatted += 1
        elif name == "li":
            self._line.append("- ")
        elif name in ("td", "th") and self._line:
            self._line.append("\t")
        elif name == "a":
            match = _HREF.search(attributes)
            self._link = html.unescape(next(filter(None, match.groups()), "")).strip() if match else ""
            self._link_words = []

    def end(self, name: str) -> None:
        if name == "a":
            self._close_link()
        if self._line and name in _APART:
            self._new_line()
        if name == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        elif name == "pre":
            self._preformatted = max(self._preformatted - 1, 0)
        self._break_at(name)

    def text(self) -> str:
        """Everything read, blank lines never more than one in a row."""
        self._new_line()
        return "\n".join(self._lines).strip("\n")

    def _close_link(self) -> None:
        shown = " ".join("".join(self._link_words).split())
        target = self._link.removeprefix("mailto:")
        if self._link.lower().startswith(_LINKS) and shown not in (self._link, target):
            self._line.append(f" <{target}>")
        self._link = ""

    def _break_at(self, name: str) -> None:
        if name in _LINES or name in _APART:
            if self._line or name in ("br", "hr"):
                self._new_line()
            if name in _APART and self._lines:
                if self._lines[-1].strip("> "):
                    self._lines.append("")
                self._lines[-1] = ">" * self._quotes

    def _new_line(self) -> None:
        line = "".join(self._line).rstrip()
        self._line = []
        if not line and self._lines and not self._lines[-1].strip("> "):
            return
        # The delimiter of a signature has a space that no HTML keeps.
        line = "-- " if line == "--" else line
        self._lines.append("> " * self._quotes + line if line else ">" * self._quotes)
