"""The text of a lesson, taken apart: front matter, blocks and items, with every fault at its line.

How it is written stands in content/courses/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from talanoa.lib.fields import Fields, fault, parsed
from talanoa.lib.item_files import KEY, KEY_SAID, TEXT, item
from talanoa.lib.items import Item, Named

MOST_WORDS = 900
PROSE = "text"
LONGEST_LINE = 68
"""What stands between lines of ``` is shown in a mail as it is, four characters to the right."""
BOXES = ("story", "keypoints", "facilitator", "mail", "reflect", "live")
"""What may stand between `:::` lines."""
_ITEM, _FENCES = "quiz", ("", "text", "quiz")
_ADDRESS = re.compile(r"(?:https?|mailto):\S+")


def _reader() -> MarkdownIt:
    made = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    for name in BOXES:
        made.use(container_plugin, name)
    return made


_READER = _reader()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a lesson: Markdown of a kind of BOXES or PROSE, or an item."""

    kind: str
    text: str
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson; `minutes` is what it takes, `words` how much prose it has."""

    id: str
    title: str
    minutes: int
    competencies: tuple[str, ...]
    objectives: tuple[Named, ...]
    sources: tuple[str, ...]
    blocks: tuple[Block, ...]
    words: int

    @property
    def items(self) -> tuple[Item, ...]:
        """What is asked, in order."""
        return tuple(block.item for block in self.blocks if block.item)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A top-level part of a lesson: what it is, its text, and the line before it."""

    kind: str
    text: str
    before: int


def read(name: str, text: str, wrong: list[str], competencies: frozenset[str]) -> Lesson | None:
    """Return the lesson that a file tells, with its faults in `wrong`; None where it has no front matter."""
    lines = text.splitlines()
    tokens = _READER.parse(text)
    pieces = list(_pieces(tokens, lines))
    head = next((piece for piece in pieces if piece.kind == "front_matter"), None)
    if head is None:
        wrong.append(f"{name}:1: a lesson begins with its fields between two lines of ---")
        return None
    fields = _fields(name, head, wrong)
    if fields is None:
        return None
    told = front_matter(fields, competencies)
    known = frozenset(row.id for row in told["objectives"])
    blocks = tuple(
        block for piece in pieces if piece is not head and (block := _block(name, piece, wrong, known))
    )
    _check_markdown(name, tokens, wrong)
    made = Lesson(
        **told,
        blocks=blocks,
        words=sum(len(block.text.split()) for block in blocks if block.kind != "facilitator"),
    )
    fields.end()
    _check_whole(fields, made)
    return made


def front_matter(fields: Fields, competencies: frozenset[str]) -> dict[str, Any]:
    """Return what the front matter says."""
    return {
        "id": fields.pattern("id", KEY, KEY_SAID),
        "title": fields.text("title", most=80),
        "minutes": fields.whole("minutes", least=5, most=20),
        "competencies": fields.texts("competencies", required=True, most=4, among=competencies),
        "objectives": tuple(map(_objective, fields.rows("objectives", least=1, most=4))),
        "sources": fields.texts("sources"),
    }


def _check_whole(fields: Fields, made: Lesson) -> None:
    if made.words > MOST_WORDS:
        fields.blame("title", f"is that of {made.words} words of prose; {MOST_WORDS} are the most")
    if not made.items:
        fields.blame("title", "is that of a lesson that asks nothing: it needs an item")
    asked = {one.objective for one in made.items}
    for objective in made.objectives:
        if objective.id not in asked:
            fields.blame("objectives", f"hold {objective.id}, about which no item asks")
    if not any(block.kind == "keypoints" for block in made.blocks):
        fields.blame("title", "is that of a lesson without ::: keypoints")


def _objective(row: Fields) -> Named:
    made = Named(id=row.pattern("id", KEY, KEY_SAID), text=row.text("text", most=TEXT))
    row.end()
    return made


def _pieces(tokens: list[Token], lines: list[str]) -> Iterator[_Piece]:
    """Yield the top-level parts in order; prose that stands together is one."""
    prose: list[tuple[int, int]] = []
    for token in tokens:
        if token.level or token.nesting < 0 or token.map is None:
            continue
        start, end = token.map
        kind = _kind(token)
        if kind == PROSE:
            prose.append((start, end))
            continue
        yield from _prose(prose, lines)
        prose = []
        inner = lines[start + 1 : end]
        if inner and inner[-1].strip() in (":::", "```", "~~~", "---"):
            inner = inner[:-1]
        yield _Piece(kind, "\n".join(inner), start + 1)
    yield from _prose(prose, lines)


def _prose(spans: list[tuple[int, int]], lines: list[str]) -> Iterator[_Piece]:
    if spans:
        start, end = spans[0][0], spans[-1][1]
        yield _Piece(PROSE, "\n".join(lines[start:end]).strip("\n"), start)


def _kind(token: Token) -> str:
    if token.type == "front_matter":
        return token.type
    if token.type == "fence" and token.info.strip() == _ITEM:
        return _ITEM
    name = token.type.removeprefix("container_").removesuffix("_open")
    return name if token.type.startswith("container_") else PROSE


def _block(name: str, piece: _Piece, wrong: list[str], objectives: frozenset[str]) -> Block | None:
    if piece.kind != _ITEM:
        return Block(piece.kind, piece.text.strip("\n"))
    fields = _fields(name, piece, wrong)
    found = item(fields, objectives) if fields else None
    return Block(_ITEM, "", found) if found else None


def _fields(name: str, piece: _Piece, wrong: list[str]) -> Fields | None:
    try:
        return parsed(name, piece.text, wrong, piece.before)
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(name, broken, piece.before))
        return None


def _check_markdown(name: str, tokens: list[Token], wrong: list[str]) -> None:
    """Note what no lesson holds: HTML, pictures, links that lead nowhere, unknown blocks, a second title."""
    for token in tokens:
        line = (token.map or [0])[0] + 1
        if token.type == "html_block" or _has(token, "html_inline"):
            wrong.append(f"{name}:{line}: HTML is not shown; write Markdown")
        if _has(token, "image"):
            wrong.append(f"{name}:{line}: a lesson has no pictures")
        if token.type == "heading_open" and token.tag == "h1":
            wrong.append(f"{name}:{line}: the title stands in the front matter; headings begin with ##")
        if token.type == "fence" and token.info.strip() not in _FENCES:
            near = get_close_matches(token.info.strip(), _FENCES, n=1)
            told = f": did you mean {near[0]}?" if near else ""
            wrong.append(f"{name}:{line}: there is no block {token.info.strip()}{told}")
        if token.type == "fence" and token.info.strip() != _ITEM:
            wrong += [
                f"{name}:{at}: a line of {len(text)} characters breaks in a mail; {LONGEST_LINE} are the most"
                for at, text in enumerate(token.content.splitlines(), start=line + 1)
                if len(text) > LONGEST_LINE
            ]
        if token.type == "inline" and token.content.startswith(":::"):
            said = token.content[3:].split("\n")[0].strip()
            near = get_close_matches(said, BOXES, n=1)
            told = f": did you mean {near[0]}?" if near else f"; there are {', '.join(BOXES)}"
            wrong.append(f"{name}:{line}: there is no ::: {said}{told}")
        for child in token.children or ():
            target = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if target and not _ADDRESS.fullmatch(target):
                wrong.append(f"{name}:{line}: {target} is no https or mailto address")


def _has(token: Token, kind: str) -> bool:
    return any(child.type == kind for child in token.children or ())
