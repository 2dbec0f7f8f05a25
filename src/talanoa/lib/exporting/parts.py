"""What stands in a Markdown text, part by part, as another format writes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from talanoa.lib.paragraphs import commonmark
from talanoa.lib.spans import Span, spans_of

_READER = commonmark().enable("strikethrough")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, text, item, quote, code, table or rule.

    `level` is that of a heading, or the depth of an item and of what belongs to it, from 0. `number` counts an item
    of a numbered list, 0 for a bullet; `is_first` begins a list. `rows` are the cells of a table, the head first;
    `text` is that of code.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    number: int = 0
    is_first: bool = False
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    text: str = ""


def parts(markdown: str) -> Iterator[Part]:
    """Yield the parts of `markdown` in order."""
    tokens = _READER.parse(markdown)
    around = _Around()
    for at, token in enumerate(tokens):
        if token.nesting and around.goes(token):
            continue
        match token.type:
            case "heading_open":
                yield Part("heading", spans_of(tokens[at + 1]), int(token.tag[1]))
            case "paragraph_open":
                yield around.paragraph(spans_of(tokens[at + 1]))
            case "fence" | "code_block":
                yield Part("code", text=token.content.rstrip("\n"))
            case "hr":
                yield Part("rule")
            case "table_open":
                yield Part("table", rows=tuple(_rows(tokens[at:])))


class _Around:
    """The lists and quotes around what is read."""

    def __init__(self) -> None:
        self._numbers: list[int | None] = []
        self._n_quotes = 0
        self._is_new_item = self._is_new_list = False

    def goes(self, token: Token) -> bool:
        """Go into or out of a list, an item or a quote; tell whether `token` is one."""
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self._numbers.append(int(token.attrs.get("start", 1)) - 1 if token.tag == "ol" else None)
            self._is_new_list = True
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._numbers.pop()
        elif token.type == "list_item_open":
            before = self._numbers[-1]
            self._numbers[-1] = None if before is None else before + 1
            self._is_new_item = True
        elif token.tag == "blockquote":
            self._n_quotes += token.nesting
        else:
            return False
        return True

    def paragraph(self, spans: tuple[Span, ...]) -> Part:
        """Return the part that a paragraph is here: the first of an item is the item."""
        kind = "item" if self._is_new_item else "quote" if self._n_quotes else "text"
        number = (self._numbers[-1] or 0) if self._is_new_item else 0
        made = Part(
            kind, spans, max(0, len(self._numbers) - 1), number, self._is_new_item and self._is_new_list
        )
        self._is_new_item = self._is_new_list = False
        return made


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[tuple[Span, ...], ...]]:
    row: list[tuple[Span, ...]] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(spans_of(token))
        elif token.type == "tr_close":
            yield tuple(row)
        elif token.type == "table_close":
            return
