"""Announcements in public, and the desk's pages that make them and follow lists."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.markdown import render
from talanoa.mail.posting import outbox
from talanoa.processes.actions.announcing import PUBLIC, announce, follow_list, stop_following
from talanoa.processes.forms import AnnouncementForm, FollowForm
from talanoa.processes.letters.announcing import announcement_text
from talanoa.processes.models import Announcement, Participant, Process
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import announcement
from talanoa.processes.skin import office_page, process_or_404


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List the announcements, newest first, and to which lists each was sent."""
    process = process_or_404(request, key)
    rows = process.announcements.order_by("-number")
    return TemplateResponse(request, "processes/announcements.html", {"process": process, "rows": rows})


def _announcement_or_404(request: HttpRequest, key: str, number: int) -> Announcement:
    found = announcement(process_or_404(request, key), number)
    if found is None:
        raise Http404
    return found


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show an announcement, with its mail to copy."""
    made = _announcement_or_404(request, key, number)
    context = {
        "process": made.process,
        "made": made,
        "html": render(made.text),
        "letter": announcement_text(made, at=clock.now()),
    }
    return TemplateResponse(request, "processes/announcement.html", context)


@require_safe
def mail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the mail of an announcement as plain text, to pass on."""
    made = _announcement_or_404(request, key, number)
    answer = HttpResponse(announcement_text(made, at=clock.now()), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-announcement-{number}.txt"'
    return answer


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Write an announcement, see its mail, publish it."""
    at, letter, lists = clock.now(), "", list(process.lists.followed().exclude(post=""))
    initial = {"title": process.title, "lists": [row.list_id for row in lists]}
    form = AnnouncementForm(request.POST or None, lists=lists, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if "preview" in request.POST:
            letter = _preview(process, by, said)
        else:
            try:
                made = announce(process, by=by, **said, at=at, channel="web")
            except RuleBroken as broken:
                form.add_error("text" if broken.rule.startswith("text_") else None, broken)
            else:
                messages.success(request, _("Published, and on the record. Its mails are on their way."))
                return redirect("processes:announcement", process.key, made.number)
    context = {"process": process, "form": form, "letter": letter, "may": process.state in PUBLIC}
    return TemplateResponse(request, "processes/announce.html", context)


def _preview(process: Process, by: Participant, said: dict[str, Any]) -> str:
    """Return the mail as it would go out now; nothing is kept."""
    draft = Announcement(
        process=process, number=process.announcements.count() + 1, by=by, made_at=clock.now(), **said
    )
    return announcement_text(draft, at=draft.made_at)


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show which lists are followed, and follow one more or change its addresses."""
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            follow_list(process, by=by, **form.cleaned_data, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("The list is followed, and that is on the record."))
            return redirect("processes:lists", process.key)
    context = {
        "process": process,
        "form": form,
        "rows": process.lists.order_by("until", "list_id"),
        "address": f"{process.key}+list@{outbox.domain}",
        "may": process.state in PUBLIC,
    }
    return TemplateResponse(request, "processes/lists.html", context)


@office_page(*ORGANIZERS)
@require_POST
def stop(request: HttpRequest, *, process: Process, by: Participant, pk: int) -> HttpResponse:
    """Follow a list no more."""
    followed = get_object_or_404(process.lists.followed(), pk=pk)
    stop_following(followed, by=by, at=clock.now(), channel="web")
    messages.success(request, _("The list is followed no more."))
    return redirect("processes:lists", process.key)
