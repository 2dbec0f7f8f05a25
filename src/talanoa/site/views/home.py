"""The home page: the doors, what is open now, the issue desk, who runs and pays for this place."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.contributions.conduct import REASONS
from talanoa.desk.queries import overdue
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.place.queries import declared, newest_news
from talanoa.processes.models import Default, DefaultChange, Process, Stage
from talanoa.processes.queries import open_call
from talanoa.record.models import Entry
from talanoa.registry.queries import missed_overdue

PAST = (Process.State.DECIDED, Process.State.FOLLOW_UP, Process.State.CLOSED)
SHOWN = 100
NEWS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is open now with deadline and address, the other processes below it, and which issues wait too long."""
    person = asking(request)
    at = clock.now()
    rows = Process.objects.visible_to(person).select_related("report").prefetch_related("stages")
    found = rows.order_by("-created_at")[:SHOWN]
    calls = [(process, open_call(process, at)) for process in found]
    open_now = [(process, stage) for process, stage in calls if stage is not None]
    context = {
        "open_now": sorted(open_now, key=_closing),
        "under_way": [p for p, stage in calls if stage is None and p.state not in PAST],
        "past": [p for p, stage in calls if stage is None and p.state in PAST],
        "may_convene": person is not None and person.may_convene,
        "missed": missed_overdue(at),
        "declared": declared(),
        "news": newest_news()[:NEWS],
        "overdue": overdue(at, person=person),
        "newest": Entry.objects.filter(log__name="real").order_by("-index").first(),
    }
    return TemplateResponse(request, "site/home.html", context)


def _closing(row: tuple[Process, Stage]) -> datetime:
    """Return when a call closes, so that what closes soonest comes first."""
    return row[1].closes_at or datetime.max.replace(tzinfo=UTC)


def _plain(name: str) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, f"site/{name}.html")

    return page


research = _plain("research")
rules = _plain("rules")
accessibility = _plain("accessibility")


@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """Say how we speak with each other, what may be held or rejected, and what never is."""
    days = DefaultChange.objects.days(clock.now())
    context = {
        "reasons": REASONS,
        "appeal": days[Default.APPEAL],
        "decision": days[Default.APPEAL_DECISION],
    }
    return TemplateResponse(request, "site/conduct.html", context)


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Say how to get the source code that runs here (AGPL-3.0, section 13)."""
    context = {"source": settings.ENV["TALANOA_SOURCE"], "version": version("talanoa")}
    return TemplateResponse(request, "site/source.html", context)
