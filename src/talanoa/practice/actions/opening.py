"""How a room is opened: its people, its charter, its call for input; all by the steps of a real process."""

from base64 import b32encode
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL, Space
from talanoa.lib.counterparts import opening
from talanoa.lib.course_files import Files
from talanoa.lib.processkeys import PRACTICE
from talanoa.lib.scenarios import Scenario
from talanoa.people.actions import know_person
from talanoa.people.interests import Interests
from talanoa.people.models import Group, Person
from talanoa.practice.actions.performing import CHANNEL, perform
from talanoa.practice.models import Room, Seat, scenario_of
from talanoa.practice.permissions import require_facilitator, require_known
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Role
from talanoa.record.actions import open_log

BEFORE = timedelta(hours=23)
"""The call for input opens so long before the room does; it lasts one day, so it ends one hour into day 1."""
CONVENOR, SECRETARIAT, CHAIR = "Convenor of the room", "Secretariat of the room", "Chair of the room"
NO_INTERESTS = "This is the chair of a practice room. It has no interest in the outcome."
MOST_ROOMS = 20
"""So many rooms of one person run at the same time."""


@transaction.atomic
def open_room(
    files: Files,
    *,
    by: Person,
    seat: str = "",
    seed: bytes,
    origin: str,
    mode: str = Room.Mode.SOLO,
    at: datetime,
    channel: str,
    began_at: datetime | None = None,
    variant: str = "",
) -> Room:
    """Open a room from the files of a scenario, with `by` in `seat`, and let the scripts hand in their inputs.

    `seed` (32 bytes) decides all chance in it, and with `variant` the key of its process; `origin` names its log. Its
    clock begins at `began_at`, or `at` (aware, UTC).
    Raises ScenarioWrong; NotAllowed; RuleBroken: seat_unknown, too_many_rooms.
    """
    require_known(by)
    told = {path: data.decode() for path, data in files.data.items()}
    scenario = scenario_of(files.name, told)
    if Room.objects.filter(facilitator=by, state=Room.State.RUNNING).count() >= MOST_ROOMS:
        raise RuleBroken(
            _("You lead %(most)s rooms that still run. Finish or delete one first.") % {"most": MOST_ROOMS},
            code="too_many_rooms",
        )
    if seat and seat not in {one.id for one in scenario.seats}:
        raise RuleBroken(_("There is no such free seat in this room."), code="seat_unknown")
    begins = began_at or at
    with override(scenario.language):
        process = _process(
            scenario, seed=seed, origin=f"{origin}/{_key(seed, variant)}", at=begins, variant=variant
        )
    room = Room.objects.create(
        process=process,
        scenario_id=scenario.id,
        files=told,
        sha256=scenario.sha256,
        mode=mode,
        facilitator=by,
        code=b32encode(entropy(REAL, "code of a room"))[:8].decode().lower(),
        state=Room.State.GATHERING,
        began_at=begins,
        now=begins,
        created_at=at,
    )
    _seats(room, scenario, player=by, role=seat)
    return begin_room(room, by=by, at=at, channel=channel) if mode == Room.Mode.SOLO else room


@transaction.atomic
def begin_room(room: Room, *, by: Person, at: datetime, channel: str) -> Room:
    """Begin the first day: who sits now plays, and scripts in all other seats hand in their inputs.

    Raises NotAllowed; RuleBroken: wrong_state.
    """
    room = Room.objects.locked(room)
    require_facilitator(room, by)
    if room.state != Room.State.GATHERING:
        raise RuleBroken(_("This room has begun already."), code="wrong_state")
    room.state = Room.State.RUNNING
    room.save(update_fields=["state"])
    for act in opening(room.scenario, humans=room.played()):
        perform(room, act, at=at, channel=channel)
    return room


def _key(seed: bytes, variant: str) -> str:
    space = Space("practice", "", seed)
    return PRACTICE + entropy(space, f"key of the room {variant}")[:4].hex()


def _process(scenario: Scenario, *, seed: bytes, origin: str, at: datetime, variant: str) -> Process:
    """Charter and open the process of a room, by the people of its office."""
    opened = at - BEFORE
    space = Space("practice", _key(seed, variant), seed)
    open_log(origin=origin, at=opened, space=space)
    convenor = know_person(name=CONVENOR)
    process = create_process(
        by=convenor, key=space.key, facts=_facts(scenario), at=opened, channel=CHANNEL, space=space
    )
    by = enter(process, convenor, at=opened)
    for name, role in ((SECRETARIAT, Role.SECRETARIAT), (CHAIR, Role.CHAIR)):
        give_role(process, know_person(name=name), role=role, by=by, at=opened, channel=CHANNEL)
    chair = Participant.objects.get(process=process, roles__role=Role.CHAIR).person
    state_interests(process, by=chair, interests=Interests(text=NO_INTERESTS), at=opened, channel=CHANNEL)
    publish_charter(process, by=by, at=opened, channel=CHANNEL)
    return open_process(process, by=by, at=opened, channel=CHANNEL)


def _facts(scenario: Scenario) -> dict[str, Any]:
    facts = charter.template("working-group", title=scenario.title)
    short = {"input": 1, "drafting": 1, "consensus": 1}
    stages = [stage | {"days": short.get(stage["kind"], stage.get("days"))} for stage in facts["stages"]]
    return facts | {"question": scenario.summary, "stages": stages, "languages": [scenario.language]}


def _seats(room: Room, scenario: Scenario, *, player: Person, role: str) -> None:
    for seat in scenario.seats:
        group = seat.group.replace("-", "_")
        person = know_person(name=seat.name, group=group if group in Group.values else Group.OTHER)
        member = enter(room.process, person, at=room.began_at)
        Seat.objects.create(
            room=room, role=seat.id, participant=member, player=player if seat.id == role else None
        )
