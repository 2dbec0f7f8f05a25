"""The desk of a round: open it, close it when its time is over, erase a statement."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.contributions.forms import EraseForm
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.skin import office_page
from talanoa.statements.actions.proposing import erase_proposed
from talanoa.statements.actions.rounds import close_round, open_round
from talanoa.statements.forms import OpenForm
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
