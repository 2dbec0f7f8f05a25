"""Pages of whoever teaches: my classes, a class with its learners and the texts that wait, open one, end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.learning.actions.leading import close_run, open_run
from talanoa.learning.forms import RunForm
from talanoa.learning.models import Run
from talanoa.learning.permissions import may_lead, require_school
from talanoa.learning.queries import courses, progress_of, waiting_for
from talanoa.learning.views.learning import me
from talanoa.processes.skin import second_factor_first


@login_required
@require_http_methods(["GET", "POST"])
def open_class(request: HttpRequest) -> HttpResponse:
    """Open a class: on which course, when it begins, who teaches."""
    person = me(request)
    if person.may_convene and not person.may_use_office:
        return second_factor_first(request)
    require_school(person)
    form = RunForm(request.POST or None, courses=courses())
    if request.method == "POST" and form.is_valid():
        try:
            made = open_run(**form.facts(), by=person, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("The class is open. Give its code to those who take part."))
            return redirect("learning:run", made.pk) if may_lead(person, made) else redirect("learning:mine")
    return TemplateResponse(request, "learning/open.html", {"form": form})


def _led(request: HttpRequest, pk: int) -> Run:
    return get_object_or_404(Run.objects.led_by(me(request)).select_related("version"), pk=pk)


@login_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a class to who teaches it: its code, its learners, how far each is, the texts that wait."""
    found = _led(request, pk)
    learners = found.learners.select_related("person", "run__version").order_by("person__name", "pk")
    context = {
        "run": found,
        "rows": [(row, progress_of(row)) for row in learners],
        "waiting": waiting_for(me(request)).filter(learner__run=found),
    }
    return TemplateResponse(request, "learning/run.html", context)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a class."""
    close_run(_led(request, pk), by=me(request), at=clock.now(), channel="web")
    messages.success(request, _("The class is over. What was learned stays."))
    return redirect("learning:run", pk)
