"""A lesson is offered where somebody needs it: with a refusal on the page or by mail, with a first receipt."""

import pytest

from architecture.codes import lines
from conftest import day
from learning.conftest import Correspondent
from mail.example_mails import Postbox, mail, words
from talanoa.learning.queries import courses, lesson_at, moments
from talanoa.lib.course_files import CourseWrong, Files
from talanoa.lib.moments import read
from talanoa.processes.models import Stage


def test_every_moment_is_a_refusal_that_is_there_or_the_first_input() -> None:
    assert moments().keys() - {line.code for line in lines()} == {"first_input"}


def test_every_moment_has_a_lesson_of_a_course() -> None:
    for at, (course, key) in moments().items():
        assert lesson_at(at) == (course, courses()[course].lessons[key])
    assert lesson_at("no_such_moment") is None


def test_a_fault_in_the_list_is_told_with_its_line() -> None:
    files = Files("courses", {"moments.yaml": b"- at: some_code\n  leson: a/b\n"})
    with pytest.raises(CourseWrong, match=r"moments\.yaml:2: "):
        read(files)


def test_a_lesson_comes_to_whoever_asks_for_it_with_what_is_right(learner: Correspondent) -> None:
    told = words(learner.writes("lesson object-with-a-remedy", at=0))
    assert "What is right, and why:" in told
    assert len(told.encode()) < 20_000


def test_lesson_unknown_is_said(learner: Correspondent) -> None:
    assert "Code: lesson_unknown" in words(learner.writes("lesson the-moon", at=0))


def test_only_the_receipt_of_a_first_input_offers_the_lesson(postbox: Postbox, call: Stage) -> None:
    told = []
    for n in (1, 2):
        postbox.receive(mail(f"Please pay for {n} translators."), at=day(n))
        told.append("/learn/in-the-room/what-becomes-of-it/" in words(postbox.last()))
    assert told == [True, False]
