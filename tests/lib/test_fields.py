"""Fields of a YAML file come as they were written, or with what is wrong and where."""

from datetime import date
from decimal import Decimal

import pytest
import yaml

from talanoa.lib.fields import Fields, fault, parsed, parsed_rows


def fields(text: str) -> tuple[Fields, list[str]]:
    wrong: list[str] = []
    return parsed("a.yaml", text, wrong), wrong


def test_each_kind_of_field_is_read() -> None:
    found, wrong = fields(
        "name: A  well\nlines: |\n  one\n  two\nlist: [a, b]\nday: 2026-11-25\n"
        "open: true\nmany: 1.50\nrows:\n- {id: x}\n"
    )
    assert found.text("name") == "A well"
    assert found.text("lines", lines=True) == "one\ntwo"
    assert found.texts("list") == ("a", "b")
    assert found.day("day") == date(2026, 11, 25)
    assert (found.flag("open"), found.flag("shut")) == (True, False)
    assert found.number("many") == Decimal("1.50")
    assert [row.text("id") for row in found.rows("rows")] == ["x"]
    found.end()
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: no", "name holds no, which YAML reads as yes or no: quote it"),
        ("name: 1:30", "name holds 1:30, which YAML reads as a number: quote it"),
        ("name: 0o17", ""),
        ("name: 017", "name holds 017, which YAML reads as a number: quote it"),
        ("name: 2026-11-25", "name holds 2026-11-25, which YAML reads as a date: quote it"),
        ("name: null", "name holds null, which YAML reads as nothing: quote it"),
        ("name: ''", "name is empty"),
        ("name: 'no'", ""),
        ("name: [a]", "name is one text"),
        ("other: a", "name is missing"),
        (f"name: {'a' * 201}", "name has more than 200 characters"),
    ],
)
def test_a_text_is_a_text_for_every_program(text: str, told: str) -> None:
    found, wrong = fields(text)
    found.text("name")
    assert wrong == ([f"a.yaml:1: {told}"] if told else [])


@pytest.mark.parametrize("said", ["", '""', "[]"])
def test_what_is_required_says_something(said: str) -> None:
    found, wrong = fields(f"list: {said}\nnumber: {said}\nrows: {said}\nnone: {said}")
    found.texts("list", required=True)
    found.number("number")
    found.rows("rows", least=1)
    found.texts("none")
    assert [line.split()[0].split(":")[1] for line in wrong] == ["1", "2", "3"]


def test_an_unknown_field_is_told_with_what_was_probably_meant() -> None:
    found, wrong = fields("nmae: a\nmore: b\n")
    found.text("name", required=False)
    found.end()
    assert sorted(wrong) == [
        "a.yaml:1: nmae is no field here: did you mean name?",
        "a.yaml:2: more is no field here",
    ]


def test_lines_are_counted_from_where_the_block_stands() -> None:
    wrong: list[str] = []
    parsed("a.md", "rows:\n- {id: a, b}\n", wrong, first=10).rows("rows")[0].end()
    assert sorted(wrong) == [
        "a.md:12: b is no field: a comma inside { } begins a new one; quote the sentence",
        "a.md:12: id is no field here",
    ]


@pytest.mark.parametrize("text", ["- a", "a", "", "[", "a: [b", "{a: b"])
def test_what_is_no_mapping_is_told_at_its_line(text: str) -> None:
    with pytest.raises((ValueError, yaml.YAMLError)) as broken:
        fields(text)
    assert fault("a.yaml", broken.value, 3).startswith("a.yaml:4: ")


def test_a_list_of_mappings_and_nothing_else() -> None:
    wrong: list[str] = []
    assert [row.text("id") for row in parsed_rows("a.yaml", "- {id: a}\n- {id: b}\n", wrong)] == ["a", "b"]
    with pytest.raises(ValueError, match="a list of mappings"):
        parsed_rows("a.yaml", "- a\n", wrong)
