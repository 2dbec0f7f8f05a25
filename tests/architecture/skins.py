"""Which skin calls which act, read from the code: pages from the addresses of the site, mail from the registry of
commands, the command line from the verbs of its commands. Nothing here is a list kept by hand.
"""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from architecture.acts import all_acts
from architecture.source import PACKAGE, module_name, python_files, syntax
from talanoa.mail.registry import EXPLAINED

# The demonstration plays everybody's acts, by every skin.
PLAYED = ("conf.demonstration", "conf.management.commands.demo", "site.views.demonstration")
_OURS = "talanoa."
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: what people see of it, such as `/p/KEY/inputs/write/`, and the function behind it."""

    seen: str
    function: str


def pages() -> list[Door]:
    """Every address of the site that is ours."""
    return [Door(f"/{path}", name) for path, name in _addresses(get_resolver().url_patterns, "")]


def mails() -> list[Door]:
    """Every command by mail, by its first word."""
    return [Door(told.words[0], _called(told.function)) for told in EXPLAINED]


def lines() -> list[Door]:
    """Every verb of the command line."""
    return [
        door
        for path in sorted(PACKAGE.glob("*/management/commands/*.py"))
        for door in _verbs(path.stem, path)
    ]


def reached(door: Door) -> set[str]:
    """The acts that a door leads to, without those that they call themselves."""
    acts, graph = all_acts().keys(), references()
    found: set[str] = set()
    seen, left = set(), [door.function]
    while left:
        name = left.pop()
        if name in seen or name.startswith(PLAYED):
            continue
        seen.add(name)
        if name in acts:
            found.add(name)
        else:
            left += graph.get(name, ())
    return found


def doors(skin: Iterable[Door]) -> dict[str, list[str]]:
    """For each act the doors that lead to it, as people see them."""
    found: dict[str, list[str]] = {}
    for door in skin:
        for act in reached(door):
            found.setdefault(act, []).append(door.seen)
    return found


@cache
def references() -> dict[str, set[str]]:
    """For each function, method, class and module-level name of the package, the names of ours that it speaks of."""
    graph: dict[str, set[str]] = {}
    for path in python_files("src"):
        graph |= _read(module_name(path), syntax(path))
    return graph


def _read(module: str, tree: ast.Module) -> dict[str, set[str]]:
    known = dict(_imported(tree))
    named = {name: node for node in tree.body for name in _names(node)}
    known |= {name: f"{module}.{name}" for name in named}
    graph = {f"{module}.{name}": set(_spoken(node, known)) for name, node in named.items()}
    for name, node in named.items():
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef):
                inside = known | {f"self.{one}": f"{module}.{name}.{one}" for one in _methods(node)}
                graph[f"{module}.{name}.{method.name}"] = set(_spoken(method, inside))
    return graph


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _methods(node: ast.stmt) -> set[str]:
    body = node.body if isinstance(node, ast.ClassDef) else ()
    return {one.name for one in body if isinstance(one, ast.FunctionDef)}


def _spoken(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    """What a piece of code speaks of: names, and attributes of modules and of `self`; not what it names itself."""
    own = {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in known and part.id not in own:
            yield known[part.id]
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            whole = f"{part.value.id}.{part.attr}"
            base = known.get(part.value.id, "")
            yield known.get(whole) or f"{base}.{part.attr}"


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_OURS.rstrip(".")):
            module = f"{node.module}.".removeprefix(_OURS)
            for alias in node.names:
                yield alias.asname or alias.name, f"{module}{alias.name}"


def _addresses(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + _PART.sub(lambda found: found[1].upper(), str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, path)
        elif inspect.isfunction(view := inspect.unwrap(pattern.callback)):
            yield path, _called(view)


def _called(function: object) -> str:
    return f"{function.__module__}.{function.__qualname__}".removeprefix(_OURS)  # type: ignore[attr-defined]


def _verbs(command: str, path: Path) -> Iterator[Door]:
    module = module_name(path)
    for name in references():
        verb = name.rpartition(".act_")[2]
        if name == f"{module}.Command.act_{verb}":
            # One verb called like its command, as in `talanoa decide`, is not written twice.
            yield Door(" ".join(dict.fromkeys(("talanoa", command, verb.replace("_", "-")))), name)
        elif name == f"{module}.Command.handle":
            yield Door(f"talanoa {command}", name)
