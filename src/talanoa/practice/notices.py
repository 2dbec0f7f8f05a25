"""Who is written to about a room: those who play in it and whoever leads it, and nobody else ever."""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.mail.letters import in_language_of
from talanoa.mail.outbox import PROOF
from talanoa.people.models import Person
from talanoa.practice.letters import ADDRESS, morning_lines, subject
from talanoa.practice.models import Room, Seat


def tell_morning(room: Room, *, at: datetime) -> None:
    """Write to all who play in a group that a new day has begun, or that the debrief is open. One letter each."""
    if room.mode == Room.Mode.SOLO:
        return
    seats = {seat.player: seat for seat in room.seats.filter(player__isnull=False).select_related("player")}
    for person in dict.fromkeys([*seats, room.facilitator]):
        if person is not None and person.address:
            _write(room, person, seats.get(person), at=at)


def _write(room: Room, person: Person, seat: Seat | None, *, at: datetime) -> None:
    told = _("The debrief is open") if room.is_over else _("Day %(day)s") % {"day": room.day}
    with in_language_of(person):
        queue_mail(
            key=f"room-{room.process.key}-{room.day}{'-over' if room.is_over else ''}-{person.pk}",
            to=person.address,
            subject=subject(room, told),
            text="\n".join(morning_lines(room, seat)),
            headers={PROOF: tokens.issue(person, process_key=ADDRESS, number=None, at=at)},
            process_key=ADDRESS,
            at=at,
        )
