"""The page of the place, the defaults and how the host carries out their changes, and the news."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.place.actions import change_default, correct_news, publish_news
from talanoa.place.forms import CorrectionForm, DefaultForm, NewsForm
from talanoa.place.queries import (
    declared,
    default_changes,
    newest_news,
    standing_defaults,
    the_place,
    versions_of,
)
from talanoa.processes.models import Announcement, DefaultChange, Participant, Process, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import participant
from talanoa.processes.skin import office_page

ANNOUNCED = 10


def _may(request: HttpRequest, *roles: Role) -> bool:
    """Tell whether who asks holds one of `roles` in the process about the place."""
    place = the_place()
    by = participant(place, asking(request)) if place else None
    return by is not None and by.has_role(*roles)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show who hosts and pays, the seats, the defaults and where they were decided, and the handover."""
    found = declared()
    if found is None:
        raise Http404
    at = clock.now()
    context = {
        "declared": found,
        "defaults": standing_defaults(at),
        "version": DefaultChange.objects.version(at),
        "changes": default_changes(),
        "may_change": _may(request, Role.CONVENOR),
    }
    return TemplateResponse(request, "place/show.html", context)


@office_page(Role.CONVENOR)
@require_http_methods(["GET", "POST"])
def defaults(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Carry out a decision about a default; nothing else changes one."""
    form = DefaultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_default(process, by=by, **form.cleaned_data, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Changed, and on the record. What is under way keeps its days."))
            return redirect("place:show")
    context = {"process": process, "form": form, "defaults": standing_defaults(clock.now())}
    return TemplateResponse(request, "place/defaults.html", context)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List the news of the host, and beside it what the processes announced."""
    public = Process.objects.visible_to(None)
    rows = (
        Announcement.objects.filter(process__in=public).select_related("process").order_by("-made_at", "-pk")
    )
    context = {
        "rows": newest_news(),
        "announcements": rows[:ANNOUNCED],
        "may_write": _may(request, *ORGANIZERS),
    }
    return TemplateResponse(request, "place/news.html", context)


@require_safe
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Show news as it stands, and below it the versions before."""
    versions = versions_of(number)
    if not versions:
        raise Http404
    context = {
        "news": versions[0],
        "first": versions[-1],
        "before": versions[1:],
        "may_correct": _may(request, *ORGANIZERS),
    }
    return TemplateResponse(request, "place/read.html", context)


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Write and publish news."""
    form = NewsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_news(process, by=by, **form.cleaned_data, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Published, and on the record."))
            return redirect("place:read", made.number)
    return TemplateResponse(request, "place/write.html", {"process": process, "form": form, "news": None})


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Correct news: say it anew, and what was wrong."""
    versions = versions_of(number)
    if not versions:
        raise Http404
    form = CorrectionForm(
        request.POST or None, initial={"title": versions[0].title, "text": versions[0].text}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            correct_news(process, by=by, number=number, **said, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Corrected, and on the record. Every version stays."))
            return redirect("place:read", number)
    context = {"process": process, "form": form, "news": versions[0]}
    return TemplateResponse(request, "place/write.html", context)
