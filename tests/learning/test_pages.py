"""A visitor reads the courses, tries the questions of a lesson without a script, and takes a course away."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import START
from learning.example_course import WELL
from talanoa.badges.queries import competency_names
from talanoa.learning import queries
from talanoa.learning.views import reading
from talanoa.lib.course_files import files_in, read
from talanoa.processes.models import Process
from web import Hands, Reader

pytestmark = pytest.mark.django_db
PAGE = "/learn/at-the-well/drawing/"


@pytest.fixture(autouse=True)
def well(monkeypatch: pytest.MonkeyPatch) -> None:
    """The course of the tests is the only one there is."""
    made = read(files_in(WELL))
    monkeypatch.setattr(reading, "courses", lambda: {made.id: made})
    monkeypatch.setattr(reading, "competency_names", lambda: {"B2": "Write an input"})


def test_what_others_teach_stands_before_our_own() -> None:
    page = Reader().open("/learn/")
    assert page.text.index("Find a training that somebody else offers.") < page.text.index("At the well")
    assert "Nobody needs a course" in page.text


def test_a_course_says_what_it_is_for_who_read_it_and_leads_to_its_lessons() -> None:
    reader = Reader()
    page = reader.open("/learn/at-the-well/")
    for told in ("about 1 hour", "Write an input", "not yet reviewed", "CC-BY-4.0", "wrong in no place"):
        assert told in page.text
    assert "Drawing water" in reader.follow("Begin with lesson 1").text
    assert "Sharing water" in reader.follow("Next: Sharing water").text


def test_a_lesson_shows_no_answer_before_one_answered_and_nothing_for_who_teaches() -> None:
    text = Reader().open(PAGE).text
    assert "Halima comes to the well at nine." in text
    assert "S. Hambridge" in text
    for hidden in ("It costs nothing", "Let them act it out.", "Herders draw before noon."):
        assert hidden not in text


def test_whoever_answers_reads_at_once_how_it_went_and_why() -> None:
    reader = Reader()
    reader.open(PAGE)
    page = reader.press(
        "See how I answered",
        **{"drawing-1": "leave", "drawing-2": ["liters", "weather"], "drawing-3": "70", "drawing-4": ""},
    )
    for told in (
        "0 of 1 points.",
        "Then she has no water.",
        "0 of 2 points.",
        "It changes nothing.",
        "Right.",
    ):
        assert told in page.text
    assert "Who keeps goats is a herder." not in page.text
    assert "Nothing of it was kept" in page.text


def test_orders_places_and_texts_are_answered_without_a_script() -> None:
    reader = Reader()
    reader.open("/learn/at-the-well/sharing/")
    page = reader.press(
        "See how I answered",
        **{f"sharing-1__{key}": str(n) for n, key in enumerate(("call", "hear", "say"), start=1)},
        **{"sharing-2__elder": "t1", "sharing-2__herder": "t1"},
        **{"sharing-4": "TEN LITERS OR BUCKETS!", "sharing-5": "Ten liters a day."},
    )
    for told in ("Right.", "1 of 3 points.", "The goats are thirsty.", "Capitals read as shouting."):
        assert told in page.text
    assert "Judge it yourself: It says what It says why" in page.text


def test_two_steps_have_no_one_place() -> None:
    reader = Reader()
    reader.open("/learn/at-the-well/sharing/")
    page = reader.press("See how I answered", **{"sharing-1__call": "1", "sharing-1__hear": "1"})
    assert "Give each step a place of its own" in page.text


def test_trying_writes_nothing() -> None:
    client = Client()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(PAGE, {"drawing-1": "ask"}).status_code == 200
    assert [row["sql"] for row in asked if not row["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize("data", [{"drawing-1": "dig"}, {"drawing-2": ["moon"]}, {"drawing-3": "x" * 50}])
def test_what_no_form_sends_is_refused_in_the_form(data: dict[str, object]) -> None:
    page = Client().post(PAGE, data)
    assert page.status_code == 200
    assert "is-wrong" in page.content.decode()


def test_the_end_of_a_course_offers_what_is_open_now(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, START)
    reader = Reader()
    reader.open("/learn/at-the-well/sharing/")
    assert "How should training be funded?" in reader.page.links


def test_where_nothing_is_open_the_lesson_says_so() -> None:
    assert "No call for input is open here just now." in Reader().open("/learn/at-the-well/sharing/").text


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("epub", "application/epub+zip", b"PK"),
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("txt", "text/plain; charset=utf-8", b"At the well, lesson 1 of 2"),
        ("gift", "text/plain; charset=utf-8", b"// At the well 1.0.0"),
    ],
)
def test_a_course_is_taken_away_as_a_file(form: str, kind: str, begins: bytes) -> None:
    answer = Client().get(f"/learn/at-the-well/take.{form}")
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="at-the-well-1.0.0.{form}"'
    assert answer.content.startswith(begins)


@pytest.mark.parametrize(
    "path",
    ["/learn/no-course/", "/learn/at-the-well/digging/", "/learn/at-the-well/take.exe", "/learn/no/take.txt"],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_the_courses_of_the_program_are_read_once() -> None:
    assert {"in-the-room", "written-to-be-answered"} <= queries.courses().keys()
    assert queries.courses() is queries.courses()
    assert competency_names()["B2"].startswith("Write an input")
