"""Course 1 to its badge in a browser without scripts: sixteen lessons, two texts, a room to the end of its debrief."""

import pytest

from conftest import START
from learning.scripted_learner import fields, right
from talanoa.badges.actions.awarding import open_issuer
from talanoa.conf.clockwork import tick
from talanoa.kernel import clock
from talanoa.learning.models import Answer, Learner
from talanoa.learning.queries import courses
from talanoa.people.models import Person
from web import Reader

COURSE = courses()["in-the-room"]


@pytest.fixture
def reader(yusuf: Person, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(clock, "now", lambda: START)
    open_issuer(name="Talanoa", site="http://localhost:8000", at=START)
    return Reader(yusuf)


def test_course_one_is_taken_to_its_badge_without_scripts(reader: Reader) -> None:
    reader.open("/learn/")
    reader.follow("In the room")
    reader.press("Take it here")
    answers(reader)
    judges(reader)
    assert "The practice room 72-hours is still to be played" in reader.open(f"/learn/{COURSE.id}/").text
    reader.follow("The practice room 72-hours is still to be played, to its debrief.")
    plays(reader)
    assert Learner.objects.get().passed_at == START
    tick(at=START)
    page = reader.open("/me/learning/")
    assert "Passed on" in page.text
    assert "Participant" in reader.follow("My badges").text


def answers(reader: Reader) -> None:
    for lesson in COURSE.in_order():
        reader.open(f"/learn/{COURSE.id}/{lesson.id}/")
        reader.press("See how I answered", **fields(lesson, {item.id: right(item) for item in lesson.items}))


def judges(reader: Reader) -> None:
    for text in Answer.objects.filter(score__isnull=True):
        form = reader.open(f"/me/learning/texts/{text.pk}/").form_with("Keep this judgment")
        levels = dict.fromkeys(form.names - {"comment", "csrfmiddlewaretoken"}, "2")
        reader.press("Keep this judgment", **levels)


def plays(reader: Reader) -> None:
    reader.press("Open the room", seat="consumer")
    for _day in range(5):
        reader.press("End my day")
    reader.press("Keep my sentence", sentence="I will ask the quiet ones first.")
