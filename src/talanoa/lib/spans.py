"""The words of a paragraph with what is bold, italic, code, struck out or a link, read from Markdown and written as it.

Whatever is written is read again before it is given out, so that no sign of the text turns into a mark.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it.token import Token

from talanoa.lib.paragraphs import commonmark

_READER = commonmark().enable("strikethrough")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<~]|&(?=[#A-Za-z]))")
_BEGINS = re.compile(r"(?m)^([-+=#>])")
_CLOSES_HEADING = re.compile(r"(?<= )(#+)\Z")
_BEGINS_NUMBERED = re.compile(r"(?m)^([0-9]{1,9})([.)])")
_LONGEST_LINK = 2_000
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>()\\]+")


@dataclass(frozen=True, slots=True)
class Span:
    r"""Some characters that look alike; a line end within a paragraph is `\n`. `link` is an address or empty."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    is_struck: bool = False
    link: str = ""

    def with_text(self, text: str) -> "Span":
        """Return the same look with other words."""
        return replace(self, text=text)


def read(markdown: str) -> tuple[Span, ...]:
    """Return the spans of the one paragraph, heading or item that `markdown` is; a picture becomes its words."""
    inline = [token for token in _READER.parse(markdown) if token.type == "inline"]
    return even([span for token in inline for span in spans_of(token)])


def spans_of(token: Token) -> tuple[Span, ...]:
    """Return the spans of one inline token of the reader of Markdown."""
    return even(list(_spans(token.children or [])))


def even(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `spans` with single blanks, none at the ends, beside a line end, or at the ends of what stands out.

    Neighbors of one look are joined.
    """
    made: list[Span] = []
    before = "\n"
    for span in _joined(_outside(_joined(spans))):
        text = _BLANKS.sub(" ", span.text)
        text = re.sub(r" ?\n[ \n]*", "\n", text)
        if before.endswith((" ", "\n")):
            text = text.lstrip()
        if text.startswith("\n") and made:
            made[-1] = made[-1].with_text(made[-1].text.rstrip(" "))
        if text:
            made.append(span.with_text(text))
            before = text
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[-1] = made[-1].with_text(made[-1].text.rstrip())
    return tuple(_joined(span for span in made if span.text))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    for look, group in groupby(spans, lambda span: span.with_text("")):
        yield look.with_text("".join(span.text for span in group))


def plain(spans: Iterable[Span]) -> str:
    """Return the words alone."""
    return "".join(span.text for span in spans)


def write(spans: Sequence[Span], opening: str = "") -> str:
    r"""Return `spans` as Markdown that reads as they are, behind `opening`, such as `# ` or `- `.

    Written as plainly as can be: signs get a backslash, and looks are left out, only where they would not read
    so otherwise. A line end within is a backslash at its line's end; `opening` is not part of the result.
    """
    wanted = even(spans)
    if not wanted:
        return ""
    bare = even([Span(span.text) for span in wanted])
    for each, mark in ((wanted, _as_is), (wanted, _marked), (bare, _marked)):
        made = "".join(_one(span, mark) for span in each)
        if _reads_as(opening, made, each):
            return made
    return _marked(plain(bare).replace("\n", " "))


def _reads_as(opening: str, made: str, wanted: Sequence[Span]) -> bool:
    """Tell whether `made` is one block of the kind that `opening` begins, with these spans in it."""
    shape = [token.type for token in _READER.parse(f"{opening}x")]
    return [token.type for token in _READER.parse(opening + made)] == shape and read(opening + made) == tuple(
        wanted
    )


def _as_is(text: str) -> str:
    return text


def _marked(text: str) -> str:
    text = _BEGINS.sub(r"\\\1", _SPECIAL.sub(r"\\\1", text))
    text = _CLOSES_HEADING.sub(r"\\\1", text)
    return _BEGINS_NUMBERED.sub(r"\1\\\2", text)


def _outside(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the blanks at the ends of what looks different by themselves: marks must touch words."""
    for span in spans:
        if not (span.is_bold or span.is_italic or span.is_struck or span.link):
            yield span
            continue
        if found := _EDGES.fullmatch(span.text):
            yield from (
                each for each in (Span(found[1]), span.with_text(found[2]), Span(found[3])) if each.text
            )


def _one(span: Span, mark: Callable[[str], str]) -> str:
    text = f"`{span.text}`" if span.is_code else mark(span.text)
    text = text.replace("\n", "\\\n")
    marks = "*" * (2 * span.is_bold + span.is_italic)
    text = f"{marks}{text}{marks}"
    text = f"~~{text}~~" if span.is_struck else text
    if not span.link:
        return text
    return f"<{span.link}>" if span.link == span.text else f"[{text}]({span.link})"


def _spans(children: Sequence[Token]) -> Iterator[Span]:
    open_marks: Counter[str] = Counter()
    links: list[str] = []
    for token in children:
        mark = token.type.rpartition("_")[0]
        if token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            links.pop()
        elif token.nesting:
            open_marks[mark] += token.nesting
        else:
            look = Span(
                "",
                is_bold=open_marks["strong"] > 0,
                is_italic=open_marks["em"] > 0,
                is_code=token.type == "code_inline",
                is_struck=open_marks["s"] > 0,
                link=links[-1] if links else "",
            )
            yield look.with_text(_text(token))


def _text(token: Token) -> str:
    if token.type == "image":
        return plain(_spans(token.children or []))
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)


def safe_link(address: str) -> str:
    """Return `address` where it leads to the web or to mail and can stand in Markdown; else nothing."""
    return address if len(address) <= _LONGEST_LINK and _LINK.fullmatch(address) else ""
