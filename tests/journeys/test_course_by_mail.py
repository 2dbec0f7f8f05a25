"""A learner in Garissa takes course 2 from the first word to the badge, by SMTP and IMAP alone."""

from pathlib import Path
from typing import Any

import pytest

from command_line import talanoa
from conftest import day
from journeys.mail_servers import needs_dovecot
from journeys.post_office import Post, Writer
from learning.scripted_learner import reply, right
from mail.example_mails import words
from talanoa.badges.actions.awarding import open_issuer
from talanoa.learning.models import Learner
from talanoa.learning.queries import courses
from talanoa.processes.models import Stage
from talanoa.record.models import Entry

COURSE = courses()["written-to-be-answered"]
pytestmark = needs_dovecot


@pytest.fixture
def halima(post: Post, settings: Any) -> Writer:
    settings.TALANOA_DEMONSTRATION = True  # so that `--at` says what time it is
    address = "halima@garissa.example"
    return Writer(post, f"Halima Dubow <{address}>", address)


def test_a_course_is_taken_to_its_badge_with_a_mail_program_alone(
    halima: Writer, call: Stage, tmp_path: Path
) -> None:
    open_issuer(name="Talanoa", site="http://localhost:8000", at=day(0))
    listed = halima.writes("courses", to="learn", means="courses")
    assert "enroll written-to-be-answered" in words(listed)
    asked = halima.writes("enroll written-to-be-answered", to="learn", means="enroll")
    halima.answers(asked, "Confirm", means="confirm")
    for n, lesson in enumerate(COURSE.in_order(), start=1):
        letter = halima.told_by_the_clock(f"Written to be answered, lesson {n} of 13")
        graded = halima.answers(
            letter, reply(lesson, {item.id: right(item) for item in lesson.items}), means="answer"
        )
        assert words(graded).count("Right:") == len(lesson.items) - (n == 13)
    text = next(line for line in words(graded).splitlines() if line.startswith("Answer such as: "))
    judged = halima.answers(graded, text.removeprefix("Answer such as: "), means="judge")
    assert "points" in words(judged)
    passed = words(halima.told_by_the_clock("You have passed: Written to be answered"))
    # What she learned can be used at once: the open call is named with its address.
    assert f"{call.process.key}@talanoa.example" in passed
    learner = Learner.objects.get()
    assert Entry.objects.get(index=learner.entry_index).kind == "course.passed.1"
    assert learner.passed_at is not None
    assert learner.passed_at > day(1)
    badge = tmp_path / "letter.txt"
    badge.write_text(words(halima.told_by_the_clock("Your badge: List contributor")), encoding="utf-8")
    assert talanoa("badge", "check", badge).code == 0
