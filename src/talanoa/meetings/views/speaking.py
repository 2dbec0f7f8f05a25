"""What a speaker does with the minutes: read their own lines, confirm them, correct one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.meetings.actions.confirming import confirm_lines, correct_line
from talanoa.meetings.forms import CorrectionForm
from talanoa.meetings.models import Meeting, SpokenLine
from talanoa.meetings.queries import own_lines
from talanoa.meetings.skin import meeting_or_404
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant
from talanoa.processes.skin import participant_or_refuse


def _own_or_404(request: HttpRequest, key: str, number: int) -> tuple[Meeting, Participant, list[SpokenLine]]:
    """Return the meeting, who asks, and their own lines in its minutes."""
    meeting, person = meeting_or_404(request, key, number), asking(request)
    lines = list(own_lines(meeting, person).prefetch_related("corrections")) if person else []
    if not lines:
        raise Http404
    return meeting, participant_or_refuse(request, meeting.process), lines


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show my lines of the minutes; confirm all that wait, or one."""
    meeting, by, lines = _own_or_404(request, key, number)
    at = clock.now()
    if request.method == "POST":
        given = request.POST.get("line", "")
        chosen = [line.number for line in lines if str(line.number) == given]
        try:
            confirm_lines(meeting, by=by, numbers=chosen, at=at, channel="web")
        except RuleBroken as broken:
            messages.error(request, f"{broken.text} [{broken.rule}]")
        else:
            messages.success(request, _("Confirmed. It stands beside your words."))
        return redirect("meetings:lines", key, number)
    context = {
        "process": meeting.process,
        "meeting": meeting,
        "minutes": meeting.minutes,
        "lines": lines,
        "waiting": [line for line in lines if line.state == SpokenLine.State.ASKED],
        "replies": at < meeting.minutes.reply_by,
    }
    return TemplateResponse(request, "meetings/lines.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: str, number: int, line: int) -> HttpResponse:
    """Say what I said, beside what the minutes say."""
    meeting, by, lines = _own_or_404(request, key, number)
    found = next((one for one in lines if one.number == line), None)
    if found is None:
        raise Http404
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_line(found, by=by, text=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("text" if broken.rule.startswith("text_") else None, broken)
        else:
            messages.success(request, _("Your correction stands beside the line."))
            return redirect("meetings:lines", key, number)
    context = {"process": meeting.process, "meeting": meeting, "line": found, "form": form}
    return TemplateResponse(request, "meetings/correct.html", context)
