"""A released kind of entry never changes: `kinds.json` is what was released.

A new kind is added to the file by hand; a new form of an old kind gets the next number.
"""

import json
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from architecture.source import PACKAGE
from talanoa.record.events import KINDS, Committed, Event

RELEASED = json.loads(Path(__file__).with_name("kinds.json").read_text(encoding="utf-8"))
for module in sorted(PACKAGE.glob("*/events.py")):
    import_module(f"talanoa.{module.parent.name}.events")
OURS = {name: kind for name, kind in KINDS.items() if kind.__module__.startswith("talanoa.")}


def kept_as(annotation: object) -> str:
    """How a field stands in the leaf: as it is (`str`, `int`), as a commitment, or as either."""
    options = get_args(annotation) or (annotation,)
    return "|".join(sorted("committed" if o is Committed else o.__name__ for o in options))


def shape(kind: type[Event]) -> dict[str, str]:
    return {f.name: kept_as(f.type) for f in fields(kind)}


def test_every_kind_in_the_code_is_in_the_list_of_released_kinds() -> None:
    new = {name: shape(kind) for name, kind in OURS.items() if name not in RELEASED}
    assert new == {}, f"add to kinds.json: {json.dumps(new)}"


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_released_kind_stays_as_it_is(name: str) -> None:
    assert shape(OURS[name]) == RELEASED[name]


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_kind_is_called_by_what_happened_and_a_number(name: str) -> None:
    thing, happened, version = name.split(".")
    assert thing.isalpha()
    assert happened.isalpha()
    assert version.isdigit()


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_kind_says_what_it_means(name: str) -> None:
    assert not (OURS[name].__doc__ or "").startswith(f"{OURS[name].__name__}(")


def test_the_list_is_in_order() -> None:
    assert list(RELEASED) == sorted(RELEASED)
