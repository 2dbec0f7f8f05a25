"""What the lines of a mail, or of the command line, do in a room: the same lines, and the same answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_lines import AGAIN, END_DAY, JOIN, LEAVE, OPEN, PROMISE, Line, as_act, lines
from talanoa.people.models import Person
from talanoa.practice.actions.acting import act, end_day
from talanoa.practice.actions.forking import fork_room
from talanoa.practice.actions.opening import open_room
from talanoa.practice.actions.seating import hand_over, join_room, keep_promise
from talanoa.practice.letters import act_line, tell_morning
from talanoa.practice.models import Room, Taken
from talanoa.practice.permissions import require_player
from talanoa.practice.queries import packs, place_of_logs


@transaction.atomic
def play(
    text: str, *, by: Person, key: str, dedup_key: str = "", at: datetime, channel: str
) -> tuple[Room, list[str]]:
    """Do what the lines of `text` ask for, all or nothing; return the room in which it ended, and what was done.

    `key` names the room; "" is the only one of `by` that runs. The same `dedup_key` again does nothing.
    Raises NotAllowed; RuleBroken: act_incomplete, room_unknown, scenario_unknown, and what the steps raise.
    """
    before = Taken.objects.filter(key=dedup_key, room__in=Room.objects.visible_to(by).values("pk")).first()
    if before:
        return before.room, []
    asked = lines(text)
    if not asked:
        raise RuleBroken(
            _("Begin a line with what you want to do, such as: ask small 4: What do you need? Or: end day"),
            code="act_incomplete",
        )
    told: list[str] = []
    found = _entered(asked[0], by, at=at, channel=channel)
    rest = asked if found is None else asked[1:]
    found = found or _meant(key, by)
    for line in rest:
        found = _do(found, line, by, told, at=at, channel=channel)
    if dedup_key:
        Taken.objects.create(room=found, key=dedup_key)
    return found, told


def _entered(line: Line, person: Person, *, at: datetime, channel: str) -> Room | None:
    """Open or join a room where the first line asks for it. Raises what those steps raise."""
    first, _blank, seat = line.rest.partition(" ")
    if line.word == JOIN:
        return join_room(first, by=person, seat=seat).room
    if line.word != OPEN:
        return None
    if first not in packs():
        raise RuleBroken(
            _("There is no such scenario. There are: %(names)s.") % {"names": ", ".join(packs())},
            code="scenario_unknown",
        )
    return open_room(
        packs()[first][0],
        by=person,
        seat=seat,
        seed=entropy(REAL, "seed of a room"),
        origin=place_of_logs(),
        at=at,
        channel=channel,
    )


def _meant(key: str, person: Person) -> Room:
    """Return the room with a key, or the only one that runs. Raises RuleBroken: room_unknown."""
    rows = Room.objects.visible_to(person).select_related("process", "facilitator")
    chosen = rows.filter(process__key=key) if key else rows.filter(state=Room.State.RUNNING)
    found = list(chosen[:2])
    if len(found) != 1:
        raise RuleBroken(
            _(
                "Answer a letter of the room that you mean, or write its key, such as pr-0a1b2c3d, into the subject."
            ),
            code="room_unknown",
        )
    return found[0]


def _do(found: Room, line: Line, person: Person, told: list[str], *, at: datetime, channel: str) -> Room:
    """Do one thing, say what was done, and return the room in which it goes on."""
    by = {"by": person, "at": at, "channel": channel}
    if line.word == END_DAY:
        before = found.day
        found = end_day(found, **by)  # type: ignore[arg-type]
        if found.day > before or found.is_over:
            tell_morning(found, at=at)
        return found
    if line.word == LEAVE:
        hand_over(found, line.rest or require_player(found, person).role, **by)  # type: ignore[arg-type]
    elif line.word == AGAIN:
        day = int(line.rest.split()[-1])
        return fork_room(found, day=day, origin=place_of_logs(), **by)  # type: ignore[arg-type]
    elif line.word == PROMISE:
        keep_promise(found, sentence=line.text, **by)  # type: ignore[arg-type]
    else:
        done = act(found, _read(line, found), **by)  # type: ignore[arg-type]
        told.append(act_line(found.scenario, done.number, done.as_act()).strip())
    return found


def _read(line: Line, found: Room) -> Act:
    try:
        return as_act(line, found.scenario)
    except (ValueError, StopIteration) as wrong:
        raise RuleBroken(str(wrong) or _("This line cannot be read here."), code="act_incomplete") from wrong
