"""What may stand on the record: a closed list of kinds."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.people.models import Person
from talanoa.record.events import KINDS, Committed, Event, LogOpened


def test_the_kinds_of_all_apps_are_known_by_name_and_version() -> None:
    ours = {kind: event for kind, event in KINDS.items() if not kind.startswith("test.")}
    assert ours["log.opened.1"] is LogOpened
    assert all(event.kind == kind and kind.rpartition(".")[2].isdecimal() for kind, event in ours.items())


def test_two_events_never_share_a_kind() -> None:
    with pytest.raises(TypeError, match=r"Two events are called log\.opened\.1"):

        @dataclass(frozen=True)
        class Another(Event):
            kind: ClassVar[str] = "log.opened.1"


def test_an_event_does_not_use_the_names_of_the_leaf_itself() -> None:
    @dataclass(frozen=True)
    class Numbered(Event):
        kind: ClassVar[str] = "test.numbered.1"
        told: ClassVar[Promise] = _("Numbered.")
        n: int

    with pytest.raises(TypeError, match="uses names of the leaf itself"):
        Numbered(n=7).public()


def test_a_field_is_public_or_committed() -> None:
    @dataclass(frozen=True)
    class Greeted(Event):
        kind: ClassVar[str] = "test.greeted.1"
        told: ClassVar[Promise] = _("Greeted.")
        place: str
        name: Committed

    person = Person(name="Sione Vea")
    event = Greeted(place="nukualofa", name=Committed(person, "name"))
    assert event.public() == {"place": "nukualofa"}
    assert {field: value.value for field, value in event.committed().items()} == {"name": "Sione Vea"}
