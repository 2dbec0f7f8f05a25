"""What I have stated of my interests: in general, and for one process; and to erase it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.forms import InterestsForm, interests_of, tie_forms
from talanoa.people.middleware import asking
from talanoa.people.models import InterestStatement, Person
from talanoa.people.queries import statements_of
from talanoa.processes.actions.interests import erase_interests, state_interests
from talanoa.processes.actions.roles import choose_subgroup
from talanoa.processes.models import Process
from talanoa.processes.queries import participant, parts_of_group
from talanoa.processes.skin import process_or_404


@login_required
@require_http_methods(["GET", "POST"])
def general(request: HttpRequest) -> HttpResponse:
    """State my interests in general."""
    return _stated(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, key: str) -> HttpResponse:
    """State what interests I have in the question of one process."""
    return _stated(request, process_or_404(request, key))


def _stated(request: HttpRequest, process: Process | None) -> HttpResponse:
    person = _me(request)
    stated = statements_of(person, process.key if process else "")
    newest = next((row for row in stated if not row.is_erased), None)
    data = request.POST if request.method == "POST" else None
    first = {"text": newest.text, "is_declined": newest.is_declined} if newest else None
    form, rows = InterestsForm(data, initial=first), tie_forms(data, newest)
    if data is not None and form.is_valid() and rows.is_valid():
        try:
            said = interests_of(form, rows)
            state_interests(process, by=person, interests=said, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Stated. What you said before keeps what held then."))
            return redirect("processes:interests", process.key) if process else redirect("site:my-page")
    context: dict[str, Any] = {
        "process": process,
        "form": form,
        "rows": rows,
        "stated": stated,
        "now": clock.now(),
    }
    if process:
        member = participant(process, person)
        context |= {
            "parts": parts_of_group(process, person.group),
            "own_part": member.subgroup if member else "",
        }
    page = "processes/interests.html" if process else "processes/my_interests.html"
    return TemplateResponse(request, page, context)


@login_required
@require_POST
def choose_part(request: HttpRequest, key: str) -> HttpResponse:
    """Say which part of my group I belong to in one process."""
    process = process_or_404(request, key)
    choose_subgroup(process, by=_me(request), name=request.POST.get("part", ""), at=clock.now())
    messages.success(request, _("Kept. It stands beside what you say from now on."))
    return redirect("processes:interests", process.key)


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase one of my statements, after asking once more."""
    person = _me(request)
    rows = InterestStatement.objects.visible_to(person).filter(is_erased=False)
    statement = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        erase_interests(statement, by=person, at=clock.now(), channel="web")
        messages.success(request, _("Erased. That you stated something, and when, stays on the record."))
        key = statement.process_key
        return redirect("processes:interests", key) if key else redirect("processes:my-interests")
    return TemplateResponse(request, "processes/interests_erase.html", {"statement": statement})


def _me(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person
