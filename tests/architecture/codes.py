"""The codes by which the program refuses, read from its syntax trees, and the lines of docs/rules.md about them."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from architecture.source import PACKAGE, ROOT, python_files, syntax

PAGE = ROOT / "docs" / "rules.md"
# Where the code stands in a call: by keyword, or at which place.
RAISED: dict[str, str | int] = {
    "RuleBroken": "code",
    "FolderError": "code",
    "ExtractionRefused": 0,
    "MailUnparsable": 0,
    "_refused": 0,
}
ATTRIBUTES = {"code", "rule"}
LISTS = {"REJECTIONS"}
CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LINE = re.compile(
    r"\| `(?P<code>[a-z0-9_]+)` \| (?P<says>[^|]+) \| (?P<source>[^|]+) \| (?P<where>[^|]+) \| `(?P<test>[^`|]+)` \|"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: the code, what it says, its source, the modules that raise it, a test."""

    code: str
    says: str
    source: str
    where: tuple[str, ...]
    test: str


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Yield every code that a module raises, holds as an attribute of a class, or lists."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _text(_argument(node))
        elif isinstance(node, ast.ClassDef):
            for name, value in _assigned(node.body):
                yield from filter(None, _text(value if name in ATTRIBUTES else None))
        elif isinstance(node, ast.Module):
            for name, value in _assigned(node.body):
                if name in LISTS and isinstance(value, ast.Dict):
                    yield from (code for key in value.keys for code in _text(key))


def _argument(call: ast.Call) -> ast.expr | None:
    place = RAISED.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
    if isinstance(place, int):
        return call.args[place] if len(call.args) > place else None
    return next((word.value for word in call.keywords if word.arg == place), None) if place else None


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr | None]]:
    for statement in body:
        if isinstance(statement, ast.Assign):
            yield from (
                (target.id, statement.value) for target in statement.targets if isinstance(target, ast.Name)
            )
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, statement.value


def _text(value: ast.expr | None) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def raised() -> dict[str, set[str]]:
    """Every code of the source tree, with the files that raise it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in python_files("src"):
        for code in codes_in(syntax(path)):
            found[code].add(path.relative_to(ROOT).as_posix())
    return dict(found)


def refused_by_the_database() -> set[str]:
    """The codes with which the messages of the migrations begin."""
    messages = (
        value
        for path in PACKAGE.glob("*/migrations/*.py")
        for node in ast.walk(syntax(path))
        for value in ([node.value] if isinstance(node, ast.Constant) else [])
        if isinstance(value, str)
    )
    begins = (message.partition(": ") for message in messages)
    return {code for code, colon, _words in begins if colon and CODE.fullmatch(code)}


def lines() -> list[Line]:
    """The lines of the page, in its order."""
    found = (_LINE.fullmatch(row) for row in PAGE.read_text(encoding="utf-8").splitlines())
    return [
        Line(
            row["code"],
            row["says"],
            row["source"],
            tuple(re.findall(r"`([^`]+)`", row["where"])),
            row["test"],
        )
        for row in found
        if row
    ]


def named_in(path: Path) -> set[str]:
    """Every text constant of a file."""
    return {
        node.value
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
