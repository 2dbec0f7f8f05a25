"""A course by mail alone: begin, answer, be graded, judge, pause, leave, pass."""

import pytest

from conftest import day
from learning.conftest import LIST, Correspondent
from learning.scripted_learner import reply, right
from mail.example_mails import words
from talanoa.learning.models import Answer, Learner, LessonLetter
from talanoa.learning.queries import courses
from talanoa.lib.items import Open
from talanoa.record.models import Entry

COURSE = courses()[LIST]
FIRST, SECOND = COURSE.in_order()[:2]


def said(letter: object) -> str:
    return " ".join(words(letter).split())  # type: ignore[arg-type]


def code(letter: object) -> str:
    """The code of a refusal."""
    return said(letter).rpartition("Code: ")[2]


def all_right(n: int) -> str:
    lesson = COURSE.in_order()[n]
    return reply(lesson, {item.id: right(item) for item in lesson.items})


def test_whoever_writes_anything_learns_which_courses_there_are(learner: Correspondent) -> None:
    told = words(learner.writes("Hello, can I learn something here?", at=0))
    assert [key for key in courses() if f"\n  enroll {key}\n" not in told] == []


def test_a_stranger_is_asked_before_anything_begins(learner: Correspondent) -> None:
    asked = learner.writes(f"enroll {LIST}", at=0)
    assert asked["Subject"] == "Is this from you?"
    assert Learner.objects.count() == 0
    told = learner.answers(asked, "confirm", at=0.1)
    assert told["Subject"] == "Welcome: Written to be answered"
    assert Learner.objects.get().by_mail


def test_nobody_can_enroll_another(learner: Correspondent) -> None:
    asked = learner.writes(f"enroll {LIST}", at=0)
    other = Correspondent(learner.postbox, "mallory@elsewhere.example")
    other.answers(asked, "confirm", at=0.1)
    assert Learner.objects.count() == 0


def test_an_unknown_course_is_told_with_those_there_are(learner: Correspondent) -> None:
    asked = learner.writes("enroll the-moon", at=0)
    told = said(learner.answers(asked, "confirm", at=0.1))
    assert f"The courses are: in-the-room, {LIST}." in told
    assert "Code: course_unknown" in told


def test_the_first_lesson_comes_whole_and_says_how_to_answer(enrolled: Correspondent) -> None:
    letter = enrolled.newest()
    assert letter["Subject"] == f"Written to be answered, lesson 1 of 13: {FIRST.title}"
    told = words(letter)
    assert told.startswith("Written to be answered, lesson 1 of 13\n")
    assert "To answer, answer this letter" in said(letter)
    assert len(told.encode()) < 20_000


def test_answers_are_graded_at_once_with_the_reason_for_each_mistake(enrolled: Correspondent) -> None:
    told = said(enrolled.answers(enrolled.newest(), all_right(0), at=1))
    assert told.count("Right:") == len(FIRST.items)
    wrong = next(row for row in FIRST.items[0].options if not row.is_right)  # type: ignore[attr-defined]
    letter = "abcdefgh"[[row.id for row in FIRST.items[0].options].index(wrong.id)]  # type: ignore[attr-defined]
    told = said(enrolled.answers(enrolled.newest(), f"1{letter}", at=1.1))
    assert f"- {wrong.why}" in told


def test_the_best_answer_counts_and_none_is_lost(enrolled: Correspondent) -> None:
    enrolled.answers(enrolled.newest(), all_right(0), at=1)
    before = said(enrolled.answers(enrolled.newest(), "progress", at=1.1))
    enrolled.answers(enrolled.newest(), "1a", at=1.2)
    enrolled.answers(enrolled.newest(), "1b", at=1.3)
    assert said(enrolled.answers(enrolled.newest(), "progress", at=1.4)) == before
    assert Answer.objects.filter(item=FIRST.items[0].id).count() == 3


def test_the_next_lesson_comes_after_an_answer_and_not_before(enrolled: Correspondent) -> None:
    assert enrolled.waits(at=1) == []
    enrolled.answers(enrolled.newest(), "1a", at=1.1)
    came = enrolled.waits(at=1.2)
    assert [letter["Subject"] for letter in came] == [
        f"Written to be answered, lesson 2 of 13: {SECOND.title}"
    ]
    assert enrolled.waits(at=1.3) == []


def test_next_skips_a_lesson(enrolled: Correspondent) -> None:
    enrolled.answers(enrolled.newest(), "next", at=1)
    assert LessonLetter.objects.count() == 2


def test_an_answer_to_an_older_lesson_is_one_to_that_lesson(enrolled: Correspondent) -> None:
    first = enrolled.newest()
    enrolled.answers(first, "next", at=1)
    enrolled.answers(first, "1a", at=1.1)
    assert Answer.objects.get().lesson == FIRST.id


