"""A course as XHTML: one page that needs no other file; its parts are those of the EPUB too."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from talanoa.learning.shown import Shown, blocks, shown
from talanoa.lib.courses import Course
from talanoa.lib.lessons import Lesson


def one_page(course: Course) -> str:
    """Return the whole course as one page, the answers after the lessons; it can be printed."""
    front = front_part(course, prefix="#", suffix="", answers="#answers")
    lessons = [lesson_part(course, lesson) for lesson in course.in_order()]
    return page(course, course.title, "\n".join([front, *lessons, answers_part(course)]))


def page(course: Course, title: str, body: str) -> str:
    """Return a page of XHTML around `body`, which is well-formed already."""
    context = {"course": course, "title": title, "body": SafeString(body)}
    return _well_formed(render_to_string("learning/export/page.html", context))


def front_part(course: Course, *, prefix: str, suffix: str, answers: str) -> str:
    """Return what the course is, with its contents."""
    context = {"course": course, "prefix": prefix, "suffix": suffix, "answers": answers}
    return render_to_string("learning/export/front.html", context)


def lesson_part(course: Course, lesson: Lesson, *, answers: str = "") -> str:
    """Return a lesson; `answers` is the file that holds the answers, where it is another one."""
    context = {
        "number": course.in_order().index(lesson) + 1,
        "lesson": lesson,
        "blocks": list(blocks(course, lesson)),
        "answers": answers,
    }
    return render_to_string("learning/export/lesson.html", context)


def answers_part(course: Course, *, in_files: bool = False) -> str:
    """Return what is right and why, lesson by lesson; `in_files` tells that each lesson is a file of its own."""
    parts = [(lesson, _items(course, lesson)) for lesson in course.in_order()]
    context = {"parts": parts, "files": in_files}
    return render_to_string("learning/export/answers.html", context)


def answers_title() -> str:
    """Return how the page of the answers is called."""
    return _("Answers")


def _items(course: Course, lesson: Lesson) -> list[Shown]:
    return [shown(course, item, number) for number, item in enumerate(lesson.items, start=1)]


def _well_formed(html: str) -> str:
    """Return HTML as XML: the tags that our Markdown leaves open are closed, and entities are numbers."""
    return html.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("&nbsp;", "&#160;")
