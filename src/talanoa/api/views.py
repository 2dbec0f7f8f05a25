"""What other programs read: the calendar of a process, its inputs as a table, whether we are well."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from talanoa.consensus.queries import challenge_until, due_at, minority_until, open_appeals, open_challenges
from talanoa.contributions.models import Contribution
from talanoa.contributions.moderation_log import log_lines
from talanoa.contributions.room import board
from talanoa.inputs.queries import listing
from talanoa.kernel import clock
from talanoa.lib.aliases import ALIASES_CSV
from talanoa.lib.cells import safe_cell
from talanoa.lib.processkeys import label
from talanoa.meetings.queries import meetings
from talanoa.meetings.skin import calendar_event
from talanoa.people.middleware import asking
from talanoa.processes.models import Process
from talanoa.processes.queries import comments_until
from talanoa.processes.skin import process_or_404

# The allow-list of fields that leave through the table of inputs; a new field is private until it stands here.
INPUT_COLUMNS = (
    "number",
    "state",
    "channel",
    "received",
    "title",
    "author",
    "organization",
    "group",
    "country",
    "said_on",
)

ROOM_COLUMNS = (
    "kind",
    "code",
    "name",
    "people",
    "inputs",
    "share_from",
    "share_to",
    "taken_up",
    "spoke",
    "wanted_from",
    "wanted_to",
    "floor",
    "invited",
)
MODERATION_COLUMNS = ("when", "act", "number", "reason", "role", "outcome", "appeal", "entry")


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the openings and ends of all stages, every end for drafts and calls, and the meetings; in UTC."""
    process = process_or_404(request, key)
    made = Calendar()
    made.add("prodid", "-//Talanoa//EN")
    made.add("version", "2.0")
    for name, when, what in (*_stage_times(process), *_ends(process)):
        made.add_component(_event(process, name, when, what))
    for meeting in meetings(process, asking(request)):
        made.add_component(calendar_event(meeting))
    answer = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}.ics"'
    return answer


def _stage_times(process: Process) -> Iterator[tuple[str, datetime, str]]:
    """Yield the opening and the end of each stage, where they are known: name, time, words."""
    for stage in process.stages.all():
        for when, what in ((stage.opens_at, _("opens")), (stage.closes_at, _("ends"))):
            if when is not None:
                yield f"{stage.position}-{what}", when, f"{stage.get_kind_display()} {what}"


def _ends(process: Process) -> Iterator[tuple[str, datetime, str]]:
    """Yield until when comments, positions, dissent and challenges are taken, and what is due: name, time, words."""
    if (until := comments_until(process)) is not None:
        yield "comments", until, _("Comments on the drafts end")
    for call in process.calls.select_related("process"):
        told = {"number": call.number}
        yield f"call-{call.number}", call.closes_at, _("Positions in consensus call %(number)s end") % told
        if (until := minority_until(call)) is not None:
            words = _("Minority statements about consensus call %(number)s end") % told
            yield f"minority-{call.number}", until, words
        if (until := challenge_until(call)) is not None:
            words = _("Challenges of what was found in consensus call %(number)s end") % told
            yield f"challenge-end-{call.number}", until, words
    for challenge in open_challenges(process):
        words = _("Challenge %(number)s is to be answered") % {"number": challenge.number}
        yield f"challenge-{challenge.number}", challenge.answer_by, words
    for appeal in open_appeals(process):
        words = _("Appeal %(number)s is to be decided") % {"number": appeal.number}
        yield f"appeal-{appeal.number}", due_at(appeal), words


def _event(process: Process, name: str, when: datetime, what: str) -> Event:
    event = Event()
    event.add("uid", f"{process.key}-{name}@{settings.ENV['TALANOA_MAIL_DOMAIN']}")
    event.add("summary", f"{what}: {process.title}")
    event.add("dtstart", when)
    event.add("dtstamp", process.created_at)
    event.add("url", settings.TALANOA_URL + reverse("site:process", args=[process.key]))
    return event


@require_safe
def inputs_table(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out all inputs as CSV; of what the reader may not see, number and state only."""
    process = process_or_404(request, key)
    rows = Contribution.objects.visible_to(asking(request)).filter(process=process)
    readable = set(rows.values_list("pk", flat=True))
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(INPUT_COLUMNS)
    for row in listing(process).select_related("list_reply").order_by("number").iterator(500):
        writer.writerow(safe_cell(cell) for cell in _cells(process, row, readable=row.pk in readable))
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-inputs.csv"'
    return answer


@require_safe
def moderation_table(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out every act of moderation as CSV, to the hour; the same for every reader."""
    process = process_or_404(request, key)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(MODERATION_COLUMNS)
    for row in log_lines(process, at=clock.now()):
        called = label(process.key, row.number)
        cells = (row.hour, row.act, called, row.reason, row.role, row.outcome, row.appeal, str(row.entry))
        writer.writerow(safe_cell(cell) for cell in cells)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-moderation.csv"'
    return answer


@require_safe
def room_table(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out who is in the room as CSV: by group, region and country; the same for every reader."""
    process = process_or_404(request, key)
    found = board(process)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(ROOM_COLUMNS)
    for kind, seats in (("group", found.groups), ("region", found.regions), ("country", found.countries)):
        for seat in seats:
            people = "" if seat.people is None else seat.people
            low, high = f"{seat.low:.4f}", f"{seat.high:.4f}"
            wanted = seat.target
            target = (wanted.low, wanted.high, wanted.floor) if wanted else ("", "", "")
            cells = (
                kind,
                seat.code,
                seat.name,
                str(people),
                str(seat.inputs),
                low,
                high,
                str(seat.taken_up),
                str(seat.spoke),
                *map(str, target),
                "" if seat.invited is None else str(seat.invited),
            )
            writer.writerow(safe_cell(cell) for cell in cells)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-room.csv"'
    return answer


@require_safe
def aliases(request: HttpRequest) -> HttpResponse:
    """Hand out the file that says which words of an imported register count as which group and country."""
    answer = HttpResponse(ALIASES_CSV.read_bytes(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="aliases.csv"'
    return answer


def _cells(process: Process, row: Contribution, *, readable: bool) -> list[str]:
    head = [label(process.key, row.number), row.state, row.channel, f"{row.received_at:%Y-%m-%dT%HZ}"]
    if not readable:
        return [*head, *[""] * (len(INPUT_COLUMNS) - len(head))]
    author, listed = row.authorship.shown(), getattr(row, "list_reply", None)
    told = [row.input.title, author.name, author.organization, author.group, author.country]
    return [*head, *told, listed.permalink if listed else ""]


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor that the site runs and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(f"ok {clock.now():%Y-%m-%dT%H:%M:%SZ}\n", content_type="text/plain")
