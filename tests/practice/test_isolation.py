"""Nothing of a practice room comes out of it, and nothing real comes in: lists, search, letters, addresses, acts."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from conftest import START, day
from practice.conftest import Opens, live
from steps import refusal
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.practice_acts import Act
from talanoa.lib.studies.packs import Pack
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.receiving import receive
from talanoa.meetings.actions.calling import Planned, announce_meeting
from talanoa.people.models import Person
from talanoa.place.actions import change_default
from talanoa.practice.actions.acting import act
from talanoa.practice.actions.performing import office_of
from talanoa.practice.models import Room
from talanoa.processes import charter
from talanoa.processes.actions.announcing import announce, follow_list
from talanoa.processes.actions.chartering import create_process
from talanoa.processes.actions.inviting import invite
from talanoa.processes.actions.overlapping import question_overlap, search_overlaps
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.commands import process_called
from talanoa.processes.models import Invitee, Participant, Process, Role, Stage
from talanoa.processes.queries import decided_processes, known_keys, open_processes, stages_due
from talanoa.record.models import Entry
from talanoa.roster.actions.asking import Wanted, request_expert
from talanoa.search.queries import search
from talanoa.statements.actions.rounds import open_round
from talanoa.studies.actions import publish_of_process
from web import Reader

CANARY = "knpracticezz"
PACK = Pack({"title": "A"}, {}, "a" * 64, b"zip")
READERS = (
    "/",
    "/search/?words=League",
    "/record/",
    "/news/feed.atom",
    "/place/news/",
    "/research/",
    "/me/",
    "/registry/take-part/",
    "/evidence/",
)


@pytest.fixture
def played(opens: Opens, amina: Person) -> Room:
    """A room that was played to its end, with the canary in everything that its player said."""
    room = opens()
    act(room, Act(0, "", "state", text=f"We want {CANARY}."), by=amina, at=START, channel="web")
    act(
        room,
        Act(0, "", "ask", to="small", slot="transition", text=f"What is {CANARY}?"),
        by=amina,
        at=START,
        channel="web",
    )
    package = ("72h", "1k", "totals", "12m", "1y")
    act(
        room,
        Act(0, "", "propose", package=package, text=f"As {CANARY} says."),
        by=amina,
        at=START,
        channel="web",
    )
    room = live(room, amina, "silent", days=4)
    act(
        room,
        Act(0, "", "object", slot="registry", text=f"No {CANARY}.", remedy=CANARY),
        by=amina,
        at=START,
        channel="web",
    )
    return live(room, amina, "silent", days=1)


def rules() -> list[type[models.Model]]:
    """Every model with a rule of what may be read, save those of the rooms themselves and of persons' own things."""
    own = {"practice"}
    found = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]
    return [model for model in found if model._meta.app_label not in own]


def readable(model: type[models.Model], reader: Person | None) -> set[int]:
    """The rows of a model that somebody may read by its rule."""
    manager: Any = model._default_manager
    return set(manager.visible_to(reader).values_list("pk", flat=True))


def in_practice(model: type[models.Model], room: Room) -> set[int]:
    """The rows of a model that hang on the process of a room, by whatever way leads there."""
    if model is Person:
        return set(room.process.participants.values_list("person", flat=True))
    if model is Process:
        return {room.process_id}
    ways = {
        "process": room.process_id,
        "contribution__process": room.process_id,
        "call__process": room.process_id,
    }
    for way, key in ways.items():
        if way.split("__")[0] in {field.name for field in model._meta.get_fields()}:
            return set(model._default_manager.filter(**{way: key}).values_list("pk", flat=True))
    return set()


def test_nobody_may_read_a_row_of_practice_by_the_rules_of_real_processes(
    played: Room, amina: Person, yusuf: Person
) -> None:
    hidden = {model: in_practice(model, played) for model in rules()}
    held = {model._meta.label for model, rows in hidden.items() if rows}
    assert {"processes.Process", "contributions.Contribution", "inputs.Input", "drafts.Draft"} <= held
    assert {"consensus.Call", "consensus.Objection", "consensus.Position", "people.Person"} <= held
    for reader in (None, amina, yusuf):
        seen = {model._meta.label: readable(model, reader) & rows for model, rows in hidden.items()}
        assert {label: rows for label, rows in seen.items() if rows} == {}


def test_no_public_page_knows_of_it(played: Room, amina: Person, yusuf: Person) -> None:
    for reader in (Reader(), Reader(yusuf), Reader(amina, in_office=True)):
        told = {path: reader.open(path).text for path in READERS}
        assert [path for path, text in told.items() if played.process.key in text or CANARY in text] == []


def test_the_search_finds_nothing_of_it(played: Room, amina: Person) -> None:
    assert search(CANARY, person=amina, limit=9) == []


def test_its_process_has_no_address_of_a_real_one(room: Room, amina: Person) -> None:
    reader, found = Reader(amina, in_office=True), {}
    for page in ("", "charter/", "inputs/", "drafts/", "calls/", "feed.atom", "inputs.csv", "room.csv"):
        reader.open(f"/p/{room.process.key}/{page}")
        found[page] = reader.status
    assert set(found.values()) == {404}


def numbers() -> dict[str, object]:
    """What is counted and listed of the real place."""
    return {
        "open": [one.key for one in open_processes(START)],
        "decided": list(decided_processes()),
        "entries": Entry.objects.filter(log__name="real").count(),
        "due": stages_due(day(400)).count(),
        "letters": OutgoingMessage.objects.count(),
        "home": Reader().open("/").text,
        "research": Reader().open("/research/").text,
    }


