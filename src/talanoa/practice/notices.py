"""What comes to those who practiced by the clock: a month after the debrief, whether they did what they meant to do."""

from datetime import datetime, timedelta

from talanoa.mail.actions import queue_mail
from talanoa.mail.letters import in_language_of
from talanoa.people.models import Person
from talanoa.practice.actions.seating import note_asked
from talanoa.practice.letters import ADDRESS, asked_lines, asked_subject
from talanoa.practice.models import Seat
from talanoa.processes.queries import open_processes

ASK_AFTER = timedelta(days=30)
OFFERED = 3


def ask_about_promises(*, at: datetime) -> None:
    """Write to each player, 30 days after the debrief, what they meant to do, and ask whether they did; once."""
    due = Seat.objects.filter(promised_at__lte=at - ASK_AFTER, asked_at=None, player__isnull=False)
    for seat in due.select_related("room__process", "player").order_by("pk"):
        note_asked(seat, at=at)
        if seat.player is not None and seat.player.address:
            _ask(seat, seat.player, at=at)


def _ask(seat: Seat, player: Person, *, at: datetime) -> None:
    with in_language_of(player):
        queue_mail(
            key=f"promise-{seat.pk}-{seat.promised_at:%Y%m%d%H%M%S}",
            to=player.address,
            subject=asked_subject(seat.room),
            text="\n".join(asked_lines(seat, open_processes(at)[:OFFERED])),
            process_key=ADDRESS,
            at=at,
        )
