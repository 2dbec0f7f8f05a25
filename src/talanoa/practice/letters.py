"""Letters of a practice room: where it stands this morning, as one reads it without a page.

They go to those who play in it and to whoever leads it, and to nobody else ever.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from talanoa.learning.letters.courses import open_lines
from talanoa.lib import practice_acts as kinds
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_lines import numbered
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Scenario
from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.mail.letters import in_language_of, wrapped
from talanoa.mail.outbox import PROOF, whole_address
from talanoa.people.models import Person
from talanoa.practice.models import Room, Seat
from talanoa.processes.models import Process

ADDRESS = "practice"
"""The address of ours that takes mail for rooms; it is no process, and never one's."""


def subject(room: Room, told: str) -> str:
    """Return a subject that says first that this is practice, and in which room."""
    return f"[PRACTICE {room.scenario_id}] {told} ({room.process.key})"


def page(room: Room) -> str:
    """Return the address of the room's page."""
    return f"{whole_address('', None)}practice/{room.process.key}/"


def morning_lines(room: Room, seat: Seat | None) -> tuple[str, ...]:
    """Return where the room stands: the night, the draft, and what can be written; for a seat, its brief on day 1."""
    scenario, acts = room.scenario, room.acts()
    told = [_("This is practice: nothing here is real, and nobody outside of the room sees it.")]
    if room.is_over:
        return tuple(
            wrapped(*told, "", _("The room is over. Its debrief stands here:"), f"  {page(room)}debrief/")
        )
    told += ["", _("Day %(day)s of %(all)s.") % {"day": room.day, "all": scenario.days}]
    if seat is not None:
        role = scenario.seat(seat.role)
        told += [_("You are: %(name)s.") % {"name": role.name}]
        if room.day == 1:
            told += ["", role.brief_public.strip(), "", _("Confidential:"), role.brief_confidential.strip()]
    night = [one for one in enumerate(acts, 1) if one[1].day == room.day - 1 and one[1].rule]
    if night:
        told += ["", _("What happened overnight:"), *(act_line(scenario, n, one) for n, one in night)]
    return tuple(wrapped(*told, *_draft(scenario, acts), *_how(scenario)))


def act_line(scenario: Scenario, number: int, act: Act) -> str:
    """Return an act as one paragraph of a letter."""
    who = _("The chair") if act.seat == kinds.CHAIR else scenario.seat(act.seat).name
    to = f" -> {act.to}" if act.to else ""
    slot = f" [{scenario.slot(act.slot).paragraph}]" if act.slot else ""
    package = f" {_numbers(scenario, act.package)}" if act.package else ""
    remedy = f" | {act.remedy}" if act.remedy else ""
    return f"  {number}. {who}, {act.kind}{to}{slot}{package}: {act.text}{remedy}"


def _numbers(scenario: Scenario, package: tuple[str, ...]) -> str:
    """Return a package as the numbers that one writes in a mail."""
    return " ".join(
        str([option.id for option in slot.options].index(key) + 1)
        for key, slot in zip(package, scenario.slots, strict=True)
    )


def _draft(scenario: Scenario, acts: tuple[Act, ...]) -> list[str]:
    here = standing(scenario, acts)
    called = _("The consensus call is open.") if here.is_called else _("No consensus call is open yet.")
    return [
        "",
        _("The draft stands for: %(numbers)s") % {"numbers": _numbers(scenario, here.package)},
        *(f"  {line}" for line in numbered(scenario)),
        called,
    ]


def _how(scenario: Scenario) -> list[str]:
    """Return what can be written, each on a line of its own."""
    seats = ", ".join((*(seat.id for seat in scenario.seats), kinds.CHAIR))
    one = scenario.seats[-1].id
    package = " ".join("1" for _slot in scenario.slots)
    return [
        "",
        _("Answer this letter with one or more of these lines. The seats are: %(seats)s.") % {"seats": seats},
        "  state: " + _("your input, once"),
        f"  ask {one} 1: " + _("a question about paragraph 1"),
        f"  tell {one} 1: " + _("an answer, or what you need"),
        f"  repair {one}: " + _("thanks, or an apology"),
        f"  propose {package}: " + _("why; also agree or doubt, with such numbers"),
        "  object 1: " + _("why you cannot live with paragraph 1 | what would resolve it"),
        "  support, live, abstain, " + _("or concern: what it is about"),
        "  withdraw 12",
        "  end day",
    ]


def asked_subject(room: Room) -> str:
    """Return the subject of the letter that asks about a promise."""
    return subject(room, _("Did you do what you meant to do?"))


def asked_lines(seat: Seat, open_now: Sequence[Process]) -> list[str]:
    """Return what a player meant to do in the next real process, and where one is open today."""
    told = _(
        "On %(day)s, after the practice room “%(title)s”, you wrote what you would do in a real process:"
    )
    day = date_format(seat.promised_at, "j F Y") if seat.promised_at else ""
    return [
        *wrapped(told % {"day": day, "title": seat.room.scenario.title}, "", f"  {seat.promise}", ""),
        *wrapped(_("Did you? Only you read this. No answer is needed, and this letter comes once."), ""),
        *open_lines(_("These processes take input today:"), open_now),
    ]


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
