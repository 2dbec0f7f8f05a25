"""Who is in the room: the board of a process, for everybody; why a call closes although somebody was missed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.contributions.actions.balancing import explain_floors
from talanoa.contributions.forms import ReasonForm
from talanoa.contributions.room import board, missed
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import may_work_on
from talanoa.processes.skin import office_page, process_or_404


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show who spoke and whose words were taken up, by group, region and country; of one stage if asked for."""
    process = process_or_404(request, key)
    stages = [stage for stage in process.stages.all() if stage.takes_input and stage.opened_at]
    asked = request.GET.get("stage", "")
    stage = next((one for one in stages if one.kind == asked), None)
    context = {
        "process": process,
        "board": board(process, stage=stage.kind if stage else ""),
        "stages": stages if len(stages) > 1 else [],
        "stage": stage,
        "missed": missed(process),
        "works": may_work_on(process, asking(request)),
    }
    return TemplateResponse(request, "contributions/room.html", context)


@office_page(Role.CONVENOR)
@require_http_methods(["GET", "POST"])
def floors(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Let the convenor say in public why a call closes although it missed a floor."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            explain_floors(process, by=by, reason=form.cleaned_data["reason"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("reason", broken)
        else:
            messages.success(request, _("The reason is public, and the call is closed."))
            return redirect("contributions:room", process.key)
    waiting = [row for row in missed(process) if not row.finding.lets_close]
    context = {"process": process, "form": form, "missed": waiting}
    return TemplateResponse(request, "contributions/floors.html", context)
