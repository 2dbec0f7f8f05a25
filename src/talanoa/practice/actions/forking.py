"""What if: the same room from a morning on, once more and apart from the first."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.course_files import Files
from talanoa.people.models import Person
from talanoa.practice.actions.opening import open_room
from talanoa.practice.actions.performing import perform
from talanoa.practice.models import Room
from talanoa.practice.permissions import require_player


@transaction.atomic
def fork_room(room: Room, *, day: int, by: Person, origin: str, at: datetime, channel: str) -> Room:
    """Open the same room again as it stood in the morning of a day, with its own log: all that was done before is done.

    `by` plays the seat that they played. Raises NotAllowed; RuleBroken: day_unknown, too_many_rooms.
    """
    seat = require_player(room, by)
    if room.mode != Room.Mode.SOLO or not 1 < day <= room.day:
        raise RuleBroken(_("Choose a day of your own room that has begun."), code="day_unknown")
    made = open_room(
        Files(room.scenario_id, {path: text.encode() for path, text in room.files.items()}),
        by=by,
        seat=seat.role,
        seed=room.process.space.seed,
        origin=origin,
        began_at=room.began_at,
        variant=f"{room.process.key} {day} {room.forks.count()}",
        at=at,
        channel=channel,
    )
    before = room.done.filter(day__lt=day).order_by("number")
    for done in before[made.done.count() :]:
        made.now = done.at
        perform(made, done.as_act(), at=at, channel=channel)
    made.parent, made.forked_on, made.day, made.now = room, day, day, made.morning(day)
    made.save(update_fields=["parent", "forked_on", "day", "now"])
    return made
