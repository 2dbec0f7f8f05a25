"""What the entry of an act tells of who acted."""

from typing import Any

from conftest import START
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Process
from talanoa.record.queries import public_fields

State = Process.State


def facts(**other: Any) -> dict[str, Any]:
    return charter.template("open-consultation", title="How should training be funded?") | other


def create(person: Person, key: str = "nm", **other: Any) -> Process:
    return create_process(by=person, key=key, facts=facts(**other), at=START, channel="web")


def test_the_group_stands_on_the_record_from_the_fifth_member_on(
    process: Process, send: Any, yusuf: Person
) -> None:
    for name in ("Halima", "Abdi"):
        enter(process, Person.objects.create(name=name, group="civil_society"), at=START)
    fourth = send(yusuf, "There are four of us, with Amina.").contribution.entry
    enter(process, Person.objects.create(name="Fatuma", group="civil_society"), at=START)
    fifth = send(yusuf, "Now there are five.").contribution.entry
    assert [public_fields(entry).get("g") for entry in (fourth, fifth)] == [None, "civil_society"]
