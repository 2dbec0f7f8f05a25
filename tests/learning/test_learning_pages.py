"""Learning on the web without scripts: begin, answer, judge, pass; what is kept is the learner's alone."""

from pathlib import Path
from random import Random

from command_line import talanoa
from conftest import START
from learning.classes import joined, opened, written
from learning.conftest import LIST, Correspondent
from learning.scripted_learner import any_answer, fields, reply, right
from talanoa.learning.actions.answering import note_room
from talanoa.learning.models import Answer, Learner
from talanoa.learning.queries import FOLDER, courses, points_in, progress_of
from talanoa.lib.items import Open, Room
from talanoa.lib.lessons import Lesson
from talanoa.people.models import Person
from web import Reader

COURSE = courses()[LIST]


def begun(person: Person, course: str = LIST) -> Reader:
    reader = Reader(person)
    reader.open(f"/learn/{course}/")
    reader.press("Take it here")
    return reader


def sends(reader: Reader, course: str, lesson: Lesson, answers: dict[str, object]) -> None:
    reader.open(f"/learn/{course}/{lesson.id}/")
    reader.press("See how I answered", **fields(lesson, answers))  # type: ignore[arg-type]


def graded(lesson: Lesson) -> list[str]:
    return [item.id for item in lesson.items if not isinstance(item, Open | Room)]


def test_a_visitor_is_asked_to_sign_in_before_anything_is_kept(log: object) -> None:
    reader = Reader()
    reader.open(f"/learn/{LIST}/")
    assert "Sign in" in reader.press("Take it here").text
    assert Learner.objects.count() == 0


def test_whoever_takes_a_course_has_their_best_answers_kept(yusuf: Person) -> None:
    reader, lesson = begun(yusuf), COURSE.in_order()[0]
    sends(reader, LIST, lesson, {item.id: right(item) for item in lesson.items})
    most = progress_of(Learner.objects.get()).lessons[0].most
    assert f"Your points in this lesson: {most} of {most}." in reader.page.text
    sends(reader, LIST, lesson, {lesson.items[0].id: lesson.items[0].options[-1].id})  # type: ignore[attr-defined]
    assert "It is kept." in reader.page.text
    assert f"Your points in this lesson: {most} of {most}." in reader.page.text


def test_the_page_of_the_course_says_how_far_one_is_and_leads_on(yusuf: Person) -> None:
    reader, lesson = begun(yusuf), COURSE.in_order()[0]
    sends(reader, LIST, lesson, {item.id: right(item) for item in lesson.items})
    page = reader.open(f"/learn/{LIST}/")
    assert "12 lessons are not answered whole." in page.text
    assert COURSE.in_order()[1].title in reader.follow(f"Go on: {COURSE.in_order()[1].title}").text


def test_nobody_else_sees_what_somebody_learns(yusuf: Person, lucia: Person) -> None:
    begun(yusuf)
    assert "You take no course yet." in Reader(lucia).open("/me/learning/").text


def test_course_one_is_passed_by_web_without_scripts_with_the_debrief_of_its_room(yusuf: Person) -> None:
    reader, course = begun(yusuf, "in-the-room"), courses()["in-the-room"]
    for lesson in course.in_order():
        sends(reader, course.id, lesson, {item.id: right(item) for item in lesson.items})
    for text in Answer.objects.filter(score__isnull=True):
        page = reader.open(f"/me/learning/texts/{text.pk}/")
        names = {
            name for name in page.form_with("Keep this judgment").names if name in course_criteria(course)
        }
        reader.press("Keep this judgment", **dict.fromkeys(names, "2"))
    found = progress_of(Learner.objects.get())
    assert (found.answered, found.waiting, found.rooms) == (16, 0, ("72-hours",))
    assert found.share >= found.needed
    note_room(scenario="72-hours", room="pr-1", by=yusuf, at=START, channel="web")
    assert "Passed on" in reader.open("/me/learning/").text


def course_criteria(course: object) -> set[str]:
    rubrics = course.rubrics.values()  # type: ignore[attr-defined]
    return {row.id for rubric in rubrics for row in rubric.criteria}


