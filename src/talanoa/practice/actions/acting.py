"""What persons do in a room: an act, and the end of their day, after which the scripts act."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib import practice_acts as kinds
from talanoa.lib.counterparts import reactions
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_state import Standing, standing
from talanoa.lib.scenarios import Scenario
from talanoa.people.models import Person
from talanoa.practice.actions.performing import begin_drafting, perform
from talanoa.practice.actions.seating import hand_over_idle
from talanoa.practice.models import Done, Room
from talanoa.practice.permissions import require_player

MOST_A_DAY = 20
TEXT_LIMIT = 4000
NEED_WORDS = (kinds.STATE, kinds.ASK, kinds.TELL, kinds.REPAIR, kinds.PROPOSE, kinds.OBJECT, kinds.CONCERN)
IN_CALL = (kinds.OBJECT, *kinds.POSITIONS)
SPOKEN_TO = (kinds.ASK, kinds.TELL, kinds.REPAIR)
WITH_PACKAGE = (kinds.PROPOSE, kinds.AGREE, kinds.DOUBT)


@transaction.atomic
def act(room: Room, made: Act, *, by: Person, dedup_key: str = "", at: datetime, channel: str) -> Done:
    """Do something in one's seat, today; performed by the action of a real process at the time of the room.

    The same `dedup_key` again returns the first one. Day and seat of `made` are those of the room and of `by`; `at` is
    the world's time.
    Raises NotAllowed; RuleBroken: room_gathering, room_over, room_waits, acts_spent, act_incomplete, text_too_long, and
    what the action itself raises.
    """
    room = Room.objects.locked(room)
    room.check_running()
    seat = require_player(room, by)
    known = room.done.filter(dedup_key=dedup_key, seat=seat.role).first() if dedup_key else None
    if known:
        return known
    if seat.ended_day >= room.day:
        raise RuleBroken(_("You have ended this day. The next one comes by itself."), code="room_waits")
    if room.done.filter(seat=seat.role, day=room.day).exclude(kind=kinds.READ).count() >= MOST_A_DAY:
        raise RuleBroken(
            _("You have done %(most)s things today. End your day.") % {"most": MOST_A_DAY}, code="acts_spent"
        )
    mine = replace(made, day=room.day, seat=seat.role, rule="", answers=0)
    _check(room, room.scenario, mine)
    done = perform(room, mine, dedup_key=dedup_key, at=at, channel=channel)
    seat.acted_on = room.day
    seat.save(update_fields=["acted_on"])
    return done


def _check(room: Room, scenario: Scenario, made: Act) -> None:
    """Refuse an act that lacks what its kind needs. Raises RuleBroken: act_incomplete, text_too_long."""
    if max(len(made.text), len(made.remedy)) > TEXT_LIMIT:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": TEXT_LIMIT}, code="text_too_long"
        )
    acts = room.acts()
    lacks = [*_lacks(scenario, made), *_lacks_now(made, acts, standing(scenario, acts))]
    if lacks:
        raise RuleBroken(lacks[0], code="act_incomplete")


def _lacks(scenario: Scenario, made: Act) -> Iterator[str]:
    """Yield what an act lacks whenever it is done, one sentence each."""
    seats = {seat.id for seat in scenario.seats} | {kinds.CHAIR}
    if made.kind not in kinds.PERSON_KINDS:
        yield _("Choose what you want to do.")
    if made.kind == kinds.READ and made.to not in kinds.READINGS:
        yield _("Say what you have read.")
    if made.kind in SPOKEN_TO and made.to not in seats - {made.seat}:
        yield _("Say whom you speak to.")
    if made.slot and made.slot not in {slot.id for slot in scenario.slots}:
        yield _("Say which paragraph it is about.")
    if made.kind in WITH_PACKAGE and not scenario.is_package(made.package):
        yield _("Choose one value for each paragraph.")
    if made.kind in NEED_WORDS and not made.text.strip():
        yield _("Write a few words with it.")


def _lacks_now(made: Act, acts: tuple[Act, ...], here: Standing) -> Iterator[str]:
    """Yield what keeps an act from happening as the room stands now, one sentence each."""
    if made.kind == kinds.STATE and any((one.seat, one.kind) == (made.seat, made.kind) for one in acts):
        yield _("You have handed in your input already.")
    if made.kind in IN_CALL and not here.is_called:
        yield _("No consensus call is open yet. Ask the chair for one, or wait for it.")
    if made.kind == kinds.OBJECT and not made.slot:
        yield _("Say which paragraph you object to.")
    if made.kind in kinds.POSITIONS and here.positions.get(made.seat) == kinds.OBJECT:
        yield _("Your objection stands. Withdraw it first.")
    own = [number for number in here.objections if acts[number - 1].seat == made.seat]
    if made.kind == kinds.WITHDRAW and made.objection not in own:
        yield _("You have no such objection.")


@transaction.atomic
def end_day(room: Room, *, by: Person, at: datetime, channel: str) -> Room:
    """End one's day; once all who play have done so, or whoever leads the room says so, the night comes.

    In it the scripts act, each by the action of a real process, and the next morning begins; after the last day the
    room is over. Raises NotAllowed; RuleBroken: room_over.
    """
    room = Room.objects.locked(room)
    room.check_running()
    if room.facilitator_id != by.pk or room.mode == Room.Mode.SOLO:
        seat = require_player(room, by)
        seat.ended_day = room.day
        seat.save(update_fields=["ended_day"])
    leads = room.facilitator_id == by.pk
    waits = room.seats.filter(player__isnull=False, ended_day__lt=room.day).exists()
    if leads or not waits:
        _night(room, at=at, channel=channel)
    return room


def _night(room: Room, *, at: datetime, channel: str) -> None:
    """Let the scripts do what they do at the end of the day, and begin the next one."""
    begin_drafting(room)
    room.now = max(room.now, room.night())
    hand_over_idle(room, at=at, channel=channel)
    done = reactions(
        room.scenario,
        seed=room.process.space.seed,
        acts=room.acts(),
        day=room.day,
        humans=room.played(),
    )
    for one in done:
        perform(room, one, at=at, channel=channel)
    if not room.is_over:
        room.day += 1
        room.now = room.morning(room.day)
    room.save(update_fields=["day", "now"])
