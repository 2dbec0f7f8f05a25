"""Ending the consensus calls: what was agreed goes into the report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.consensus.actions.ending import end_consensus
from talanoa.consensus.forms.calls import EndForm
from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.permissions import ENDERS
from talanoa.consensus.queries import check_endable, designations_in_force, uncalled_drafts
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page


@office_page(*ENDERS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """End the consensus calls; the page says what was found, what has no outcome, and what still stands in the way."""
    process.check_drafting(clock.now())
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            because = form.cleaned_data["because"]
            end_consensus(process, by=by, because=because, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("because" if broken.rule == "draft_uncalled" else None, broken)
        else:
            messages.success(request, _("Ended. What was agreed goes into the report, which is written now."))
            return redirect("consensus:list", process.key)
    context = {
        "process": process,
        "form": form,
        "found": [(row, LEVEL_NAMES[row.level]) for row in designations_in_force(process)],
        "uncalled": uncalled_drafts(process),
        "barred": _barred(process),
    }
    return TemplateResponse(request, "consensus/end.html", context)


def _barred(process: Process) -> RuleBroken | None:
    """Return what is not settled yet, so that nobody writes a reason first and is refused then."""
    try:
        check_endable(process, clock.now())
    except RuleBroken as broken:
        return broken
    return None
