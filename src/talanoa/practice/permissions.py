"""Who may do what in a practice room. By seat, not by login: a chair of a room is nothing outside of it."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.practice.models import Room, Seat


def require_player(room: Room, by: Person) -> Seat:
    """Return the seat that `by` plays. Raises NotAllowed."""
    seat = room.seats.filter(player=by).select_related("participant__person").first()
    if seat is None:
        raise NotAllowed(_("You hold no seat in this room."))
    return seat


def require_facilitator(room: Room, by: Person) -> None:
    """Refuse whoever does not lead the room. Raises NotAllowed."""
    if room.facilitator_id != by.pk:
        raise NotAllowed(_("This step belongs to whoever opened the room."))


def require_known(by: Person) -> None:
    """Refuse whoever is nobody outside of a room: its own people play in no other. Raises NotAllowed."""
    if by.user_id is None and not by.address:
        raise NotAllowed(_("Sign in first."))


def require_seat_holder(seat: Seat, by: Person) -> None:
    """Refuse whoever neither plays the seat nor leads its room. Raises NotAllowed."""
    if by.pk not in (seat.player_id, seat.room.facilitator_id):
        raise NotAllowed(_("Whoever plays the seat, or leads the room, does this."))
