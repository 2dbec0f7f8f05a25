"""An editor that knows the schemas refuses what the program refuses, and takes what it takes."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from architecture.source import ROOT
from learning.example_course import COURSES, WELL
from talanoa.lib import course_files, item_files, lessons, moments
from talanoa.lib.course_schema import as_lines, schemas
from talanoa.lib.fields import Fields, parsed, parsed_rows

CONTENT = ROOT / "content" / "courses"
FOLDERS = (*sorted(path.parent for path in CONTENT.glob("*/course.yaml")), WELL)
OBJECTIVES = frozenset({"ask", "count", "share"})
CODES = frozenset({"B2", "B3"})
READ: dict[str, Callable[[Fields], object]] = {
    "course": lambda fields: (course_files.head(fields, CODES), fields.end()),
    "lesson": lambda fields: (lessons.front_matter(fields, CODES), fields.end()),
    "item": lambda fields: item_files.item(fields, OBJECTIVES),
    "rubric": item_files.rubric,
    "sheet": lambda fields: course_files.sheet(fields, ""),
    "sources": course_files.source,
    "competencies": course_files.competency,
    "moments": moments.moment,
}
"""How the program takes each kind of file."""
Path_ = tuple[str | int, ...]


@cache
def schema(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[f"{kind}.schema.json"])


def told(kind: str, text: str) -> tuple[list[str], list[str]]:
    """What the schema and what the program say is wrong."""
    wrong: list[str] = []
    if kind in ("sources", "competencies", "moments"):
        found = list(parsed_rows(kind, text, wrong))
    else:
        found = [parsed(kind, text, wrong)]
    for fields in found:
        READ[kind](fields)
    return [error.message for error in schema(kind).iter_errors(yaml.safe_load(text))], wrong


def kind_of(path: Path) -> str:
    return {"rubrics": "rubric", "facilitator": "sheet", "lessons": "lesson"}.get(path.parent.name, path.stem)


def parts(path: Path) -> Iterator[tuple[str, str]]:
    """What of a file is YAML, with its kind."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        yield kind_of(path), text
        return
    yield kind_of(path), text.split("---\n")[1]
    for after in text.split("```quiz\n")[1:]:
        yield "item", after.split("```\n")[0]


def files() -> list[Path]:
    beside = [CONTENT / "moments.yaml", CONTENT / "competencies.yaml", COURSES / "competencies.yaml"]
    inside = [path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in (".yaml", ".md")]
    return sorted(inside) + beside


WHOLE = [
    part for path in (*sorted(WELL.rglob("*.yaml")), *sorted(WELL.rglob("*.md"))) for part in parts(path)
]
WHOLE += [*parts(CONTENT / "moments.yaml"), *parts(COURSES / "competencies.yaml")]
"""One of each kind of file, and of each kind of item."""


def mappings(value: object, path: Path_ = ()) -> Iterator[Path_]:
    """Where in a file there are fields."""
    if isinstance(value, dict):
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from mappings(part, (*path, key))


def at(value: Any, path: Path_) -> Any:
    for key in path:
        value = value[key]
    return value


def changed(value: object, path: Path_, change: Callable[[Any], object]) -> str:
    """The file with one of its mappings changed."""
    made = deepcopy(value)
    change(at(made, path))
    return yaml.safe_dump(made, allow_unicode=True, width=10**6)


def fields() -> Iterator[tuple[str, Any, Path_, str]]:
    """Each field of each file of the course of the tests: its kind, the file, where, the name."""
    for kind, text in WHOLE:
        value = yaml.safe_load(text)
        for path in mappings(value):
            yield from ((kind, value, path, name) for name in at(value, path))


FIELDS = list(fields())


def test_the_files_of_the_schemas_are_not_stale() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (CONTENT / "schema").iterdir()}
    assert kept == {name: as_lines(made) for name, made in schemas().items()}, (
        "run: talanoa learn schema --write content/courses/schema"
    )


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(as_lines(schemas()[name])))


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_of_ours_passes_its_schema(path: Path) -> None:
    found = [
        error.message
        for kind, text in parts(path)
        for error in schema(kind).iter_errors(yaml.safe_load(text))
    ]
    assert found == []


def test_the_files_that_are_broken_here_are_whole_before() -> None:
    assert {kind for kind, _text in WHOLE} == READ.keys()
    assert [(kind, wrong) for kind, text in WHOLE if (wrong := told(kind, text)) != ([], [])] == []


