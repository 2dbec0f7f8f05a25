"""Who is in the room: the board of a process, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.contributions.room import board
from talanoa.processes.models import Stage
from talanoa.processes.skin import process_or_404


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
        "kinds": Stage.Kind,
    }
    return TemplateResponse(request, "contributions/room.html", context)
