"""The courses that come with the program: nothing wrong in them, each lesson small enough for a thin line."""

from pathlib import Path

import pytest
from django.test import Client

from architecture.source import ROOT
from talanoa.learning.exporting.pages import lesson_part, page
from talanoa.learning.letters.lessons import lesson_text
from talanoa.lib.course_files import files_in, read
from talanoa.lib.courses import Course
from talanoa.lib.items import Choosing
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


@pytest.mark.django_db
@pytest.mark.parametrize(("course", "lesson"), LESSONS, ids=lambda one: one.id)
def test_the_page_of_a_lesson_is_small(course: Course, lesson: Lesson) -> None:
    answer = Client().get(f"/learn/{course.id}/{lesson.id}/")
    assert answer.status_code == 200
    assert len(answer.content) <= PAGE


@pytest.mark.parametrize("course", [read(files_in(folder)) for folder in COURSES], ids=lambda one: one.id)
def test_a_right_option_stands_in_every_place_and_is_not_always_the_longest(course: Course) -> None:
    asked = [item for lesson in course.in_order() for item in lesson.items if isinstance(item, Choosing)]
    single = [item.options for item in asked if item.kind == "choice"]
    places = [next(n for n, row in enumerate(rows) if row.is_right) for rows in single]
    assert {0, 1, 2} <= set(places)
    assert max(map(places.count, places)) <= 0.6 * len(places)
    longest = [max(rows, key=lambda row: len(row.text)).is_right for rows in single]
    assert sum(longest) <= 0.6 * len(longest)