def properties(made: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The fields that a schema knows."""
    for name, field in made.get("properties", {}).items():
        yield (*path, name)
        yield from properties(field, (*path, name))
    for part in (made.get("items"), *(case["then"] for case in made.get("allOf", ()))):
        yield from properties(part, path) if part else ()


def test_every_field_of_every_schema_is_tried_here() -> None:
    known = {found for kind in READ for found in properties(schema(kind).schema, (kind,))}
    tried = {
        (kind, *(key for key in path if isinstance(key, str)), name) for kind, _value, path, name in FIELDS
    }
    assert tried == known


def test_both_miss_the_same_fields() -> None:
    for kind, value, path, name in FIELDS:
        text = changed(value, path, lambda row, name=name: row.pop(name))
        by_schema, by_program = told(kind, text)
        assert bool(by_schema) == bool(by_program), (kind, path, name, by_schema, by_program)


def test_both_refuse_a_field_that_nobody_knows() -> None:
    for kind, value, path, _name in FIELDS:
        by_schema, by_program = told(kind, changed(value, path, lambda row: row.update(colour="red")))
        assert by_schema, (kind, path)
        assert any("colour is no field" in line for line in by_program), (kind, path)


@pytest.mark.parametrize("wrong", [{"a": "b"}, False, [["a"]], "x" * 2001, -(10**10), ""], ids=str)
def test_both_refuse_what_a_field_cannot_be(wrong: object) -> None:
    for kind, value, path, name in FIELDS:
        by_schema, by_program = told(
            kind, changed(value, path, lambda row, name=name: row.update({name: wrong}))
        )
        if not allowed(name, path, wrong):
            assert by_schema, (kind, path, name)
            assert by_program, (kind, path, name)


def allowed(name: str, path: Path_, wrong: object) -> bool:
    """`false` is what a flag can be; what need not be there may be empty."""
    if name == "why":
        return wrong == "" and "options" in path
    flags, optional = ("case", "correct"), ("hint", "unit", "tolerance", "rooms", "sources")
    return (name in flags and wrong in (False, "")) or (name in optional and wrong == "")


LIMITED = [
    (kind, value, path, name)
    for kind, value, path, name in FIELDS
    if isinstance(at(value, path)[name], list) and name != "levels"
]


def test_both_refuse_a_list_that_is_empty_or_longer_than_the_most() -> None:
    for kind, value, path, name in LIMITED:
        for times in (0, 200):
            text = changed(value, path, lambda row, name=name, n=times: row.update({name: row[name] * n}))
            by_schema, by_program = told(kind, text)
            assert bool(by_schema) == bool(by_program), (kind, path, name, times)
            assert by_schema or name in ("sources", "rooms"), (kind, path, name, times)


@pytest.mark.parametrize(("words", "passes"), [(19, False), (20, True), (80, True), (81, False)])
def test_the_summary_and_the_why_of_a_course_have_20_to_80_words(words: int, passes: bool) -> None:
    value = next(yaml.safe_load(text) for kind, text in WHOLE if kind == "course")
    for name in ("summary", "why"):
        text = changed(value, (), lambda row, name=name: row.update({name: "well " * words}))
        assert (told("course", text)[0] == []) == passes


def test_both_hold_each_text_to_the_same_length() -> None:
    for kind, value, path, name in FIELDS:
        if isinstance(at(value, path)[name], str):
            for length in (39, 41, 80, 81, 200, 201, 300, 301, 400, 401, 600, 601, 2000, 2001):
                text = changed(value, path, lambda row, name=name, n=length: row.update({name: "x" * n}))
                by_schema, by_program = told(kind, text)
                said = [line for line in by_program if not only_the_program_knows(line)]
                if (kind, name) not in (("course", "summary"), ("course", "why")):
                    assert bool(by_schema) == bool(said), (kind, path, name, length, by_program)


def only_the_program_knows(line: str) -> bool:
    """Tell whether a fault is about what stands elsewhere."""
    return "objective is none of" in line or "class is none of" in line


MISTAKES = [
    ("course", "authors: Talanoa", "authors: no"),
    ("course", "title: At the well", "title: 2026-11-25"),
    ("course", "title: At the well", "title: 007"),
    ("course", "version: 1.0.0", "version: 1.0"),
    ("course", "license: CC-BY-4.0", "license: CC-BY-NC"),
    ("course", "language: en", "language: english"),
    ("course", "share: 70", "share: 101"),
    ("lesson", "minutes: 8", "minutes: 21"),
    ("lesson", "minutes: 8", "minutes: 8.5"),
    ("lesson", "minutes: 8", "minutes: long"),
    ("sources", "year: 1995", "year: 1200"),
    ("sources", "url: https:", "url: gopher:"),
    ("item", "type: choice", "type: choise"),
    ("item", "case: true", "case: perhaps"),
    ("item", "    text: She goes home", "    text: She goes home\n    correct: true"),  # two right ones
    ("item", "    correct: true\n", ""),  # none
    ("item", "    why: Then she has no water.\n", ""),
    ("item", "why: Then she has no water.", 'why: ""'),
    ("item", "[self, facilitator]", "[self, friend]"),
    ("item", "rule: max_caps", "rule: max_words_of_all"),
    ("item", "rule: max_caps, value: 20", "rule: max_caps, any: [a]"),
    ("item", "rule: mentions, any: [liters, buckets]", "rule: mentions, value: 3"),
    ("item", "tolerance: 0.5", "tolerance: -1"),
    ("item", "id: drawing-1", "id: Drawing 1"),
    ("rubric", ', "It says what, and others can add."]', "]"),
]


@pytest.mark.parametrize(("kind", "old", "new"), MISTAKES)
def test_both_refuse_a_mistake(kind: str, old: str, new: str) -> None:
    text = next(text for key, text in WHOLE if key == kind and old in text)
    by_schema, by_program = told(kind, text.replace(old, new, 1))
    assert by_schema
    assert by_program


def described(made: Any) -> Iterator[bool]:
    """Whether each field of a schema has a description; a condition has none."""
    if isinstance(made, dict):
        yield from ("description" in field for field in made.get("properties", {}).values())
        yield from (
            one
            for key, part in made.items()
            if key not in ("if", "else", "contains")
            for one in described(part)
        )
    elif isinstance(made, list):
        yield from (one for part in made for one in described(part))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_field_is_explained_to_who_writes(name: str) -> None:
    assert all(described(schemas()[name]))
