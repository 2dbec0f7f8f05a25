"""Who holds a seat: somebody joins by the code of the room, leaves it, or did nothing for two days."""

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.remarking import Remarked, comment_on
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.practice.actions.opening import seat_unknown
from talanoa.practice.actions.performing import CHANNEL, MINUTE, begin_drafting, office_of
from talanoa.practice.models import Room, Seat
from talanoa.processes.models import Role

IDLE_DAYS = 2


@transaction.atomic
def join_room(code: str, *, by: Person, seat: str) -> Seat:
    """Take a free seat of a room by the code that its trainer hands out, on its first day.

    Raises RuleBroken: code_unknown, room_over, seat_unknown, seat_held.
    """
    rows = Room.objects.select_for_update(of=("self",), no_key=True).filter(mode=Room.Mode.COHORT)
    room = rows.filter(code=code.strip().lower()).first()
    if room is None:
        raise RuleBroken(_("There is no room with this code. Look at it once more."), code="code_unknown")
    room.check_running()
    if room.seats.filter(player=by).exists():
        raise RuleBroken(_("You hold a seat in this room already."), code="seat_held")
    found = room.seats.filter(role=seat, player=None, left_by=None).first()
    if found is None or room.done.filter(seat=seat).exists():
        raise seat_unknown()
    found.player, found.acted_on = by, room.day
    found.save(update_fields=["player", "acted_on"])
    return found


@transaction.atomic
def hand_over(room: Room, seat: str, *, by: Person) -> Seat:
    """Hand a seat to its script, which everybody in the room is told: one's own, or as who leads the room, any.

    Raises NotAllowed; RuleBroken: room_over, seat_unknown.
    """
    room = Room.objects.select_for_update(of=("self",), no_key=True).select_related("process").get(pk=room.pk)
    room.check_running()
    found = room.seats.filter(role=seat, player__isnull=False).first()
    if found is None:
        raise seat_unknown()
    if by.pk not in (found.player_id, room.facilitator_id):
        raise NotAllowed(_("Whoever plays the seat, or leads the room, does this."))
    return _hand_over(room, found)


def hand_over_idle(room: Room) -> list[Seat]:
    """Hand over the seats whose players did nothing for two days; part of the end of a day in a cohort."""
    if room.mode == Room.Mode.SOLO:
        return []
    idle = room.seats.filter(player__isnull=False, acted_on__lte=room.day - IDLE_DAYS)
    return [_hand_over(room, seat) for seat in idle]


def _hand_over(room: Room, seat: Seat) -> Seat:
    """Let the script play, and say so in the room itself: the secretariat comments on the whole draft."""
    begin_drafting(room)
    seat.left_by, seat.player, seat.handed_on = seat.player, None, room.day
    seat.save(update_fields=["left_by", "player", "handed_on"])
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
        channel=CHANNEL,
        at=room.now,
    )
    room.now += MINUTE
    room.save(update_fields=["now"])
    return seat
