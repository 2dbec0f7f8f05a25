"""Questions about practice: which scenarios there are, and what is done in a room."""

from functools import cache

from django.db.models import Q, QuerySet

from talanoa.documents.models import Revision
from talanoa.lib import practice_acts as kinds
from talanoa.lib import scenarios
from talanoa.lib.course_files import Files, files_in
from talanoa.lib.scenario_files import read
from talanoa.lib.scenarios import Scenario
from talanoa.people.models import Person
from talanoa.practice.models import Room, Seat
from talanoa.processes.models import Participant, Role
from talanoa.record.models import Log
from talanoa.registry.skin import CONTENT

FOLDER = CONTENT / "scenarios"


@cache
def packs() -> dict[str, tuple[Files, Scenario]]:
    """Return every scenario by its id, with its files. They change when the program is started anew."""
    found = sorted(FOLDER.glob("*/scenario.yaml"))
    files = [files_in(path.parent) for path in found]
    return {pack.name: (pack, read(pack)) for pack in files}


def root_of(room: Room) -> str:
    """Return the root of the room's own log, as its newest checkpoint has it: what a replay must give again."""
    log = Log.objects.get(name=room.process.space.log)
    newest = log.checkpoints.order_by("-size").first()
    return newest.note.split("\n")[2] if newest else ""


def place_of_logs() -> str:
    """Return what the names of the logs of rooms begin with: that of the real record, and the word practice."""
    real = Log.objects.filter(name="real").values_list("origin", flat=True).first() or "record"
    return f"{real}/practice"


def free_seats(code: str) -> list[scenarios.Seat]:
    """Return the seats that can be taken in the room with a code; none where there is no such room."""
    rows = Room.objects.filter(mode=Room.Mode.COHORT, state=Room.State.GATHERING)
    room = rows.filter(code=code.strip().lower()).first() if code else None
    if room is None:
        return []
    taken = set(room.seats.exclude(player=None).values_list("role", flat=True))
    return [seat for seat in room.scenario.seats if seat.id not in taken]


def seats_of(person: Person) -> QuerySet[Seat]:
    """Return the seats that somebody plays or played, with their rooms, the newest first."""
    rows = Seat.objects.filter(Q(player=person) | Q(left_by=person)).select_related("room__process")
    return rows.prefetch_related("levels").order_by("-pk")


def person_of(room: Room, role: str) -> Participant:
    """Return who acts for a seat in the process of the room; the chair has an office of its own."""
    if role == kinds.CHAIR:
        return office_of(room, Role.CHAIR)
    rows = Participant.objects.select_related("person", "process").prefetch_related("roles")
    return rows.get(seat__room=room, seat__role=role)


def office_of(room: Room, role: Role) -> Participant:
    """Return who holds an office in the process of the room."""
    rows = Participant.objects.select_related("person", "process").prefetch_related("roles")
    return rows.get(process=room.process_id, roles__role=role)


def anchors(scenario: Scenario, revision: Revision) -> dict[str, str]:
    """Return the anchor of the paragraph of each slot: they are the last ones of the text, in order."""
    blocks = list(revision.paragraphs.order_by("position"))[-len(scenario.slots) :]
    return {slot.id: block.anchor for slot, block in zip(scenario.slots, blocks, strict=True)}
