"""No act of taking part asks for a badge: nothing that could ask knows what a badge is."""

import ast

from architecture.source import PACKAGE, python_files, short, syntax

# Who shows or awards badges. Whatever decides who may do something is not among them.
KNOW_BADGES = ("conf/", "site/views/mine.py", "badges/", "learning/", "practice/")
OWN = "talanoa.badges"


def imports_badges(tree: ast.Module) -> bool:
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [
        f"talanoa.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "talanoa"
        for alias in node.names
    ]
    return any(name == OWN or name.startswith(f"{OWN}.") for name in named)


def knowing() -> list[str]:
    """Every file of the program that imports badges, by its path in the package."""
    files = [path for path in python_files("src") if imports_badges(syntax(path))]
    return [str(path.relative_to(PACKAGE)) for path in files]


def test_only_what_shows_or_awards_badges_knows_of_them() -> None:
    assert [path for path in knowing() if not path.startswith(KNOW_BADGES)] == []
    assert len(knowing()) > 8


def test_no_permission_asks_for_a_badge() -> None:
    asked = [path for path in knowing() if "permission" in path and not path.startswith("badges/")]
    assert asked == []


def test_no_table_of_taking_part_points_to_a_badge_and_none_is_reached_by_its_name() -> None:
    files = [path for path in python_files("src") if not short(path).startswith("src/talanoa/badges/")]
    speaking = [
        short(path)
        for path in files
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and node.attr in ("badges", "badge_set")
        if not ast.unparse(node).startswith("talanoa.")
    ]
    assert speaking == []


def test_the_search_sees_whoever_would_ask() -> None:
    for asked in (
        "from talanoa.badges.models import Badge",
        "from talanoa import badges",
        "import talanoa.badges",
    ):
        assert imports_badges(ast.parse(asked))
    assert not imports_badges(ast.parse("from talanoa.badgeslike import x"))
