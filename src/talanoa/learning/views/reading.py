"""Pages of the courses: what there is, a lesson to read and to answer, a course to take away."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.badges.queries import competency_names
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.learning.actions.answering import answer_items
from talanoa.learning.exporting.epub import as_epub
from talanoa.learning.exporting.gift import as_gift
from talanoa.learning.exporting.pages import one_page
from talanoa.learning.forms import LessonForm
from talanoa.learning.letters.lessons import course_text
from talanoa.learning.models import Answer, Learner
from talanoa.learning.queries import course_of, courses, learner_in, progress_of
from talanoa.learning.shown import Shown, blocks
from talanoa.lib.courses import Course
from talanoa.lib.grading import Grade, grade
from talanoa.lib.items import Open, Room
from talanoa.lib.lessons import Block, Lesson
from talanoa.people.middleware import asking
from talanoa.processes.models import Process
from talanoa.processes.queries import open_call

FORMS = {
    "html": ("text/html; charset=utf-8", one_page),
    "txt": ("text/plain; charset=utf-8", course_text),
    "gift": ("text/plain; charset=utf-8", as_gift),
}
OFFERED = 3
"""So many open processes are named at the end of a lesson."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block of a lesson as its page has it: with the fields and the grade of its item, or its kept text."""

    block: Block
    shown: Shown | None = None
    fields: tuple[Any, ...] = ()
    grade: Grade | None = None
    is_judged: bool = False
    text: Answer | None = None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every course, after what others offer."""
    return TemplateResponse(request, "learning/index.html", {"courses": list(courses().values())})


@require_safe
def show(request: HttpRequest, course: str) -> HttpResponse:
    """Show what a course is for, its lessons, how to take it away; and to who learns it how far they are."""
    learner = learner_in(course, asking(request))
    made = _course_or_404(course, learner)
    found = progress_of(learner) if learner else None
    rows = {row.lesson.id: row for row in found.lessons} if found else {}
    modules = [
        (module, [(made.lessons[key], rows.get(key)) for key in module.lessons]) for module in made.modules
    ]
    names = competency_names()
    context = {
        "course": made,
        "modules": modules,
        "learner": learner,
        "progress": found,
        "goes_on": found.unanswered[0].lesson if found and found.unanswered else None,
        "can": [names.get(code, code) for code in made.badge.competencies],
        "sizes": {
            form: len(_file(course, courses()[course].sha256, form)) for form in FORMS if course in courses()
        },
    }
    return TemplateResponse(request, "learning/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show a lesson; tell at once how its questions were answered, and keep it for who takes the course."""
    learner = learner_in(course, asking(request))
    made = _course_or_404(course, learner)
    found = made.lessons.get(lesson)
    if found is None:
        raise Http404
    form = LessonForm(request.POST or None, lesson=found)
    answers = form.answers() if request.method == "POST" and form.is_valid() else {}
    kept = _keep(learner, found, answers, form) if learner and answers else {}
    order = made.in_order()
    place = order.index(found)
    context = {
        "course": made,
        "lesson": found,
        "learner": learner,
        "place": place + 1,
        "total": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "rows": [_row(form, answers, kept, block, item) for block, item in blocks(made, found)],
        "points": progress_of(learner).lessons[place] if learner else None,
        "form": form,
        "answered": bool(answers) and not form.errors,
        "open_now": _open_now(request) if any(block.kind == "live" for block in found.blocks) else [],
        "sources": [made.sources[key] for key in found.sources],
    }
    return TemplateResponse(request, "learning/lesson.html", context)


def _keep(learner: Learner, found: Lesson, answers: dict[str, Any], form: LessonForm) -> dict[str, Answer]:
    """Keep the answers of somebody who takes the course; return the texts that wait for a judge, by their items."""
    at = clock.now()
    try:
        taken = answer_items(
            learner, lesson=found.id, answers=answers, by=learner.person, at=at, channel="web"
        )
    except RuleBroken as broken:
        form.add_error(None, broken)
        return {}
    return {one.item.id: one.row for one in taken if one.grade is None}


@require_safe
def taken(request: HttpRequest, course: str, form: str) -> HttpResponse:
    """Hand out a course as a file to print, to read without a line, or to bring elsewhere."""
    made = _course_or_404(course)
    if form == "epub":
        data, kind = as_epub(made, modified=f"{clock.now():%Y-%m-%dT00:00:00Z}"), "application/epub+zip"
    elif form in FORMS:
        data, kind = _file(made.id, made.sha256, form), FORMS[form][0]
    else:
        raise Http404
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{made.id}-{made.version}.{form}"'
    return answer


@lru_cache(maxsize=64)
def _file(key: str, sha256: str, form: str) -> bytes:
    """Return a course in a form of FORMS: it is made once, since its page tells its size."""
    _kind, made = FORMS[form]
    return made(courses()[key]).encode()


def _course_or_404(key: str, learner: Learner | None = None) -> Course:
    """Return a course: as it is now, and for somebody who takes it as it was when they began."""
    if learner is not None:
        return course_of(learner.run.version)
    found = courses().get(key)
    if found is None:
        raise Http404
    return found


def _row(
    form: LessonForm, answers: dict[str, Any], kept: dict[str, Answer], block: Block, item: Shown | None
) -> Row:
    if item is None:
        return Row(block)
    answer = answers.get(item.item.id)
    is_judged = isinstance(item.item, Open | Room)
    given = grade(item.item, answer) if answer and not is_judged else None
    return Row(
        block=block,
        shown=item,
        fields=tuple(form.of(item.item)),
        grade=given,
        is_judged=is_judged and bool(answer),
        text=kept.get(item.item.id),
    )


def _open_now(request: HttpRequest) -> list[Process]:
    """Return processes that take input now, for whoever wants to do what they learned."""
    at = clock.now()
    rows = Process.objects.visible_to(asking(request)).prefetch_related("stages").order_by("-created_at")
    return [process for process in rows[:50] if open_call(process, at)][:OFFERED]