def test_resend_brings_the_lesson_once_more(enrolled: Correspondent) -> None:
    first = enrolled.newest()
    enrolled.answers(first, "resend", at=1)
    again = [letter for letter in enrolled.letters() if letter["Subject"] == first["Subject"]]
    assert [words(letter) for letter in again] == [words(first)] * 2


def test_one_reminder_comes_after_a_week_and_no_second(enrolled: Correspondent) -> None:
    assert [letter["Subject"] for letter in enrolled.waits(at=8)] == [
        "A lesson waits for you: Written to be answered"
    ]
    assert enrolled.waits(at=16) == []


def test_nothing_comes_in_a_pause_and_then_it_goes_on(enrolled: Correspondent) -> None:
    enrolled.answers(enrolled.newest(), "1a", at=0.3)
    enrolled.answers(enrolled.newest(), "pause 30", at=0.31)
    assert enrolled.waits(at=20) == []
    assert len(enrolled.waits(at=31)) == 1


def test_pause_too_long_a_pause_of_years_is_refused(enrolled: Correspondent) -> None:
    assert code(enrolled.answers(enrolled.newest(), "pause 999", at=1)) == "pause_too_long"


def test_who_stops_hears_no_more_and_may_come_back_where_they_were(enrolled: Correspondent) -> None:
    enrolled.answers(enrolled.newest(), "1a", at=1)
    enrolled.answers(enrolled.newest(), "stop", at=1.1)
    assert enrolled.waits(at=30) == []
    back = enrolled.answers(enrolled.newest(), f"enroll {LIST}", at=31)
    assert "Welcome" in str(back["Subject"])
    assert [letter["Subject"] for letter in enrolled.waits(at=31.1)] == [
        f"Written to be answered, lesson 2 of 13: {SECOND.title}"
    ]


@pytest.mark.parametrize("text", ["Thank you!", "I do not understand.", "99a"])
def test_answer_missing_a_mail_without_an_answer_is_told_so(enrolled: Correspondent, text: str) -> None:
    assert code(enrolled.answers(enrolled.newest(), text, at=1)) == "answer_missing"
    assert Answer.objects.count() == 0


def test_an_answer_that_nobody_can_read_is_told_by_its_number(enrolled: Correspondent) -> None:
    told = said(enrolled.answers(enrolled.newest(), "1z", at=1))
    assert "Q1. I could not read this answer." in told


def test_not_enrolled_who_takes_no_course_is_told_how_to_begin(learner: Correspondent) -> None:
    refusal = learner.answers(learner.writes("enroll the-moon", at=0), "confirm", at=0.1)
    told = learner.answers(refusal, "progress", at=0.2)
    assert code(told) == "not_enrolled"
    assert "write: enroll in-the-room" in said(told)


def test_what_another_learner_wrote_is_nobody_elses_to_judge(enrolled: Correspondent) -> None:
    text = pass_all_but_the_text(enrolled)
    other = Correspondent(enrolled.postbox, "mallory@elsewhere.example")
    other.answers(other.writes(f"enroll {LIST}", at=5), "confirm", at=5.1)
    told = said(other.answers(other.newest(), f"judge {text}: a3 b3 c3 d3 e3 perfect", at=5.2))
    assert f"Text {text}: there is none that you may read." in told


def test_the_whole_course_is_passed_by_mail_alone(enrolled: Correspondent) -> None:
    text = pass_all_but_the_text(enrolled)
    told = said(enrolled.newest())
    assert f"judge {text}: a1 b2 c2 d2 e2" in told
    assert "1 text to be judged" in told
    assert Learner.objects.get().passed_at is None
    enrolled.answers(enrolled.newest(), f"judge {text}: a2 b2 c1 d3 e2", at=4)
    learner = Learner.objects.get()
    assert learner.passed_at == day(4)
    came = enrolled.waits(at=4.1)
    assert [letter["Subject"] for letter in came] == ["You have passed: Written to be answered"]
    assert f"Entry {learner.entry_index} of the public record" in said(came[0])
    entry = Entry.objects.get(index=learner.entry_index)
    assert b"halima" not in bytes(entry.leaf).lower()


def pass_all_but_the_text(learner: Correspondent) -> int:
    """Answer all lessons; return the number of the text that waits for its judge."""
    at = 1.0
    for n in range(len(COURSE.lessons)):
        letter = next(
            one for one in reversed(learner.letters()) if f"lesson {n + 1} of" in str(one["Subject"])
        )
        learner.answers(letter, all_right(n), at=at)
        at += 0.05
        learner.waits(at=at)
        at += 0.05
    assert [isinstance(item, Open) for item in COURSE.in_order()[-1].items][-1]
    return Answer.objects.get(score__isnull=True).pk
