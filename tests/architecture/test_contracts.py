"""Imports point down, names say something, every module says what it answers."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.source import PACKAGE, ROOT, apps, layers, python_files, short, syntax

REFUSED = {"utils", "helpers", "services", "common", "misc", "managers", "mixins"}


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}
    told = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout[-2000:]


def test_every_app_has_its_place_in_the_layers() -> None:
    assert sorted(app for layer in layers() for app in layer) == apps()


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {path: {path.stem, *path.relative_to(ROOT).parts} for path in python_files("src", "tests")}
    assert [short(path) for path, names in named.items() if names & REFUSED] == []


@pytest.mark.parametrize("app", apps())
def test_every_app_says_what_it_is_for(app: str) -> None:
    assert ast.get_docstring(syntax(PACKAGE / app / "__init__.py"))


def test_every_module_says_what_it_answers() -> None:
    trees = {path: syntax(path) for path in python_files("src", "benchmarks")}
    assert [short(p) for p, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []
