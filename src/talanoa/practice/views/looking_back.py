"""The debrief: what happened and why, the briefs of all, who could have lived with what, and what one takes along."""

from collections import Counter
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import practice_acts as kinds
from talanoa.lib.debriefs import Finding, Turn, timeline
from talanoa.lib.interests import Place, space_map
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Scenario
from talanoa.people.models import Person
from talanoa.practice.actions.judging import give_level
from talanoa.practice.actions.seating import keep_promise
from talanoa.practice.forms import LevelForm, PromiseForm
from talanoa.practice.models import Room, Seat
from talanoa.practice.queries import root_of
from talanoa.practice.skin import ShownAct, me, name_of, room_or_404, shown, values_of


@login_required
@require_http_methods(["GET", "POST"])
def debrief(request: HttpRequest, key: str) -> HttpResponse:
    """Show everything that was hidden while the room ran, to all who were in it."""
    room, person = room_or_404(request, key), me(request)
    if not room.is_over:
        messages.info(request, _("The debrief opens when the last day has ended."))
        return redirect("practice:room", key)
    seat = room.seats.filter(player=person).first()
    form = PromiseForm(request.POST or None, initial={"sentence": seat.promise if seat else ""})
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data["sentence"]
            keep_promise(room, by=person, sentence=said, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Kept. Only you read it."))
            return redirect("practice:debrief", key)
    scenario, acts = room.scenario, room.acts()
    found = space_map(scenario)
    context = {
        "room": room,
        "scenario": scenario,
        "seat": seat,
        "form": form,
        "told_days": _told_days(scenario, acts),
        "briefs": [
            scenario.seat(one.role) for one in Seat.objects.briefed(person).filter(room=room).order_by("pk")
        ],
        "findings": seat.profile() if seat else (),
        "judged": _judged(room, person),
        "counts": list(enumerate(found.counts)),
        "map": found,
        "offers": _offers(scenario, acts, found.places),
        "all": [_row(scenario, place) for place in found.places] if request.GET.get("map") == "all" else [],
        "agreements": [_row(scenario, place) for place in found.agreements],
        "final": values_of(scenario, standing(scenario, acts).package),
        "objections": [shown(scenario, n, acts[n - 1]) for n in standing(scenario, acts).objections],
        "root": root_of(room),
        "days": range(2, room.scenario.days + 1),
    }
    return TemplateResponse(request, "practice/debrief.html", context)


def _told_days(
    scenario: Scenario, acts: tuple[Act, ...]
) -> list[tuple[int, list[tuple[Turn, ShownAct]], bool]]:
    """Return each day with what was done on it and why, and whether something turned there."""
    by_day = groupby(timeline(scenario, acts), key=lambda turn: turn.act.day)
    days = [(day, list(turns)) for day, turns in by_day]
    return [
        (
            day,
            [(turn, shown(scenario, turn.number, turn.act)) for turn in turns],
            any(turn.is_turning_point for turn in turns),
        )
        for day, turns in days
    ]


def _judged(room: Room, person: Person) -> list[tuple[Seat, str, tuple[Finding, ...], LevelForm]]:
    """Return, to whoever leads a room, each seat that another person played, its profile, and a form for a level."""
    if room.facilitator_id != person.pk:
        return []
    criteria = room.scenario.criteria
    seats = room.seats.filter(player__isnull=False).exclude(player=person).prefetch_related("levels")
    return [
        (
            seat,
            name_of(room.scenario, seat.role),
            seat.profile(),
            LevelForm(criteria=criteria, initial={"seat": seat.role}, auto_id=f"id_{seat.role}_%s"),
        )
        for seat in seats
    ]


@login_required
@require_POST
def level(request: HttpRequest, key: str) -> HttpResponse:
    """Give a seat a level, as whoever leads the room."""
    room, person = room_or_404(request, key), me(request)
    form = LevelForm(request.POST, criteria=room.scenario.criteria)
    if form.is_valid():
        give_level(room, **form.cleaned_data, by=person, at=clock.now(), channel="web")
        messages.success(request, _("It is kept. Whoever played the seat reads it in their debrief."))
    else:
        messages.error(request, _("Choose a level, and tell them in a sentence why."))
    return redirect("practice:debrief", key)


Row = tuple[tuple[tuple[int, str, str], ...], str, int, int]


def _row(scenario: Scenario, place: Place) -> Row:
    """Return the values of a package, who could not live with it, how many could, and the least share in percent."""
    against = [seat.name for seat in scenario.seats if seat.id not in place.accepting]
    return (
        values_of(scenario, place.package),
        ", ".join(against) or "-",
        len(place.accepting),
        int(100 * place.least),
    )


def _offers(
    scenario: Scenario, acts: tuple[Act, ...], places: tuple[Place, ...]
) -> list[tuple[str, int, Row]]:
    """Return the packages that were suggested in the room, in order: by whom, on which day, and the place of each."""
    by_package = {place.package: place for place in places}
    seen: Counter[object] = Counter()
    found = []
    for act in acts:
        if act.kind != kinds.PROPOSE or act.package is None or seen[act.package]:
            continue
        seen[act.package] += 1
        found.append((name_of(scenario, act.seat), act.day, _row(scenario, by_package[act.package])))
    return found
