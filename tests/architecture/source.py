"""The source tree as the architecture tests read it: files, syntax trees, layers."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "talanoa"


def python_files(*folders: str) -> list[Path]:
    """Every Python file below `folders` of the checkout, migrations left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def short(path: Path) -> str:
    """The file's name as people say it: `src/talanoa/lib/merkle.py`."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """The dotted name below the package: `inputs.actions`, `contributions.actions.desk`."""
    dotted = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    return dotted.removesuffix(".__init__")


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in the tree, nested ones and methods too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def layers() -> list[list[str]]:
    """The layers of `.importlinter`, top first; apps on one line are peers."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    rows = config["importlinter:contract:apps"]["layers"].split("\n")
    return [[app.strip() for app in row.split("|")] for row in rows if row.strip()]


def apps() -> list[str]:
    """Every app and library of the package, by directory."""
    return sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__")
