"""The desk of a round: open it, close it when its time is over, erase a statement."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.contributions.forms import EraseForm
from talanoa.contributions.models import Assurance
from talanoa.contributions.skin import once, once_key
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.actions import know_person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.skin import office_page
from talanoa.statements.actions.proposing import erase_proposed
from talanoa.statements.actions.rounds import close_round, open_round
from talanoa.statements.actions.voting import cast_ballot
from talanoa.statements.forms import OpenForm, PaperForm
from talanoa.statements.models import Round
from talanoa.statements.queries import round_called, statement_numbered


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Open a round of statements."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = open_round(
                process, by=by, question=said["question"], days=said["days"], at=clock.now(), channel="web"
            )
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            told = _("The round is open. Propose the first statements: people vote on what is there.")
            messages.success(request, told)
            return redirect("statements:round", process.key, made.number)
    return TemplateResponse(request, "statements/open.html", {"process": process, "form": form})


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def enter_paper(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Enter the ballot of somebody who voted on paper."""
    made = round_called(process, number) if number else None
    if made is None:
        raise Http404
    made.check_open(clock.now())
    form = PaperForm(request.POST or None, initial={"once": once()})
    if request.method == "POST" and form.is_valid():
        try:
            _entered(made, by, form)
        except RuleBroken as broken:
            form.add_error("votes" if broken.rule.startswith(("statement_", "ballot_")) else None, broken)
        else:
            messages.success(request, _("Entered. Who has an address gets the receipt by mail."))
            return redirect("statements:enter", process.key, number)
    context = {"process": process, "round": made, "form": form}
    return TemplateResponse(request, "statements/enter.html", context)


@transaction.atomic
def _entered(made: Round, by: Participant, form: PaperForm) -> None:
    """Cast the ballot together with making its voter known, or neither."""
    said, at = form.cleaned_data, clock.now()
    person = know_person(name=said["name"], address=said["address"], group=said["group"])
    cast_ballot(
        made,
        by=by,
        voter=enter(made.process, person, at=at, group=said["group"]),
        votes=said["votes"],
        assurance=Assurance.ENTERED,
        dedup_key=once_key(made.process, by.person, said["once"], str(made.number)),
        at=at,
        channel="paper",
    )


@office_page()
@require_POST
def end(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Close a round whose time is over."""
    made = round_called(process, number) if number else None
    if made is None:
        raise Http404
    close_round(made, by=by, at=clock.now(), channel="web")
    messages.success(request, _("The round is closed and counted."))
    return redirect("statements:round", process.key, number)


@office_page(Role.CONVENOR)
@require_POST
def erase(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Erase the words of a statement; the act and its ground are on the record."""
    found = statement_numbered(process, number)
    form = EraseForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    erase_proposed(found, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
    messages.success(request, _("The content is erased. Number, entry and proofs stay."))
    return redirect("statements:show", process.key, number)
