"""The home page: three doors, what is open now, who runs and pays for this place."""

from collections.abc import Callable
from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.processes.models import Process, Stage
from talanoa.record.models import Log
from talanoa.record.queries import latest_checkpoint

PAST = (Process.State.DECIDED, Process.State.FOLLOW_UP, Process.State.CLOSED)
SHOWN = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is open now with deadline and address, and the other processes below it."""
    person = asking(request)
    at = clock.now()
    found = Process.objects.visible_to(person).prefetch_related("stages").order_by("-created_at")[:SHOWN]
    rows = [(process, _open_stage(process)) for process in found]
    log = Log.objects.filter(name="real").first()
    context = {
        "open_now": [(p, s) for p, s in rows if s is not None and s.is_open(at)],
        "under_way": [p for p, s in rows if (s is None or not s.is_open(at)) and p.state not in PAST],
        "past": [p for p, _s in rows if p.state in PAST],
        "may_convene": person is not None and person.may_convene,
        "log": log,
        "checkpoint": latest_checkpoint(log) if log else None,
    }
    return TemplateResponse(request, "site/home.html", context)


def _open_stage(process: Process) -> Stage | None:
    """Return the stage of a process that takes inputs and has begun, if any."""
    return next((s for s in process.stages.all() if s.takes_input and s.opened_at and not s.closed_at), None)


def _plain(name: str) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, f"site/{name}.html")

    return page


learn = _plain("learn")
research = _plain("research")
rules = _plain("rules")
accessibility = _plain("accessibility")


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Say how to get the source code that runs here (AGPL-3.0, section 13)."""
    context = {"source": settings.ENV["TALANOA_SOURCE"], "version": version("talanoa")}
    return TemplateResponse(request, "site/source.html", context)
