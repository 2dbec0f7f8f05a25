"""What those who are asked do: take a position, object, maintain an objection, send a minority statement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.consensus.actions.dissenting import state_minority
from talanoa.consensus.actions.handling import maintain_objection
from talanoa.consensus.actions.positions import Reasons, raise_objection, take_position
from talanoa.consensus.forms.calls import MinorityForm, ObjectionForm, PositionForm, WordsForm
from talanoa.consensus.models import Call
from talanoa.consensus.skin import call_or_404, lines_of, objection_of
from talanoa.contributions.actions.standing import author_of, withdraw
from talanoa.contributions.models import Assurance
from talanoa.contributions.skin import author_or_404, once, once_key, own_or_404, receipt_file
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from talanoa.processes.skin import process_or_404

PROVEN = Assurance.PROVEN


def _person(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first: a position stands under a name."))
    return person


def _initial(request: HttpRequest, call: Call) -> dict[str, Any]:
    """Return what a form begins with: the recommendation whose link led here."""
    asked = request.GET.get("about", "")
    numbers = {str(n): n for n in call.recommendations}
    return {"recommendation": numbers.get(asked, 0), "once": once()}


@login_required
@require_http_methods(["GET", "POST"])
def position(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say where one stands."""
    call, person, at = call_or_404(request, key, number), _person(request), clock.now()
    call.check_takes_positions(at)
    form = PositionForm(request.POST or None, call=call, initial=_initial(request, call))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            by = enter(call.process, person, at=at)
            take_position(
                call,
                by=by,
                option=said["option"],
                reason=said["reason"],
                recommendation=said["recommendation"],
                assurance=PROVEN,
                at=at,
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error("reason" if broken.rule in ("reason_missing", "text_too_long") else None, broken)
        else:
            messages.success(request, _("Noted, in public and on the record. What you said last counts."))
            return redirect("consensus:show", key, number)
    context = {"process": call.process, "call": call, "form": form}
    return TemplateResponse(request, "consensus/position.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Object, with a reason and what would resolve it."""
    call, person, at = call_or_404(request, key, number), _person(request), clock.now()
    call.check_takes_positions(at)
    form = ObjectionForm(request.POST or None, call=call, initial=_initial(request, call))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reasons = Reasons(said["kind"], said["text"], said["resolves"])
        about = str(said["recommendation"])
        dedup = once_key(call.process, person, said["once"], about, reasons.text, reasons.resolves)
        try:
            by = enter(call.process, person, at=at)
            made = raise_objection(
                call,
                by=by,
                author=author_of(person, assurance=PROVEN, group=by.group),
                reasons=reasons,
                recommendation=said["recommendation"],
                dedup_key=dedup,
                at=at,
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(
                request, _("Your objection has a number. The call cannot close before it is answered.")
            )
            return redirect("consensus:objection", key, made.contribution.number)
    context = {"process": call.process, "call": call, "form": form}
    return TemplateResponse(request, "consensus/object.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def stands(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say, as who objected, that an answer will not do."""
    process, person, at = process_or_404(request, key), _person(request), clock.now()
    found = objection_of(process, number)
    if found.contribution.person_id != person.pk:
        raise Http404
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            by = enter(process, person, at=at)
            maintain_objection(found, by=by, text=form.cleaned_data["text"], at=at, channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("It stands, in your words. The chair weighs it in public."))
            return redirect("consensus:objection", key, number)
    context = {"process": process, "line": lines_of([found], person)[0], "form": form}
    return TemplateResponse(request, "consensus/stands.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def minority(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Send a minority statement."""
    call, person, at = call_or_404(request, key, number), _person(request), clock.now()
    form = MinorityForm(request.POST or None, call=call, initial=_initial(request, call))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        about = str(said["recommendation"])
        try:
            by: Participant = enter(call.process, person, at=at)
            made = state_minority(
                call,
                by=by,
                author=author_of(person, assurance=PROVEN, group=by.group),
                text=said["text"],
                recommendation=said["recommendation"],
                dedup_key=once_key(call.process, person, said["once"], about, said["text"]),
                at=at,
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Your statement has a number. It stands in the report."))
            return redirect("consensus:statement", key, made.contribution.number)
    context = {"process": call.process, "call": call, "form": form}
    return TemplateResponse(request, "consensus/minority.html", context)


@require_safe
def objection_receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the receipt of an objection as a plain text file."""
    return receipt_file(own_or_404(request, key, number, "objection"))


@require_safe
def statement_receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the receipt of a minority statement as a plain text file."""
    return receipt_file(own_or_404(request, key, number, "minority"))


@require_POST
def withdraw_objection(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one's own objection."""
    return _withdraw(request, key, number, "objection", page="consensus:objection")


@require_POST
def withdraw_statement(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one's own minority statement."""
    made = own_or_404(request, key, number, "minority")
    return _withdraw(request, key, number, "minority", page="consensus:show", to=made.minority.call.number)


def _withdraw(
    request: HttpRequest, key: str, number: int, kind: str, *, page: str, to: int = 0
) -> HttpResponse:
    contribution = own_or_404(request, key, number, kind)
    by = enter(contribution.process, author_or_404(request, contribution), at=clock.now())
    withdraw(contribution, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Withdrawn. Number and receipt stay on the record."))
    return redirect(page, key, to or number)
