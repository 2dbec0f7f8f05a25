"""Inviting people by name at the desk, and the page on which somebody who was invited answers."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.mail import tokens
from talanoa.people.models import Group
from talanoa.processes.actions.inviting import (
    Invited,
    accept_invitation,
    decline_invitation,
    invite,
)
from talanoa.processes.forms import InviteeForm, JoinForm, OutreachListForm
from talanoa.processes.letters.inviting import JOIN
from talanoa.processes.models import Invitation, Invitee, Participant, Process, check_inviting, last_day
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import GROUP_FLOOR, invitation_counts, published_charter
from talanoa.processes.skin import office_page, process_or_404
from talanoa.processes.tables import LARGEST, OutreachList, country_called, decoded, list_csv, read_list

PAGE = 100
MOST_TOLD = 20
"""Addresses that the message after an act names as passed over."""
_State = Invitation.State


@office_page()
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show who was invited and what became of it; invite one person."""
    form = InviteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        one = replace(Invitee(**said), country=country_called(said["country"]))
        try:
            done = invite(process, [one], by=by, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            _tell(request, done)
            return redirect("processes:invitations", process.key)
    return _page(request, process, by, form=form)


def _page(
    request: HttpRequest,
    process: Process,
    by: Participant,
    *,
    form: InviteeForm | None = None,
    list_form: OutreachListForm | None = None,
) -> HttpResponse:
    rows = Invitation.objects.visible_to(by.person).filter(process=process)
    context = {
        "process": process,
        "form": form or InviteeForm(),
        "list_form": list_form or OutreachListForm(),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "states": _State.labels,
        "counts": _counts(process),
        "floor": GROUP_FLOOR,
        "may": by.has_role(*ORGANIZERS) and _is_inviting(process, clock.now()),
    }
    return TemplateResponse(request, "processes/invitations.html", context)


def _counts(process: Process) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return each group that somebody of it was invited from, with how many are in which state."""
    found = invitation_counts(process)
    return [
        (str(label), [(str(_State(state).label), found[group][state]) for state in _State.values])
        for group, label in Group.choices
        if group in found
    ]


def _is_inviting(process: Process, at: datetime) -> bool:
    try:
        check_inviting(process, at=at)
    except RuleBroken:
        return False
    return True


def _tell(request: HttpRequest, done: Invited) -> None:
    """Say how many were invited, and who was passed over and why."""
    n = len(done.invitations)
    if n:
        told = ngettext("%(n)s person is invited.", "%(n)s people are invited.", n)
        messages.success(request, told % {"n": n})
    if done.skipped:
        told = ngettext(
            "%(n)s was passed over: %(who)s", "%(n)s were passed over: %(who)s", len(done.skipped)
        )
        who = "; ".join(f"{one.address} {one.why.label}" for one in done.skipped[:MOST_TOLD])
        more = " …" if len(done.skipped) > MOST_TOLD else ""
        messages.warning(request, told % {"n": len(done.skipped), "who": who + more})


@office_page(*ORGANIZERS)
@require_POST
def review(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show what a list says, line by line; invite its people once that was seen and nothing was changed since."""
    form = OutreachListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, process, by, list_form=form)
    try:
        text = _text(form.cleaned_data)
        found = read_list(process, text)
        if request.POST.get("confirmed") == _digest(text):
            done = invite(process, found.people, by=by, at=clock.now(), channel="web")
            _tell(request, done)
            return redirect("processes:invitations", process.key)
    except RuleBroken as broken:
        form.add_error(None, broken)
        return _page(request, process, by, list_form=form)
    return _review_page(request, process, text, found)


def _text(said: dict[str, Any]) -> str:
    """Return the list that was sent, with line ends as they are compared. Raises RuleBroken: table_unreadable."""
    text = decoded(said["file"].read(LARGEST + 1)) if said["file"] else said["list"]
    return str(text).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _review_page(request: HttpRequest, process: Process, text: str, found: OutreachList) -> HttpResponse:
    context = {
        "process": process,
        "text": text,
        "people": [(one, Group(one.group).label) for one in found.people],
        "wrong": found.wrong,
        "reviewed": _digest(text),
    }
    return TemplateResponse(request, "processes/invitations_review.html", context)


@office_page()
@require_safe
def table(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Hand out who was invited, with what became of it, as a table for spreadsheets."""
    rows = Invitation.objects.visible_to(by.person).filter(process=process)
    answer = HttpResponse(list_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-invitations.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Join or decline by the link in the letter of invitation; to open it alone changes nothing."""
    process, at = process_or_404(request, key), clock.now()
    row = tokens.find(token, process_key=process.key, at=at)
    if row is None or row.word != JOIN:
        raise Http404
    invitation = get_object_or_404(Invitation.objects.addressed_to(row.person), process=process)
    own = row.person.group if row.person.group != Group.OTHER else invitation.group
    form = JoinForm(request.POST if "join" in request.POST else None, initial={"group": own})
    if request.method == "POST":
        try:
            if "decline" in request.POST:
                decline_invitation(invitation, by=row.person, at=at)
                return redirect("processes:invitation", process.key, token)
            if form.is_valid():
                group = form.cleaned_data["group"]
                accept_invitation(invitation, by=row.person, group=group, at=at, channel="web")
                return redirect("processes:invitation", process.key, token)
        except RuleBroken as broken:
            messages.error(request, broken.text)
    version = published_charter(process)
    context = {
        "process": process,
        "invitation": invitation,
        "form": form,
        "may": _is_inviting(process, at),
        "facts": version.facts if version else {},
        "ends": last_day(process),
    }
    return TemplateResponse(request, "processes/invitation.html", context)
