"""Practice rooms of the author: one that runs, and one that is over."""

from dataclasses import replace
from datetime import datetime

from permissions.canaries import canary
from talanoa.lib.course_files import Files
from talanoa.lib.practice_acts import Act
from talanoa.people.models import Person
from talanoa.practice.actions.acting import act, end_day
from talanoa.practice.actions.opening import open_room
from talanoa.practice.actions.seating import keep_promise
from talanoa.practice.models import Level, Room
from talanoa.practice.queries import packs

SCENARIO = "72-hours"
SEEDS = {"running": b"r" * 32, "over": b"o" * 32, "gathering": b"g" * 32}
BRIEF = "roles/small.md"


def practice(author: Person, at: datetime) -> dict[str, Room]:
    """The rooms by their state; in the running one the brief of another seat has its canary, and what was said."""
    files, _scenario = packs()[SCENARIO]
    open_ = {"by": author, "origin": "talanoa.example/practice", "at": at, "channel": "web"}
    rooms = {
        "running": open_room(_marked(files), seat="consumer", seed=SEEDS["running"], **open_),  # type: ignore[arg-type]
        "over": open_room(files, seat="consumer", seed=SEEDS["over"], **open_),  # type: ignore[arg-type]
        "gathering": open_room(files, seed=SEEDS["gathering"], mode=Room.Mode.COHORT, **open_),  # type: ignore[arg-type]
    }
    said = Act(0, "", "ask", to="small", slot="transition", text=canary("room-said"))
    act(rooms["running"], said, by=author, at=at, channel="web")
    for _day in range(5):
        rooms["over"] = end_day(rooms["over"], by=author, at=at, channel="web")
    keep_promise(rooms["over"], sentence=canary("room-promise"), by=author, at=at, channel="web")
    seat = rooms["over"].seats.get(player=author)
    Level.objects.create(seat=seat, criterion="R2", level=3, sentence=canary("room-level"), at=at)
    return rooms


def _marked(files: Files) -> Files:
    brief = files.text(BRIEF).replace(
        "::: confidential\n", f"::: confidential\n{canary('room-brief')}\n\n", 1
    )
    return replace(files, data=dict(files.data) | {BRIEF: brief.encode()})