def test_equal_answers_get_equal_grades_by_web_by_mail_and_on_the_command_line(
    yusuf: Person, enrolled: Correspondent, tmp_path: Path, log: object
) -> None:
    chance, reader = Random(20261126), begun(yusuf)
    for n, lesson in enumerate(COURSE.in_order(), start=1):
        answers = {item.id: any_answer(item, chance) for item in lesson.items}
        sends(reader, LIST, lesson, answers)  # type: ignore[arg-type]
        letter = next(one for one in enrolled.letters() if f"lesson {n} of" in str(one["Subject"]))
        enrolled.answers(letter, reply(lesson, answers), at=n)
        enrolled.waits(at=n + 0.1)
        file = tmp_path / "answers.txt"
        file.write_text(reply(lesson, answers), encoding="utf-8")
        told = talanoa("learn", "grade", FOLDER / LIST, lesson.id, file, "--json").told
        by_line = {(lesson.id, key): row["score"] for key, row in told["grades"].items()}
        by_web, by_mail = (points_of(one, lesson) for one in (yusuf.address, "halima@garissa.example"))
        assert by_web == by_mail == by_line


def points_of(address: str, lesson: Lesson) -> dict[tuple[str, str], int | None]:
    learner = Learner.objects.get(person__address=address)
    found = points_in(learner.answers.filter(lesson=lesson.id))
    return {key: score for key, score in found.items() if key[1] in graded(lesson)}


def test_somebody_joins_a_class_by_its_code_and_a_wrong_one_is_said_at_its_field(
    amina: Person,
    sione: Person,
    yusuf: Person,
) -> None:
    made = opened(amina, sione)
    reader = Reader(yusuf)
    reader.open("/me/learning/join/")
    assert "There is no such course or code." in reader.press("Join, and learn here", code="NOSUCH").text
    assert (
        made.title in reader.press("Join, and learn here", code=made.code.lower()).text or made.learners.get()
    )


def test_who_teaches_sees_how_far_each_learner_is_and_judges_a_text(
    amina: Person,
    sione: Person,
    yusuf: Person,
) -> None:
    made = opened(amina, sione)
    text = written(joined(made, yusuf))
    reader = Reader(sione)
    page = reader.open(f"/me/classes/{made.pk}/")
    assert made.code in page.text
    assert "Yusuf Abdi 0 / 13" in page.text
    reader.follow(f"Text {text.pk}")
    page = reader.press(
        "Keep this judgment",
        comment="",
        **dict.fromkeys(course_criteria(COURSE) & reader.page.forms[-1].names, "3"),
    )
    assert "This field is required." in page.text
    page = reader.press(
        "Keep this judgment",
        comment="Exact.",
        **dict.fromkeys(course_criteria(COURSE) & reader.page.forms[-1].names, "3"),
    )
    assert "15 / 15, Sione Vea" in page.text


def test_whom_the_operator_appointed_opens_a_class(amina: Person, sione: Person) -> None:
    reader = Reader(amina, in_office=True)
    reader.open("/me/classes/open/")
    told = {"title": "Monday", "starts_on": "2026-03-09"}
    page = reader.press("Open the class", teachers="nobody@here.example", **told)
    assert "Nobody here has the address nobody@here.example." in page.text
    reader.press("Open the class", teachers="sione@gov.example", **told)
    assert "Monday" in Reader(sione).open("/me/learning/").text


def test_whoever_learns_takes_every_answer_with_them(yusuf: Person) -> None:
    reader, lesson = begun(yusuf), COURSE.in_order()[0]
    sends(reader, LIST, lesson, {item.id: right(item) for item in lesson.items})
    told = reader.client.get("/me/data.json").json()["courses"]
    assert [row["question"] for row in told[0]["answers"]] == [item.id for item in lesson.items]


def test_a_course_may_be_left_and_taken_up_again(yusuf: Person) -> None:
    reader, lesson = begun(yusuf), COURSE.in_order()[0]
    sends(reader, LIST, lesson, {item.id: right(item) for item in lesson.items})
    reader.open("/me/learning/")
    assert "You left it on" in reader.press("Leave the course").text
    reader.open(f"/learn/{LIST}/")
    reader.press("Take it here")
    assert progress_of(Learner.objects.get()).answered == 1
