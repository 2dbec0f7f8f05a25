"""Who holds a seat: somebody joins by the code of the room, leaves it, or did nothing for two days."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.remarking import Remarked, comment_on
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.learning.actions.answering import note_room
from talanoa.people.models import Person
from talanoa.practice.actions.performing import MINUTE, begin_drafting
from talanoa.practice.models import Room, Seat
from talanoa.practice.permissions import require_known, require_player, require_seat_holder
from talanoa.practice.queries import office_of
from talanoa.processes.models import Role

IDLE_DAYS = 2


@transaction.atomic
def join_room(code: str, *, by: Person, seat: str) -> Seat:
    """Take a free seat of a room by the code that its trainer hands out, before it begins.

    Raises NotAllowed; RuleBroken: code_unknown, seat_unknown, seat_held.
    """
    require_known(by)
    rows = Room.objects.select_for_update(of=("self",), no_key=True).filter(mode=Room.Mode.COHORT)
    room = rows.filter(code=code.strip().lower()).first()
    if room is None or room.state != Room.State.GATHERING:
        raise RuleBroken(
            _("No room takes people by this code now. Look at it once more."), code="code_unknown"
        )
    if room.seats.filter(player=by).exists():
        raise RuleBroken(_("You hold a seat in this room already."), code="seat_held")
    found = room.free_seat(seat)
    found.player, found.acted_on = by, room.day
    found.save(update_fields=["player", "acted_on"])
    return found


@transaction.atomic
def hand_over(room: Room, seat: str, *, by: Person, at: datetime, channel: str) -> Seat:
    """Hand a seat to its script, which everybody in the room is told: one's own, or as who leads the room, any.

    Raises NotAllowed; RuleBroken: room_over, seat_unknown.
    """
    room = Room.objects.locked(room)
    room.check_running()
    found = room.seats.filter(role=seat, player__isnull=False).first()
    if found is None:
        raise RuleBroken(_("Nobody plays this seat."), code="seat_unknown")
    require_seat_holder(found, by)
    return _hand_over(room, found, at=at, channel=channel)


@transaction.atomic(savepoint=False)
def hand_over_idle(room: Room, *, at: datetime, channel: str) -> list[Seat]:
    """Hand over the seats whose players did nothing for two days; part of the end of a day in a cohort."""
    if room.mode == Room.Mode.SOLO:
        return []
    idle = room.seats.filter(player__isnull=False, acted_on__lte=room.day - IDLE_DAYS)
    return [_hand_over(room, seat, at=at, channel=channel) for seat in idle]


def _hand_over(room: Room, seat: Seat, *, at: datetime, channel: str) -> Seat:
    """Let the script play, and say so in the room itself: the secretariat comments on the whole draft."""
    begin_drafting(room)
    seat.left_by, seat.player, seat.handed_on, seat.handed_at = seat.player, None, room.day, at
    seat.save(update_fields=["left_by", "player", "handed_on", "handed_at"])
    draft = Draft.objects.select_related("document").get(process=room.process_id)
    office = office_of(room, Role.SECRETARIAT)
    newest = draft.document.latest()
    assert newest is not None  # noqa: S101 - a draft is begun with its first revision
    comment_on(
        newest,
        by=office,
        author=author_of(office.person, assurance=Assurance.PROVEN),
        said=Remarked(
            "", f"From day {room.day} on, a script plays the seat: {room.scenario.seat(seat.role).name}."
        ),
        dedup_key=f"handed-{seat.role}",
        channel=channel,
        at=room.now,
    )
    room.now += MINUTE
    room.save(update_fields=["now"])
    return seat


@transaction.atomic
def keep_promise(room: Room, *, by: Person, sentence: str, at: datetime, channel: str) -> Seat:
    """Keep what `by` means to do in the next real process; only they read it. With it their debrief is done.

    So the room counts in the courses that ask for it. `at` is the world's time (aware, UTC). Raises NotAllowed;
    RuleBroken: debrief_closed, line_too_long.
    """
    seat = require_player(room, by)
    room.check_over()
    seat.promise, seat.promised_at, seat.asked_at = fitting_line(sentence, 500), at, None
    seat.save(update_fields=["promise", "promised_at", "asked_at"])
    note_room(scenario=room.scenario_id, room=room.process.key, by=by, at=at, channel=channel)
    return seat


@transaction.atomic
def note_asked(seat: Seat, *, at: datetime) -> None:
    """Note that the player of a seat was asked at `at` (the world's time) whether they did what they meant to do."""
    seat.asked_at = at
    seat.save(update_fields=["asked_at"])
