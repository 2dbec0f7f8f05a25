"""What there is to practice, opening a room, joining one by its code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.kernel import clock
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.people.middleware import asking
from talanoa.practice.actions.opening import open_room
from talanoa.practice.actions.seating import join_room
from talanoa.practice.forms import JoinForm, OpenForm
from talanoa.practice.models import Room
from talanoa.practice.queries import free_seats, packs, place_of_logs
from talanoa.practice.skin import me

SHOWN = 50
"""So many rooms of one person are listed, the newest first."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the scenarios, and the rooms of who asks."""
    rooms = Room.objects.visible_to(asking(request)).select_related("process")[:SHOWN]
    context = {"scenarios": [scenario for _files, scenario in packs().values()], "rooms": rooms}
    return TemplateResponse(request, "practice/index.html", context)


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, scenario: str) -> HttpResponse:
    """Show what a scenario is about, and open a room of it."""
    if scenario not in packs():
        raise Http404
    files, found = packs()[scenario]
    form = OpenForm(request.POST or None, scenario=found)
    if request.method == "POST" and form.is_valid():
        try:
            room = open_room(
                files,
                by=me(request),
                seat=form.cleaned_data["seat"],
                mode=form.cleaned_data["mode"],
                seed=entropy(REAL, "seed of a room"),
                origin=place_of_logs(),
                at=clock.now(),
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            return redirect("practice:room", room.process.key)
    return TemplateResponse(request, "practice/offer.html", {"scenario": found, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Take a seat by the code that the trainer handed out: first the code, then one of the seats that are free."""
    free = free_seats(request.POST.get("code", ""))
    form = JoinForm(request.POST or None, free=free)
    if request.method == "POST" and form.is_valid() and (not free or form.cleaned_data.get("seat")):
        try:
            seat = join_room(
                form.cleaned_data["code"], by=me(request), seat=form.cleaned_data.get("seat", "")
            )
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("You have your seat. Read your brief first."))
            return redirect("practice:room", seat.room.process.key)
    return TemplateResponse(request, "practice/join.html", {"form": form, "free": free})
