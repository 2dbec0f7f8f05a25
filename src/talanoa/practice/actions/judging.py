"""Whoever leads a room gives a seat a level that the rules did not see, or saw otherwise, and says why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.debriefs import MOST_LEVEL
from talanoa.people.models import Person
from talanoa.practice.models import Level, Room
from talanoa.practice.permissions import require_facilitator

SENTENCE_LIMIT = 500


@transaction.atomic
def give_level(
    room: Room,
    *,
    seat: str,
    criterion: str,
    level: int,
    sentence: str,
    by: Person,
    at: datetime,
    channel: str,  # noqa: ARG001 - as every act
) -> Level:
    """Give the seat with the role `seat` a level in one criterion; another one replaces it. No entry: it is learning.

    Nobody judges themselves. Raises NotAllowed; RuleBroken: debrief_closed, seat_unknown, levels_unfit,
    comment_missing, line_too_long.
    """
    require_facilitator(room, by)
    room.check_over()
    found = room.seats.filter(role=seat, player__isnull=False).first()
    if found is None:
        raise RuleBroken(_("Nobody played this seat."), code="seat_unknown")
    if found.player_id == by.pk:
        raise NotAllowed(_("Nobody judges themselves here."))
    known = {one.id for one in room.scenario.criteria}
    if criterion not in known or not 0 <= level <= MOST_LEVEL:
        raise RuleBroken(_("Choose a criterion of the rubric and a level from 0 to 3."), code="levels_unfit")
    said = fitting_line(sentence, SENTENCE_LIMIT)
    if not said:
        raise RuleBroken(_("Tell them in a sentence why: levels alone teach nobody."), code="comment_missing")
    made, _is_new = Level.objects.update_or_create(
        seat=found, criterion=criterion, defaults={"level": level, "sentence": said, "at": at}
    )
    return made
