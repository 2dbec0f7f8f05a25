"""Reading about meetings: all of a process, one with its minutes, its entry for a calendar."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.contributions.forms import EraseForm
from talanoa.kernel import clock
from talanoa.lib.meeting_times import everywhere
from talanoa.meetings.models import Minutes
from talanoa.meetings.queries import decisions_of, meetings
from talanoa.meetings.skin import calendar_of, meeting_or_404, seats, shown_lines
from talanoa.people.middleware import asking
from talanoa.processes.models import OFFICE, Role
from talanoa.processes.permissions import ORGANIZERS, has_chair
from talanoa.processes.queries import participant
from talanoa.processes.skin import process_or_404

PER_PAGE = 30


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List the meetings of a process, newest first, with when each is and what became of it."""
    process = process_or_404(request, key)
    person, at = asking(request), clock.now()
    page = Paginator(meetings(process, person), PER_PAGE).get_page(request.GET.get("page"))
    by = participant(process, person)
    context = {
        "process": process,
        "page": page,
        "rows": [(row, row.has_begun(at)) for row in page],
        "works": by is not None and by.has_role(*OFFICE),
    }
    return TemplateResponse(request, "meetings/index.html", context)


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show a meeting: when it is everywhere, who was there, what was said and decided."""
    meeting = meeting_or_404(request, key, number)
    person, at = asking(request), clock.now()
    by = participant(meeting.process, person)
    versions = list(meeting.versions.all())
    minutes = getattr(meeting, "minutes", None)
    lines = shown_lines(meeting, person, by)
    context = {
        "process": meeting.process,
        "meeting": meeting,
        "version": versions[0],
        "older": versions[1:],
        "times": everywhere(versions[0].starts_at),
        "has_begun": meeting.has_begun(at),
        "seats": seats(meeting),
        "minutes": minutes,
        "replies": isinstance(minutes, Minutes) and at < minutes.reply_by,
        "lines": lines,
        "mine": any(line.is_mine for line in lines),
        "decisions": decisions_of(meeting, person),
        "is_heard": isinstance(minutes, Minutes)
        and minutes.speak_until is not None
        and at >= minutes.speak_until,
        "works": by is not None and by.has_role(*OFFICE),
        "may_state": by is not None
        and by.has_role(Role.CHAIR if has_chair(meeting.process) else Role.CONVENOR),
        "organizes": by is not None and by.has_role(*ORGANIZERS),
        "erase_form": EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None,
    }
    return TemplateResponse(request, "meetings/show.html", context)


@require_safe
def calendar(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the meeting for calendars, in UTC."""
    meeting = meeting_or_404(request, key, number)
    answer = HttpResponse(calendar_of([meeting]).to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-meeting-{number}.ics"'
    return answer