def test_every_number_and_list_is_the_same_with_a_room_and_without(
    process: Process, opens: Opens, amina: Person
) -> None:
    before = numbers()
    live(opens(), amina)
    assert numbers() == before


def test_the_clock_does_nothing_in_a_room_and_writes_to_nobody(room: Room) -> None:
    running = room
    entries = Entry.objects.exclude(log__name="real").count()
    tick(at=day(400))
    assert Entry.objects.exclude(log__name="real").count() == entries
    assert running.process.stages.get(kind=Stage.Kind.INPUT).closed_at is None
    assert OutgoingMessage.objects.count() == 0


def test_the_export_of_the_record_holds_no_entry_of_it(room: Room, tmp_path: Path) -> None:
    call_command("record", "export", str(tmp_path), stdout=StringIO())
    told = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert room.process.key.encode() not in told


def test_a_mail_to_its_process_is_refused(room: Room) -> None:
    raw = f"From: y@garissa.example\nTo: {room.process.key}@talanoa.example\nSubject: x\n\nWe need more.\n"
    got = receive(raw.encode(), to=room.process.key, at=START)
    assert (got.number, got.code != "") == (None, True)
    assert known_keys([room.process.key]) == set()


def acts_outside(room: Room) -> dict[str, Callable[[], object]]:
    """Every act by which something of a room would reach the real place, by whoever has the role for it."""
    by = office_of(room, Role.CONVENOR)
    of = {"by": by, "at": START, "channel": "web"}
    hidden = room.process
    meeting = Planned("A", day(30), 60, "UTC", "Room 4")
    wanted = Wanted("expert", ("en",), "cables", day(30).date())
    told = {"list_id": "a.example", "name": "A", "post": "a@lists.example", "archive": ""}
    return {
        "invite": lambda: invite(hidden, [Invitee("A", "a@b.example")], **of),  # type: ignore[arg-type]
        "announce": lambda: announce(hidden, title="A", text="B", language="en", lists=(), **of),  # type: ignore[arg-type]
        "follow": lambda: follow_list(hidden, **told, **of),  # type: ignore[arg-type]
        "search": lambda: search_overlaps(hidden, by=by, at=START),
        "question": lambda: question_overlap(hidden, text="A", dedup_key="a", **of),  # type: ignore[arg-type]
        "expert": lambda: request_expert(hidden, wanted=wanted, **of),  # type: ignore[arg-type]
        "round": lambda: open_round(hidden, question="A", **of),  # type: ignore[arg-type]
        "meeting": lambda: announce_meeting(hidden, planned=meeting, **of),  # type: ignore[arg-type]
        "publish": lambda: publish_of_process(hidden, PACK, kind="audit", **of),  # type: ignore[arg-type]
    }


def test_space_crossed_is_the_answer_to_what_would_reach_outside(room: Room) -> None:
    found = {name: refusal(step) for name, step in acts_outside(room).items()}
    assert set(found.values()) == {"space_crossed"}


def test_nobody_real_has_a_role_in_a_room_or_enters_its_process(room: Room, yusuf: Person) -> None:
    by = office_of(room, Role.CONVENOR)
    with pytest.raises(RuleBroken, match="people of its own"), transaction.atomic():
        enter(room.process, yusuf, at=START)
    given = {"role": Role.CHAIR, "by": by, "at": START, "channel": "web"}
    assert refusal(lambda: give_role(room.process, yusuf, **given)) == "space_crossed"  # type: ignore[arg-type]


def test_no_default_changes_by_what_a_room_decided(room: Room, amina: Person) -> None:
    facts = charter.template("place") | {"runs": "We do."}
    place = create_process(by=amina, key="place", facts=facts, at=START, channel="cli")
    host = Participant.objects.get(process=place)
    change = {"default": "input", "days": 3, "decided": room.process, "recommendation": 1}
    act_ = lambda: change_default(place, by=host, at=START, channel="web", **change)  # type: ignore[arg-type] # noqa: E731
    assert refusal(act_) == "space_crossed"


def test_a_real_process_has_no_key_of_a_room_and_nobody_begins_practice_by_name(amina: Person) -> None:
    facts = charter.template("open-consultation", title="A")
    made = {"by": amina, "facts": facts, "at": START, "channel": "web"}
    assert refusal(lambda: create_process(key="pr-abc", **made)) == "key_reserved"  # type: ignore[arg-type]


def test_a_role_in_a_room_is_nothing_outside(room: Room, process: Process) -> None:
    chair = office_of(room, Role.CHAIR)
    with pytest.raises(NotAllowed):
        invite(process, [Invitee("A", "a@b.example")], by=chair, at=START, channel="web")


def test_the_database_lets_nothing_change_its_space(room: Room, process: Process) -> None:
    for one, other in ((process, True), (room.process, False)):
        with pytest.raises(DatabaseError, match="space_crossed"), transaction.atomic():
            Process.objects.filter(pk=one.pk).update(is_practice=other)


def test_the_database_keeps_what_is_real_and_the_names_of_logs(send: Any, yusuf: Person) -> None:
    send(yusuf)
    for table in ("record_entry", "inputs_input", "contributions_contribution", "documents_revision"):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")
    with pytest.raises(DatabaseError, match="space_crossed"), transaction.atomic():
        connection.cursor().execute("UPDATE record_log SET name = 'practice/x'")


def test_the_command_line_knows_no_process_of_a_room(room: Room) -> None:
    with pytest.raises(RuleBroken, match="There is no process"):
        process_called(room.process.key)
