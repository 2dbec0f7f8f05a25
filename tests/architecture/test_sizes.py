"""Files and functions stay short enough to read."""

from pathlib import Path
from statistics import median

import pytest

from architecture.source import ROOT, functions, length, python_files, short, syntax

HARD, SOFT, FUNCTION, TEMPLATE = 500, 300, 60, 150
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}

FILES = python_files("src", "tests", "benchmarks")
SOURCE = python_files("src")


def n_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(path: Path) -> list[str]:
    return [f"{short(path)}:{f.name}" for f in functions(syntax(path)) if length(f) > FUNCTION]


def test_no_file_is_longer_than_500_lines_save_those_named_with_a_reason() -> None:
    assert {short(path) for path in FILES if n_lines(path) > HARD} == set(LONG_FILES)


def test_few_files_pass_the_soft_limit_of_300_lines() -> None:
    long = [short(path) for path in SOURCE if n_lines(path) > SOFT]
    assert len(long) <= len(SOURCE) // 20, long


def test_no_function_is_longer_than_60_lines_save_those_named_with_a_reason() -> None:
    assert {name for path in FILES for name in too_long(path)} == set(LONG_FUNCTIONS)


def test_half_of_all_functions_have_less_than_ten_lines() -> None:
    assert median(length(f) for path in SOURCE for f in functions(syntax(path))) < 10


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("templates/**/*.*")), ids=lambda path: path.name)
def test_a_template_has_at_most_150_lines(path: Path) -> None:
    assert n_lines(path) <= TEMPLATE
