"""Calling a meeting: announce it, change what was announced, cancel it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.meeting_times import everywhere, local_time
from talanoa.meetings.actions.calling import Planned, announce_meeting, cancel_meeting, change_meeting
from talanoa.meetings.forms import CancelForm, ChangeForm, PlanForm
from talanoa.meetings.models import Meeting
from talanoa.meetings.skin import meeting_or_404, starts_at
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page

_WHERE = {
    "text_empty": "title",
    "place_missing": "place",
    "time_passed": "day",
    "time_unclear": "time",
    "short_notice": "reason",
    "reason_missing": "reason",
    "length_out_of_bounds": "length_minutes",
    "time_zone_unknown": "zone",
}
USUAL_MINUTES = 60


@office_page()
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Announce a meeting, once its time in UTC was looked at."""
    initial = {"zone": by.person.time_zone, "length_minutes": USUAL_MINUTES}
    form = PlanForm(request.POST or None, initial=initial)
    planned = _looked_at(request, form)
    if planned is not None:
        told = {"reason": form.cleaned_data["reason"], "at": clock.now(), "channel": "web"}
        try:
            made = announce_meeting(process, by=by, planned=planned, **told)
        except RuleBroken as broken:
            form.add_error(_WHERE.get(broken.rule), broken)
        else:
            messages.success(request, _("Announced. Everybody in the room gets a letter."))
            return redirect("meetings:show", process.key, made.number)
    return TemplateResponse(request, "meetings/plan.html", {"process": process, "form": form, **_times(form)})


@office_page()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Change what was announced of a meeting, once its time in UTC was looked at."""
    meeting = meeting_or_404(request, process, number)
    form = ChangeForm(request.POST or None, initial=_standing(meeting))
    planned = _looked_at(request, form)
    if planned is not None:
        told = {"reason": form.cleaned_data["reason"], "at": clock.now(), "channel": "web"}
        try:
            change_meeting(meeting, by=by, planned=planned, **told)
        except RuleBroken as broken:
            form.add_error(_WHERE.get(broken.rule), broken)
        else:
            messages.success(request, _("Changed, with your reason. Everybody in the room gets a letter."))
            return redirect("meetings:show", process.key, number)
    context = {"process": process, "meeting": meeting, "form": form, **_times(form)}
    return TemplateResponse(request, "meetings/plan.html", context)


@office_page()
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Cancel a meeting, with a reason."""
    meeting = meeting_or_404(request, process, number)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            cancel_meeting(meeting, by=by, reason=reason, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Canceled. Everybody in the room gets a letter."))
            return redirect("meetings:show", process.key, number)
    context = {"process": process, "meeting": meeting, "form": form}
    return TemplateResponse(request, "meetings/cancel.html", context)


def _looked_at(request: HttpRequest, form: PlanForm) -> Planned | None:
    """Return what the form asks for once its sender has seen the time in UTC; until then it is shown to them."""
    if request.method != "POST" or not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        starts = starts_at(form.local, told["zone"])
    except RuleBroken as broken:
        form.add_error(_WHERE[broken.rule], broken)
        return None
    if told["seen"] != starts.isoformat():
        form.data = {**form.data.dict(), "seen": starts.isoformat()}  # type: ignore[attr-defined]
        return None
    return Planned(told["title"], starts, told["length_minutes"], told["zone"], told["place"], told["agenda"])


def _times(form: PlanForm) -> dict[str, Any]:
    """Return the time that the form asks for, by the clocks of the world, once it is one."""
    if not form.is_bound or {"day", "time", "zone"} & form.errors.keys():
        return {}
    starts = starts_at(form.local, form.cleaned_data["zone"])
    return {"starts": starts, "times": everywhere(starts)}


def _standing(meeting: Meeting) -> dict[str, Any]:
    """Return what is announced now as the form holds it."""
    version = meeting.current
    local = local_time(version.starts_at, version.zone).at
    return {
        "title": version.title,
        "day": local.date(),
        "time": local.time(),
        "zone": version.zone,
        "length_minutes": version.length_minutes,
        "place": version.place,
        "agenda": version.agenda,
    }
