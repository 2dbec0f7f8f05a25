"""Pages of the registry: who works on what, where one can take part, and how to correct it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.regions import place_name
from talanoa.people.actions import know_person
from talanoa.people.middleware import asking
from talanoa.people.models import Group, Person
from talanoa.registry.actions import receive_correction
from talanoa.registry.forms import CorrectionForm, SearchForm, VisitorCorrectionForm
from talanoa.registry.models import KINDS, Body, Correction, Opportunity, OutsideProcess, Registry, Topic
from talanoa.registry.notices import ADDRESS
from talanoa.registry.queries import (
    Row,
    about,
    called,
    deadlines,
    kind_of,
    open_processes,
    opportunities,
    search,
)
from talanoa.registry.skin import once, once_key

PER_PAGE = 50
_GROUPS = {"technical": Group.TECHNICAL_COMMUNITY, "igo": Group.INTERGOVERNMENTAL}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as lists show it: what it is, where its own page and its page here are, whether it is stale."""

    row: Row
    kind: str
    kind_label: Any
    page: str
    owner: str
    is_stale: bool
    groups: str = ""
    places: str = ""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every body by what it is, or what answers a search."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    on = clock.now().date()
    bodies = [] if words else list(Body.objects.filter(is_listed=True))
    context = {
        "form": form if form.is_bound else SearchForm(),
        "words": words,
        "found": _lines((row.row for row in search(words)), on) if words else [],
        "kinds": [(name, [row for row in bodies if row.kind == kind]) for kind, name in KINDS.items()],
        "n_bodies": len(bodies),
        "loaded_at": Registry.objects.values_list("loaded_at", flat=True).first(),
    }
    return TemplateResponse(request, "registry/index.html", context)


@require_safe
def take_part(request: HttpRequest) -> HttpResponse:
    """Show the processes of other bodies in which one can take part; what ends soonest comes first."""
    on = clock.now().date()
    return _offered(request, _("Where you can take part"), _lines(open_processes(on), on))


@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """Show the trainings that others offer."""
    on = clock.now().date()
    return _offered(request, _("Trainings"), _lines(opportunities(Opportunity.Kind.TRAINING, on), on))


@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    """Show where others give money."""
    on = clock.now().date()
    return _offered(request, _("Money"), _lines(opportunities(Opportunity.Kind.FUNDING, on), on))


def _offered(request: HttpRequest, title: str, lines: list[Line]) -> HttpResponse:
    return TemplateResponse(request, "registry/offered.html", {"title": title, "lines": lines})


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show one body: where it is, what it works on, who decides there, and where one can take part."""
    body = get_object_or_404(Body.objects.select_related("parent"), key=key)
    on = clock.now().date()
    context = {
        "body": body,
        "kind": KINDS[body.kind],
        "is_stale": body.is_stale(on),
        "about": about(body),
        "topics": Topic.objects.filter(key__in=body.topics, is_listed=True),
        "places": _places(body),
        "parts": body.parts.filter(is_listed=True),
        "processes": _lines(body.processes.filter(is_listed=True).select_related("body"), on),
        "opportunities": _lines(body.opportunities.filter(is_listed=True).select_related("body"), on),
    }
    return TemplateResponse(request, "registry/show.html", context)


def _lines(rows: Iterable[Row], on: date) -> list[Line]:
    return [_line(row, on) for row in rows]


def _line(row: Row, on: date) -> Line:
    kind = kind_of(row)
    body = row if isinstance(row, Body) else row.body
    labels = {"body": _("Body"), "process": _("Process"), **dict(Opportunity.Kind.choices)}
    groups = [] if isinstance(row, Body) else [str(_group(code)) for code in row.groups]
    return Line(
        row=row,
        kind=kind,
        kind_label=labels[kind],
        page=reverse("registry:show", args=[body.key]) if body else "",
        owner=str(body) if body else getattr(row, "provider", ""),
        is_stale=row.is_stale(on),
        groups=", ".join(groups),
        places=_places(row),
    )


def _group(code: str) -> Any:
    return Group(_GROUPS.get(code, code)).label


def _places(row: Row) -> str:
    return ", ".join(_("the world") if code == "global" else place_name(code) for code in row.jurisdictions)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out every end that is known, as a day each."""
    made = Calendar()
    made.add("prodid", "-//Talanoa//EN")
    made.add("version", "2.0")
    for row in deadlines():
        made.add_component(_event(row))
    answer = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    return answer


def _event(row: OutsideProcess | Opportunity) -> Event:
    assert row.closes_on is not None  # noqa: S101 - only what ends is asked for
    event = Event()
    event.add("uid", f"{about(row).replace('/', '-')}@{settings.ENV['TALANOA_MAIL_DOMAIN']}")
    event.add("summary", _("Ends: %(title)s") % {"title": row.title})
    event.add("dtstart", row.closes_on)
    event.add("dtend", row.closes_on + timedelta(days=1))
    event.add("dtstamp", clock.now())
    event.add("url", row.url)
    return event


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Say what is wrong or missing in the registry."""
    named = request.GET.get("about", "")
    row = called(named) if "/" in named and "\0" not in named else None
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = about(row) if row else ""
        try:
            receive_correction(
                by=_who(request, said.get("address", "")),
                about=told,
                text=said["text"],
                dedup_key=once_key(said["once"], told, said["text"]),
                at=clock.now(),
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            return redirect("registry:corrections")
    address = f"{ADDRESS}@{settings.ENV['TALANOA_MAIL_DOMAIN']}"
    return TemplateResponse(request, "registry/correct.html", {"form": form, "row": row, "address": address})


def _form(request: HttpRequest) -> CorrectionForm:
    kind = CorrectionForm if asking(request) else VisitorCorrectionForm
    return kind(request.POST or None, initial={"once": once()})


def _who(request: HttpRequest, address: str) -> Person | None:
    """Return who corrects: whoever is signed in, or whoever has the address that a visitor gave."""
    return asking(request) or (know_person(name="", address=address) if address else None)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show every correction with its state and answer; what somebody wrote is read by those who keep the registry."""
    number = request.GET.get("page", "1")
    page = Paginator(Correction.objects.all(), PER_PAGE).get_page(number)
    return TemplateResponse(request, "registry/corrections.html", {"page": page})
