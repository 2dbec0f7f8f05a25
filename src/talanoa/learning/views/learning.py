"""Pages of one's own learning: my courses, join a class, pause, leave; a text and its judgments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.learning.actions.enrolling import enroll, leave_course, pause_learning
from talanoa.learning.actions.judging import judge_text
from talanoa.learning.forms import CodeForm, JudgeForm, PauseForm
from talanoa.learning.models import Answer, Learner, Run
from talanoa.learning.queries import course_of, item_of, progress_of, runs_of, waiting_for
from talanoa.lib.items import Open
from talanoa.people.middleware import asking
from talanoa.people.models import Person


def me(request: HttpRequest) -> Person:
    """Return who asks. Raises NotAllowed."""
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the courses that I take, how far I am, and what waits for me where I teach."""
    person, at = me(request), clock.now()
    rows = [(row, progress_of(row), row.is_paused(at)) for row in runs_of(person)]
    context = {
        "rows": rows,
        "code_form": CodeForm(),
        "pause_form": PauseForm(),
        "leads": Run.objects.led_by(person).select_related("version"),
        "waiting": waiting_for(person),
        "may_open": person.may_convene,
    }
    return TemplateResponse(request, "learning/mine.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, course: str) -> HttpResponse:
    """Begin a course on my own, by web, or with its lessons by mail."""
    by_mail = request.POST.get("by") == "mail"
    learner = enroll(course, by=me(request), by_mail=by_mail, at=clock.now(), channel="web")
    return _welcome(request, learner)


@login_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join a class by the code that its teacher gave out."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by_mail = request.POST.get("by") == "mail"
        try:
            learner = enroll(
                form.cleaned_data["code"], by=me(request), by_mail=by_mail, at=clock.now(), channel="web"
            )
        except RuleBroken as broken:
            form.add_error("code", broken)
        else:
            return _welcome(request, learner)
    return TemplateResponse(request, "learning/join.html", {"form": form})


def _welcome(request: HttpRequest, learner: Learner) -> HttpResponse:
    told = (
        _("Welcome. The first lesson comes by mail; you may answer here as well.")
        if learner.by_mail
        else _("Welcome. What you answer is kept from now on; the best answer to each question counts.")
    )
    messages.success(request, told)
    return redirect("learning:course", learner.run.version.course)


def _own(request: HttpRequest, pk: int) -> Learner:
    rows = Learner.objects.filter(person=me(request)).select_related("run__version", "person")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let no lesson come for a while; 0 days lets them go on."""
    learner, form = _own(request, pk), PauseForm(request.POST)
    if form.is_valid():
        days = form.cleaned_data["days"]
        pause_learning(learner, by=learner.person, days=days, at=clock.now(), channel="web")
        messages.success(request, _("No lesson comes in that time.") if days else _("The lessons go on."))
    return redirect("learning:mine")


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a course."""
    learner = _own(request, pk)
    leave_course(learner, by=learner.person, at=clock.now(), channel="web")
    messages.success(request, _("You have left the course. What you answered is kept for you."))
    return redirect("learning:mine")


@login_required
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a text to its author and to those who teach them, with its judgments; they judge it here."""
    person = me(request)
    rows = Answer.objects.visible_to(person).select_related("learner__run__version", "learner__person")
    found = get_object_or_404(rows, pk=pk, score__isnull=True)
    course, item = course_of(found.learner.run.version), item_of(found)
    rubric = course.rubrics[item.rubric] if isinstance(item, Open) else None
    is_own = found.learner.person_id == person.pk
    form = JudgeForm(request.POST or None, rubric=rubric, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        said = {"levels": form.levels(), "comment": form.cleaned_data["comment"]}
        try:
            judge_text(found, by=person, at=clock.now(), channel="web", **said)
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("It is kept, and counts."))
            return redirect("learning:text", pk)
    context = {
        "found": found,
        "course": course,
        "lesson": course.lessons[found.lesson],
        "item": item,
        "judgments": [(row, _told(rubric, row.levels)) for row in found.judgments.select_related("by")],
        "form": form,
        "is_own": is_own,
    }
    return TemplateResponse(request, "learning/text.html", context)


def _told(rubric: object, levels: dict[str, int]) -> list[tuple[str, str]]:
    """Return each criterion with the sentence of its level."""
    criteria = getattr(rubric, "criteria", ())
    return [(one.text, one.levels[levels[one.id]]) for one in criteria]
