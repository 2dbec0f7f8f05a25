"""Pages of lists that are followed: begin with a new archive or one that is there, the address to subscribe, end."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.archives.actions.following import follow_into, leave_list
from talanoa.archives.actions.importing import About
from talanoa.archives.forms import FollowForm, NewFollowForm
from talanoa.archives.models import Archive, Following
from talanoa.archives.queries import letters_of
from talanoa.archives.skin import admitted_keeper, keeper_page, subscribed_address
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person

_WHERE = {"list_malformed": "list_id", "archive_name": "name"}


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Follow a list of which no archive is here yet."""
    by, elsewhere = admitted_keeper(request)
    if elsewhere is not None:
        return elsewhere
    form = NewFollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = About(*(form.cleaned_data[field.name] for field in fields(About)))
        if _follow(form, about, by):
            return _told(request, about.name)
    return TemplateResponse(request, "archives/begin.html", {"form": form})


@keeper_page
@require_http_methods(["GET", "POST"])
def of_archive(request: HttpRequest, *, archive: Archive, by: Person) -> HttpResponse:
    """Show which list flows in, the address to subscribe, what the list's program wrote; follow one."""
    following = Following.objects.filter(archive=archive).first()
    form = FollowForm(request.POST or None, initial={"list_id": following.list_id if following else ""})
    if request.method == "POST" and form.is_valid() and _follow(form, About(archive.name), by):
        return _told(request, archive.name)
    is_followed = following is not None and following.until is None
    context: dict[str, Any] = {"archive": archive, "following": following, "form": form}
    context |= {"is_followed": is_followed, "letters": letters_of(following) if following else []}
    context["address"] = subscribed_address(following) if following else ""
    return TemplateResponse(request, "archives/following.html", context)


def _follow(form: FollowForm, about: About, by: Person) -> bool:
    try:
        follow_into(about, by=by, list_id=form.cleaned_data["list_id"], at=clock.now(), channel="web")
    except RuleBroken as broken:
        form.add_error(_WHERE.get(broken.rule), broken)
        return False
    return True


def _told(request: HttpRequest, name: str) -> HttpResponse:
    messages.success(request, _("It is followed. Now have the address below subscribed to the list."))
    return redirect("archives:following", name)


@keeper_page
@require_POST
def leave(request: HttpRequest, *, archive: Archive, by: Person) -> HttpResponse:
    """Follow the list no more."""
    following = get_object_or_404(Following, archive=archive)
    try:
        leave_list(following, by=by, at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, f"{broken.text} [{broken.rule}]")
    else:
        messages.success(request, _("It is followed no more. Have the address taken off the list, too."))
    return redirect("archives:following", archive.name)


@keeper_page
@require_safe
def letter(request: HttpRequest, *, archive: Archive, by: Person, pk: int) -> HttpResponse:
    """Hand out what the program of the list wrote, byte for byte: as a download, never shown in our own pages."""
    found = get_object_or_404(letters_of(get_object_or_404(Following, archive=archive)), pk=pk)
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{archive.name}-mail-{pk}.eml"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
