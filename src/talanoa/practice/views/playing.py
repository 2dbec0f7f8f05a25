"""The room: read where it stands, act in one's seat, end the day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib import practice_acts as kinds
from talanoa.lib.processkeys import number_in
from talanoa.lib.room_state import standing
from talanoa.people.models import Person
from talanoa.practice.actions.acting import act, end_day
from talanoa.practice.actions.deleting import delete_room
from talanoa.practice.actions.forking import fork_room
from talanoa.practice.actions.opening import begin_room
from talanoa.practice.actions.seating import hand_over
from talanoa.practice.forms import FORMS, ActForm
from talanoa.practice.letters import tell_morning
from talanoa.practice.models import Room, Seat
from talanoa.practice.queries import place_of_logs
from talanoa.practice.skin import me, room_or_404, seat_of, shown

IN_CALL = ("call", "object", "withdraw")


@login_required
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, key: str) -> HttpResponse:
    """Show the room as it stands, and do in it what a seat may do."""
    found, person = room_or_404(request, key), me(request)
    seat = seat_of(found, person)
    sent = _sent(request, found, seat)
    if sent is not None and sent.is_valid():
        try:
            act(
                found,
                sent.act,
                by=person,
                dedup_key=sent.cleaned_data["once"],
                at=clock.now(),
                channel="web",
            )
        except (RuleBroken, NotAllowed) as broken:
            sent.add_error(None, broken.text)
        else:
            messages.success(request, _("Done. It stands in the room; the others answer in the evening."))
            return redirect("practice:room", key)
    return TemplateResponse(request, "practice/room.html", _context(found, person, seat, sent))


def _sent(request: HttpRequest, room: Room, seat: Seat | None) -> ActForm | None:
    if request.method != "POST":
        return None
    kind = FORMS.get(request.POST.get("form", ""))
    if kind is None or seat is None:
        raise NotAllowed(_("You hold no seat in this room."))
    here = standing(room.scenario, room.acts())
    return kind(request.POST, scenario=room.scenario, seat=seat.role, package=here.package)


def _context(room: Room, person: Person, seat: Seat | None, sent: ActForm | None) -> dict[str, Any]:
    scenario, acts = room.scenario, room.acts()
    here = standing(scenario, acts)
    rows = [shown(scenario, n, one) for n, one in enumerate(acts, 1) if one.kind != kinds.READ]
    mine = seat.role if seat else ""
    forms = {
        name: sent if sent and sent.name == name else kind(scenario=scenario, seat=mine, package=here.package)
        for name, kind in FORMS.items()
        if here.is_called or name not in IN_CALL
    }
    has_stated = any((one.seat, one.kind) == (mine, kinds.STATE) for one in acts)
    if room.day == 1 and not has_stated and not forms["say"].is_bound:
        forms["say"].initial["kind"] = kinds.STATE
    held = {one.role: one for one in room.seats.all()}
    return {
        "room": room,
        "process": room.process,
        "scenario": scenario,
        "seat": seat,
        "role": scenario.seat(mine) if seat else None,
        "leads": room.facilitator_id == person.pk,
        "may_act": seat is not None and room.state == Room.State.RUNNING and seat.ended_day < room.day,
        "forms": forms,
        "here": here,
        "own_objections": [rows_by(rows, n) for n in here.objections if acts[n - 1].seat == mine],
        "objections": [rows_by(rows, n) for n in here.objections],
        "paragraphs": [
            (slot, slot.option(value), [row for row in rows if row.paragraph == slot.paragraph])
            for slot, value in zip(scenario.slots, here.package, strict=True)
        ],
        "whole": [row for row in rows if not row.paragraph],
        "night": [row for row in rows if row.day == room.day - 1 and row.is_script],
        "has_read": {one.to for one in acts if one.kind == kinds.READ and one.seat == mine},
        "seats": [(one, held[one.id]) for one in scenario.seats],
        "days": range(2, room.day + 1),
    }


def rows_by(rows: list[Any], number: int) -> Any:
    """Return the row of the act with a number."""
    return next(row for row in rows if row.number == number)


@login_required
@require_safe
def world(request: HttpRequest, key: str, text: str) -> HttpResponse:
    """Show the charter or the background of a room."""
    found, person = room_or_404(request, key), me(request)
    scenario = found.scenario
    context = {
        "room": found,
        "scenario": scenario,
        "text": {"charter": scenario.charter, "background": scenario.background}[text],
        "name": text,
        "seat": seat_of(found, person),
    }
    return TemplateResponse(request, "practice/world.html", context)


@login_required
@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End my day; in a group, whoever leads it ends the day of all."""
    found = room_or_404(request, key)
    if request.POST.get("day", str(found.day)) != str(found.day):  # sent twice: that day is over
        return redirect("practice:room", key)
    after = end_day(found, by=me(request), at=clock.now(), channel="web")
    if after.day > found.day or after.is_over:
        tell_morning(after, at=clock.now())
    if after.is_over:
        messages.success(request, _("The last day is over. The debrief is open."))
        return redirect("practice:debrief", key)
    if after.day > found.day:
        messages.success(request, _("It is the morning of day %(day)s.") % {"day": after.day})
    else:
        messages.success(
            request, _("Your day is over. The next one begins when the others have ended theirs.")
        )
    return redirect("practice:room", key)


@login_required
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the first day of a room whose people have their seats."""
    found = room_or_404(request, key)
    tell_morning(begin_room(found, by=me(request), at=clock.now(), channel="web"), at=clock.now())
    messages.success(request, _("The first day has begun. Scripts hold the empty seats."))
    return redirect("practice:room", key)


@login_required
@require_POST
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Hand a seat to its script: one's own, or as who leads the room, another."""
    found = room_or_404(request, key)
    hand_over(found, request.POST.get("seat", ""), by=me(request), at=clock.now(), channel="web")
    messages.success(request, _("A script plays the seat from now on. Everybody in the room is told."))
    return redirect("practice:room", key)


@login_required
@require_POST
def fork(request: HttpRequest, key: str) -> HttpResponse:
    """Try the room again from the morning of a day."""
    found = room_or_404(request, key)
    day = request.POST.get("day", "")[:3]
    made = fork_room(
        found,
        day=number_in(day) or 0,
        by=me(request),
        origin=place_of_logs(),
        at=clock.now(),
        channel="web",
    )
    messages.success(request, _("This is a new room. What was done before this morning is done here too."))
    return redirect("practice:room", made.process.key)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Delete a room, with all that was said in it and with its log; asked for once more first."""
    found = room_or_404(request, key)
    if request.method == "POST":
        delete_room(found, by=me(request))
        messages.success(request, _("The room is gone, with all that was said in it."))
        return redirect("practice:index")
    return TemplateResponse(request, "practice/delete.html", {"room": found, "scenario": found.scenario})
