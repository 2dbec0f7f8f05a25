"""Every rule code is explained in docs/rules.md and named by a test; the page explains no other."""

import ast
import re
from pathlib import Path

import pytest

from architecture.codes import CODE, PAGE, Line, codes_in, lines, named_in, raised, refused_by_the_database
from architecture.source import ROOT, functions, python_files, syntax

RAISED = raised()
LINES = lines()
OWN = Path(__file__).resolve().parent
TESTS = [path for path in python_files("tests") if OWN not in path.parents]

every_line = pytest.mark.parametrize("line", LINES, ids=lambda line: line.code)


def test_every_code_has_its_line() -> None:
    assert sorted(RAISED.keys() - {line.code for line in LINES}) == []


def test_no_line_is_about_a_code_that_no_longer_exists() -> None:
    assert sorted({line.code for line in LINES} - RAISED.keys()) == []


def test_no_code_has_two_lines() -> None:
    codes = [line.code for line in LINES]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_a_code_is_words_joined_by_underscores() -> None:
    assert [code for code in RAISED if not CODE.fullmatch(code)] == []


def test_every_code_is_named_by_a_test() -> None:
    named = set().union(*(named_in(path) for path in TESTS))
    assert sorted(RAISED.keys() - named) == []


def test_the_database_refuses_by_codes_that_the_program_has_too() -> None:
    codes = refused_by_the_database()
    assert codes == {"default_undecided", "deletion_forbidden", "review_period_running", "space_crossed"}
    assert codes <= RAISED.keys()


@every_line
def test_the_page_names_files_that_hold_the_code(line: Line) -> None:
    assert line.where
    assert [place for place in line.where if line.code not in named_in(ROOT / place)] == []


@every_line
def test_the_page_names_a_test_that_is_there_and_speaks_of_the_code(line: Line) -> None:
    file, _colons, name = line.test.partition("::")
    tree = syntax(ROOT / file)
    assert name in {function.name for function in functions(tree)}
    assert line.code in named_in(ROOT / file)


@every_line
def test_a_line_says_something_and_where_it_comes_from(line: Line) -> None:
    assert line.says.endswith(".")
    assert line.source.strip()


def test_the_rules_that_define_the_place_come_first_and_in_prose() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## Every code")[0]
    first = re.findall(r"^`([a-z_]+)`\. ", text, re.MULTILINE)
    assert len(first) == len(set(first)) > 10
    assert set(first) <= RAISED.keys()


def test_the_reading_of_codes_sees_what_it_is_for() -> None:
    module = ast.parse(
        'raise RuleBroken("x", code="a_a")\n'
        'raise ExtractionRefused("b_b", "x")\n'
        'errors.FolderError("x", code="c_c")\n'
        'class E:\n    rule = "d_d"\n    code: str = "e_e"\n'
        'REJECTIONS: dict = {"f_f": "x"}\n'
        'raise RuleBroken("x", code=other.code)\n'
        'Other("x", code="g_g")\n'
    )
    assert sorted(codes_in(module)) == ["a_a", "b_b", "c_c", "d_d", "e_e", "f_f"]
