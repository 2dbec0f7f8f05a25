"""Text from people as HTML that is safe to show: Markdown of documents, plain text of messages.

Errors: ValueError above MAX_BYTES; nothing is cut off.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from talanoa.kernel.text import without_controls
from talanoa.lib.paragraphs import commonmark

MAX_BYTES = 2_000_000
_LEAST_ROOM = 100_000
_HIGHEST, _LOWEST = 2, 5
_LONGEST_URL = 2_000

_READER = commonmark().enable("strikethrough")
_WRITER = RendererHTML()
_CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "a", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "hr"),
        *("table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5"),
    },
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener",
)
_NOT_IN_URLS = (
    r"\s<>\"'`{}|\\^\u00ab\u00bb\u200b-\u200f\u2018-\u201f\u2060-\u2064"
    r"\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
)
_URL = re.compile(rf"(?<![A-Za-z0-9])https?://(?=\w)[^{_NOT_IN_URLS}]+", re.IGNORECASE)
_AFTER_URLS = ".,;:!?*_)\u2026\u060c\u061b\u061f\u06d4"


class Link(NamedTuple):
    """A part of a line, from `start` up to `end`, that leads to `url` on this site."""

    start: int
    end: int
    url: str


Links = Callable[[str], Iterable[Link]]


def render(markdown: str, heading_offset: int = 1) -> SafeString:
    """Return `markdown` (CommonMark, tables, strikethrough, no HTML) as HTML of a short list of tags.

    A heading `#` becomes h2, moved by `heading_offset`, never above h2 or below h5. An image becomes its
    alternative text, a link without text its address. Links carry rel="nofollow noopener"; they lead to http,
    https, mailto or the same site. Raises ValueError above 2 MB.
    """
    text = _readable(markdown)
    tokens = _READER.parse(text)
    room = max(_LEAST_ROOM, len(text))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_LOWEST, max(_HIGHEST, int(token.tag[1]) + heading_offset))}"
        elif token.children:
            room -= _drop_links(token.children, room)
            token.children = _with_named_links(_without_images(token.children))
    return SafeString(_CLEANER.clean(_WRITER.render(tokens, _READER.options, {})).strip())


def _readable(text: str) -> str:
    """Return `text` without controls. Raises ValueError above 2 MB."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise ValueError(f"{size} bytes; at most {MAX_BYTES}")
    return without_controls(text)


def _drop_links(children: list[Token], room: int) -> int:
    """Take off titles, and addresses beyond `room` characters in all; return how many came.

    Many short references to one long address would make a page without end; cmark bounds them likewise.
    """
    used = 0
    for token in children:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            used += len(address)
            token.attrs = {"href": address} if used <= room else {}
    return used


def _without_images(children: list[Token]) -> Iterator[Token]:
    """Yield the tokens of one block with images as their alternative text; name `del` what HTML names so."""
    for token in children:
        if token.type in {"s_open", "s_close"}:
            token.tag = "del"
        if token.type != "image":
            yield token
        elif alternative := _WRITER.renderInlineAsText(token.children or [], _READER.options, {}):
            yield Token("text", "", 0, content=alternative)


def _with_named_links(children: Iterable[Token]) -> list[Token]:
    """Give a link that shows nothing its address as text, so that it can be found and read out."""
    made: list[Token] = []
    opened = 0
    for token in children:
        if token.type == "link_open":
            opened = len(made)
        elif token.type == "link_close" and not any(said.content.strip() for said in made[opened:]):
            made.append(Token("text", "", 0, content=str(made[opened].attrs.get("href", ""))))
        made.append(token)
    return made


def _no_links(line: str) -> Iterable[Link]:  # noqa: ARG001 - the shape of a `Links`
    return ()


def render_plain(text: str, links: Links = _no_links) -> SafeString:
    """Return plain text from people as paragraphs, line by line, with http and https addresses as links.

    `links` may tell what else becomes one in a piece of a line, in order. Each paragraph finds its own
    direction of writing. Raises ValueError above 2 MB.
    """
    lines = _readable(text).split("\n")
    paragraphs = [list(group) for filled, group in groupby(lines, lambda line: bool(line.strip())) if filled]
    return SafeString("\n".join(_paragraph(lines, links) for lines in paragraphs))


def _paragraph(lines: list[str], links: Links) -> str:
    return '<p dir="auto">' + "<br>\n".join(_linked(line, links) for line in lines) + "</p>"


def _linked(line: str, links: Links) -> str:
    """Escape a line and link its addresses; one longer than 2,000 characters stays text."""
    made: list[str] = []
    done = 0
    for found in _URL.finditer(line):
        end = found.start() + len(_address(found[0]))
        if end - found.start() <= _LONGEST_URL:
            url = escape(line[found.start() : end])
            made += [_escaped(line[done : found.start()], links)]
            made += [f'<a href="{url}" rel="nofollow noopener" dir="ltr">{url}</a>']
            done = end
    return "".join(made) + _escaped(line[done:].rstrip(), links)


def _escaped(piece: str, links: Links) -> str:
    """Escape a piece of a line that holds no address, with what else becomes a link in it."""
    made, done = "", 0
    for start, end, url in links(piece):
        made += f'{escape(piece[done:start])}<a href="{escape(url)}">{escape(piece[start:end])}</a>'
        done = end
    return made + escape(piece[done:])


def _address(found: str) -> str:
    """Return `found` without the signs that end the sentence around it; a bracket stays with its partner."""
    unmatched = found.count(")") - found.count("(")
    end = len(found)
    while found[end - 1] in _AFTER_URLS:
        if found[end - 1] == ")":
            if unmatched <= 0:
                break
            unmatched -= 1
        end -= 1
    return found[:end]
