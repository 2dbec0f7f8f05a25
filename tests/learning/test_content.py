"""The courses that come with the program: nothing wrong in them, each lesson small enough for a thin line."""

from pathlib import Path

import pytest

from architecture.source import ROOT
from talanoa.learning.exporting.mails import lesson_text
from talanoa.learning.exporting.pages import lesson_part, page
from talanoa.lib.course_files import Course, files_in, read
from talanoa.lib.lessons import Lesson

PAGE, MAIL = 30_000, 20_000
COURSES = [path.parent for path in sorted((ROOT / "content" / "courses").glob("*/course.yaml"))]
LESSONS = [
    (course, lesson)
    for folder in COURSES
    for course in [read(files_in(folder))]
    for lesson in course.in_order()
]


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_nothing_is_wrong_in_a_course(folder: Path) -> None:
    made = read(files_in(folder))
    assert made.reviewed
    assert made.sheets


@pytest.mark.parametrize(("course", "lesson"), LESSONS, ids=lambda one: one.id)
def test_a_lesson_fits_a_page_and_a_mail(course: Course, lesson: Lesson) -> None:
    assert len(page(course, lesson.title, lesson_part(course, lesson)).encode()) <= PAGE
    text = lesson_text(course, lesson)
    assert len(text.encode()) <= MAIL
    assert [line for line in text.splitlines() if len(line) > 72 and " " in line.strip()] == []
