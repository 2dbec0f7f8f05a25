"""The JSON Schemas of the files of a course, for editors and other programs. Source: json-schema.org, draft 2020-12.

Nothing stands here twice: the functions that read a file are run on `Asked` fields, which keep what is asked of each
field and answer nothing. How the files are written stands in content/courses/README.md.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from talanoa.lib import course_files, item_files, lessons, moments
from talanoa.lib.asked_fields import FILLED, Asked, Schema
from talanoa.lib.course_files import LEAST_WORDS, MOST_WORDS
from talanoa.lib.course_help import TITLES, told
from talanoa.lib.items import RULES, TYPES

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_RIGHT = {"properties": {"correct": {"const": True}}, "required": ["correct"]}
_NO_CODES: frozenset[str] = frozenset()


def schemas() -> dict[str, Schema]:
    """Return all schemas by the names of their files."""
    made = {
        "course": _course(),
        "lesson": _one(lambda fields: lessons.front_matter(fields, _NO_CODES)),
        "item": _item(),
        "rubric": _rubric(),
        "sheet": _one(lambda fields: course_files.sheet(fields, "")),
        "sources": _many(course_files.source),
        "competencies": _many(course_files.competency),
        "moments": _many(moments.moment),
    }
    return {f"{key}.schema.json": _explained(key, schema) for key, schema in made.items()}


def _one(read: Callable[[Asked], object], answers: Mapping[str, str] | None = None) -> Schema:
    """Return the schema of a mapping that `read` takes, where some of its fields have `answers`."""
    asked = Asked(answers or {})
    read(asked)
    return asked.schema()


def _many(read: Callable[[Asked], object]) -> Schema:
    return {"type": "array", "items": _one(read)}


def _course() -> Schema:
    made = _one(lambda fields: course_files.head(fields, _NO_CODES))
    words = rf"^\s*(\S+\s+){{{LEAST_WORDS - 1},{MOST_WORDS - 1}}}\S+\s*$"
    for name in ("summary", "why"):
        made["properties"][name]["pattern"] = words
    return made


def _rubric() -> Schema:
    made = _one(item_files.rubric)
    made["properties"]["criteria"]["items"]["properties"]["levels"]["minItems"] = item_files.LEVELS
    return made


def _item() -> Schema:
    """Return the schema of an item: which fields it has depends on its type."""
    kinds = {kind: _one(lambda fields: item_files.item(fields, _NO_CODES), {"type": kind}) for kind in TYPES}
    for kind in ("choice", "multi"):
        options = kinds[kind]["properties"]["options"]
        options["contains"] = _RIGHT
        # A wrong option says why it is wrong.
        options["items"] |= {
            "if": _RIGHT,
            "else": {"required": ["why"], "properties": {"why": {"pattern": FILLED}}},
        }
    kinds["choice"]["properties"]["options"]["maxContains"] = 1
    kinds["textedit"]["properties"]["checks"]["items"] = _by("rule", {rule: _check(rule) for rule in RULES})
    return _by("type", kinds)


def _check(rule: str) -> Schema:
    return _one(item_files.check, {"rule": rule})


def _by(name: str, kinds: Mapping[str, Schema]) -> Schema:
    """Return the schema of a mapping whose field `name` says which of `kinds` it is."""
    cases = [
        {"if": {"properties": {name: {"const": kind}}, "required": [name]}, "then": schema}
        for kind, schema in kinds.items()
    ]
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"enum": list(kinds)}},
        "allOf": cases,
    }


def _explained(key: str, schema: Schema) -> Schema:
    """Return a schema with its head, and with the words that an editor shows beside each field."""
    _explain((key,), schema)
    return {"$schema": DRAFT, "title": TITLES[key], **schema}


def _explain(path: tuple[str, ...], schema: Schema) -> None:
    for name, field in schema.get("properties", {}).items():
        field["description"] = told((*path, name))
        _explain((*path, name), field)
    for part in (schema.get("items"), *(case["then"] for case in schema.get("allOf", ()))):
        if part:
            _explain(path, part)


def as_lines(schema: Mapping[str, Any]) -> str:
    """Return the text of the file of a schema."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
