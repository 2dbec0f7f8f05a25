"""The acts of the platform, read from the syntax trees of all `actions` modules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from architecture.source import PACKAGE, module_name, syntax

WRITERS = {"append", "append_all", "erase"}
CHANGES = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "select_for_update",
    "update",
    "update_or_create",
}
FACTS = {"by", "at", "channel", "reason", "text", "ground"}


@dataclass(slots=True)
class Act:
    """One function of an `actions` module: what it is called, what it takes, what it calls."""

    name: str
    is_public: bool
    is_atomic: bool
    changes_rows: bool
    positional: list[str]
    keywords: list[str]
    calls: set[str] = field(default_factory=set)


def action_files() -> list[Path]:
    """Every `actions.py` and every module of an `actions` package."""
    files = [*PACKAGE.glob("*/actions.py"), *PACKAGE.glob("*/actions/*.py")]
    return sorted(files)


def read_acts(files: dict[str, ast.Module]) -> dict[str, Act]:
    """Every function of these modules by its full name, such as `inputs.actions.receive_input`."""
    return {
        act.name: act
        for module, tree in files.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for act in [_act(module, tree, node)]
    }


@cache
def all_acts() -> dict[str, Act]:
    return read_acts({module_name(path): syntax(path) for path in action_files()})


def recorded(acts: dict[str, Act]) -> set[str]:
    """The names of the acts that reach a writer of the record, themselves or through another act."""
    reached = {f"record.actions.{name}" for name in WRITERS}
    while True:
        more = {name for name, act in acts.items() if act.calls & reached} - reached
        if not more:
            return reached
        reached |= more


def _act(module: str, tree: ast.Module, node: ast.FunctionDef) -> Act:
    known = dict(_imported(tree)) | {f.name: f"{module}.{f.name}" for f in _top_level(tree)}
    arguments = node.args
    return Act(
        name=f"{module}.{node.name}",
        is_public=not node.name.startswith("_"),
        is_atomic=any(ast.unparse(one).startswith("transaction.atomic") for one in node.decorator_list),
        changes_rows=any(isinstance(n, ast.Attribute) and n.attr in CHANGES for n in ast.walk(node)),
        positional=[a.arg for a in (*arguments.posonlyargs, *arguments.args)],
        keywords=[a.arg for a in arguments.kwonlyargs],
        calls={known[n.id] for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in known},
    )


def _top_level(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef))


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that a module imports from `actions` modules, with their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and ".actions" in (node.module or ""):
            module = str(node.module).removeprefix("talanoa.")
            for alias in node.names:
                yield alias.asname or alias.name, f"{module}.{alias.name}"
