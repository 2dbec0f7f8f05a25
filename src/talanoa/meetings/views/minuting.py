"""Writing down a meeting: who was there, the minutes after a review, what the chair states, erasing a line."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.contributions.forms import EraseForm
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.meetings.actions.calling import enter_attendance
from talanoa.meetings.actions.confirming import state_decision
from talanoa.meetings.actions.minuting import erase_line, publish_minutes
from talanoa.meetings.forms import AttendanceForm, FindingForm, MinutesForm
from talanoa.meetings.models import Meeting, SpokenLine
from talanoa.meetings.queries import attendance_by_group, decisions_of
from talanoa.meetings.skin import Reviewed, decoded, meeting_or_404, posted, reviewed
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.skin import office_page


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Enter who was at a meeting, by group."""
    meeting = meeting_or_404(request, process, number)
    form = AttendanceForm(request.POST or None, initial=attendance_by_group(meeting) or {})
    if request.method == "POST" and form.is_valid():
        try:
            enter_attendance(meeting, by=by, counts=form.counts, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Entered. Counts below five are not shown to anybody."))
            return redirect("meetings:show", process.key, number)
    context = {"process": process, "meeting": meeting, "form": form}
    return TemplateResponse(request, "meetings/attendance.html", context)


@office_page()
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Publish the minutes, once what was read of them was looked at and nothing was changed since."""
    meeting = meeting_or_404(request, process, number)
    form = MinutesForm(request.POST or None, request.FILES or None)
    found, text = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            text = _text(form)
            found = reviewed(meeting, text)
            if request.POST.get("confirmed") == _digest(text):
                _publish(meeting, found, by=by)
                messages.success(
                    request, _("The minutes are public. Each speaker who can be reached is asked.")
                )
                return redirect("meetings:show", process.key, number)
        except RuleBroken as broken:
            found = None
            form.add_error("text", broken)
    context = {
        "process": process,
        "meeting": meeting,
        "form": form,
        "found": found,
        "text": text,
        "digest": _digest(text),
    }
    return TemplateResponse(request, "meetings/minutes.html", context)


def _text(form: MinutesForm) -> str:
    told = form.cleaned_data
    data = told["file"].read() if told["file"] else told["text"].encode("utf-8", "surrogatepass")
    return decoded(data)


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _publish(meeting: Meeting, found: Reviewed, *, by: Participant) -> None:
    publish_minutes(
        meeting,
        by=by,
        lines=[line for line, _speaker in found.lines],
        decisions=found.decisions,
        posted=posted(meeting),
        at=clock.now(),
        channel="web",
    )


@office_page(Role.CHAIR, Role.CONVENOR)
@require_http_methods(["GET", "POST"])
def state(
    request: HttpRequest, *, process: Process, by: Participant, number: int, decision: int
) -> HttpResponse:
    """State whether the room confirmed what a meeting decided."""
    meeting = meeting_or_404(request, process, number)
    found = get_object_or_404(decisions_of(meeting, asking(request)), number=decision)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            state_decision(found, by=by, **form.cleaned_data, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Stated, with your name and your reasons, on the record."))
            return redirect("meetings:show", process.key, number)
    context = {"process": process, "meeting": meeting, "decision": found, "form": form}
    return TemplateResponse(request, "meetings/decision.html", context)


@office_page(Role.CONVENOR)
@require_POST
def erase(request: HttpRequest, *, process: Process, by: Participant, number: int, line: int) -> HttpResponse:
    """Erase the words of a line; the act and its ground are on the record."""
    meeting = meeting_or_404(request, process, number)
    rows = SpokenLine.objects.select_related("minutes__meeting__process")
    found = get_object_or_404(rows, minutes__meeting=meeting, number=line)
    form = EraseForm(request.POST)
    if not form.is_valid():
        raise Http404
    erase_line(found, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
    messages.success(request, _("The words are erased. The number of the line and the proofs stay."))
    return redirect("meetings:show", process.key, number)
