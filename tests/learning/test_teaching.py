"""A class: opened by whom the operator appointed, joined by its code, judged by who teaches, ended."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from learning.classes import COURSE, LAST, LEVELS, TEXT, joined, opened, written
from learning.conftest import Correspondent
from learning.scripted_learner import OWN_TEXT, right
from mail.example_mails import words
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.learning.actions import answering, enrolling, judging, leading
from talanoa.learning.models import Answer, Learner
from talanoa.learning.queries import points_in, progress_of, waiting_for
from talanoa.people.models import Person


def judged(
    answer: Answer, by: Person, *, comment: str = "Name the paragraph.", at: float = 3, **levels: int
) -> int:
    found = judging.judge_text(
        answer, by=by, levels=LEVELS | levels, comment=comment, at=day(at), channel="web"
    )
    return found.score


def refused(code: str) -> object:
    return pytest.raises(RuleBroken, check=lambda broken: broken.rule == code)


def test_only_whom_the_operator_appointed_opens_a_class(amina: Person, sione: Person) -> None:
    with pytest.raises(NotAllowed):
        opened(sione, sione)
    assert opened(amina, sione).facilitators.get().person == sione


def test_facilitator_missing_a_class_without_a_teacher_is_refused(amina: Person) -> None:
    with refused("facilitator_missing"):
        opened(amina)


def test_pace_unfit_lessons_come_within_a_month(amina: Person, sione: Person) -> None:
    with refused("pace_unfit"):
        opened(amina, sione, every_days=31)


def test_course_unknown_names_those_there_are(sione: Person) -> None:
    with refused("course_unknown"):
        enrolling.enroll("ZZZZZZZZ", by=sione, by_mail=False, at=START, channel="web")


def test_a_class_keeps_the_course_as_it_is_that_day(
    amina: Person, sione: Person, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = joined(opened(amina, sione), yusuf)
    monkeypatch.setattr("talanoa.learning.queries.courses", dict)
    assert progress_of(learner).most == progress_of(learner).most > 0
    assert learner.run.version.sha256 == COURSE.sha256


def test_lessons_of_a_class_come_by_its_days_whether_answered_or_not(
    amina: Person, sione: Person, yusuf: Person
) -> None:
    learner = joined(opened(amina, sione), yusuf, by_mail=True)
    sent = []
    for n in (1, 2, 3, 4, 5):
        tick(at=day(n))
        sent.append(learner.letters.count())
    assert sent == [1, 1, 2, 2, 3]


def test_run_closed_nobody_joins_or_answers_after_the_end(
    amina: Person, sione: Person, yusuf: Person
) -> None:
    run = opened(amina, sione)
    learner = joined(run, yusuf)
    leading.close_run(run, by=sione, at=day(2), channel="web")
    with refused("run_closed"):
        written(learner)
    with refused("run_closed"):
        joined(run, amina)


def test_only_its_teachers_end_a_class(amina: Person, sione: Person) -> None:
    with pytest.raises(NotAllowed):
        leading.close_run(opened(amina, sione), by=amina, at=day(2), channel="web")


def test_what_a_teacher_finds_counts_before_the_own_judgment(
    amina: Person, sione: Person, yusuf: Person
) -> None:
    learner = joined(opened(amina, sione), yusuf)
    text = written(learner)
    assert judged(text, yusuf, comment="") == 10
    assert judged(text, sione, request=0) == 8
    assert points_in(learner.answers.all()) == {(LAST.id, TEXT.id): 8}
    judged(text, yusuf, comment="")
    assert points_in(learner.answers.all()) == {(LAST.id, TEXT.id): 8}


def test_nobody_gives_themselves_the_highest_level(amina: Person, sione: Person, yusuf: Person) -> None:
    text = written(joined(opened(amina, sione), yusuf))
    assert judged(text, yusuf, request=3) == 10
    assert judged(text, sione, request=3) == 11


def test_comment_missing_a_teacher_says_why(amina: Person, sione: Person, yusuf: Person) -> None:
    text = written(joined(opened(amina, sione), yusuf))
    with refused("comment_missing"):
        judged(text, sione, comment=" ")


def test_levels_unfit_each_criterion_has_one(amina: Person, sione: Person, yusuf: Person) -> None:
    text = written(joined(opened(amina, sione), yusuf))
    for levels in ({}, LEVELS | {"request": 4}, LEVELS | {"beauty": 1}):
        with refused("levels_unfit"):
            judging.judge_text(text, by=sione, levels=levels, comment="So.", at=day(3), channel="web")


def test_nobody_else_judges(amina: Person, sione: Person, yusuf: Person) -> None:
    text = written(joined(opened(amina, sione), yusuf))
    with pytest.raises(NotAllowed):
        judged(text, amina)


def test_not_for_judging_what_a_rule_graded(amina: Person, sione: Person, yusuf: Person) -> None:
    learner = joined(opened(amina, sione), yusuf)
    first = COURSE.in_order()[0]
    item = first.items[0]
    said = {
        "lesson": first.id,
        "answers": {item.id: right(item)},
        "by": yusuf,
        "at": day(2),
        "channel": "web",
    }
    row = answering.answer_items(learner, **said)[0].row  # type: ignore[arg-type]
    with refused("not_for_judging"):
        judged(row, sione)


def test_answer_unfit_changes_nothing(amina: Person, sione: Person, yusuf: Person) -> None:
    learner = joined(opened(amina, sione), yusuf)
    first = COURSE.in_order()[0]
    said = {"lesson": first.id, "by": yusuf, "at": day(2), "channel": "web"}
    answers = {first.items[0].id: "no such option"}
    with refused("answer_unfit"):
        answering.answer_items(learner, answers=answers, **said)  # type: ignore[arg-type]
    assert Answer.objects.count() == 0


def test_answers_too_many_within_a_day(
    amina: Person, sione: Person, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_A_DAY", 2)
    learner = joined(opened(amina, sione), yusuf)
    for _n in range(2):
        written(learner)
    with refused("answers_too_many"):
        written(learner)
    assert written(learner, at=4)


def test_only_the_newest_text_waits_for_a_teacher(amina: Person, sione: Person, yusuf: Person) -> None:
    learner = joined(opened(amina, sione), yusuf)
    written(learner, "A first try.")
    newest = written(learner)
    assert list(waiting_for(sione)) == [newest]
    judged(newest, sione)
    assert list(waiting_for(sione)) == []


def test_a_teacher_grades_by_answering_the_digest(
    amina: Person, sione: Person, yusuf: Person, learner: Correspondent
) -> None:
    run = opened(amina, sione)
    texts = [written(joined(run, yusuf)), written(joined(run, amina), "Please do something.")]
    teacher = Correspondent(learner.postbox, "sione@gov.example")
    digest = teacher.waits(at=3)[0]
    assert OWN_TEXT.split("\n", maxsplit=1)[0] in " ".join(words(digest).replace(">", "").split())
    said = (
        f"judge {texts[0].pk}: a3 b2 c2 d2 e3 It says where.\n\njudge {texts[1].pk} a0 b0 c0 d0 e1\nSay what."
    )
    told = " ".join(words(teacher.answers(digest, said, at=3.1)).split())
    assert told.startswith(f"Text {texts[0].pk}: 12 of 15 points. Text {texts[1].pk}: 1 of 15 points.")
    author = Correspondent(learner.postbox, "yusuf@garissa.example")
    assert "It says where." in words(author.waits(at=3.2)[-1])
    assert teacher.waits(at=5) == []


def test_one_judgment_that_cannot_be_taken_does_not_hold_up_the_others(
    amina: Person, sione: Person, yusuf: Person, learner: Correspondent
) -> None:
    text = written(joined(opened(amina, sione), yusuf))
    teacher = Correspondent(learner.postbox, "sione@gov.example")
    digest = teacher.waits(at=3)[0]
    said = f"judge {text.pk + 99}: a1 So.\njudge {text.pk}: a3 b2 c2 d2 e3"
    told = " ".join(words(teacher.answers(digest, said, at=3.1)).split())
    assert f"Text {text.pk + 99}: there is none that you may read." in told
    assert f"Text {text.pk}: Tell the author in a sentence why" in told


def test_nobody_is_bothered_twice_a_day(
    amina: Person, sione: Person, yusuf: Person, learner: Correspondent
) -> None:
    written(joined(opened(amina, sione), yusuf))
    teacher = Correspondent(learner.postbox, "sione@gov.example")
    assert [len(teacher.waits(at=3 + hour / 24)) for hour in (0, 1, 23, 25)] == [1, 0, 0, 1]


def test_points_are_never_changed_in_the_database(amina: Person, sione: Person, yusuf: Person) -> None:
    learner = joined(opened(amina, sione), yusuf)
    text = written(learner)
    judged(text, sione)
    Learner.objects.filter(pk=learner.pk).update(passed_at=day(3))
    for rows, change in (
        (Answer.objects.all(), {"score": 3}),
        (text.judgments.all(), {"score": 15}),
        (Learner.objects.all(), {"passed_at": None}),
    ):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            rows.update(**change)


def test_a_day_of_the_class_is_counted_from_the_first(amina: Person, sione: Person) -> None:
    run = opened(amina, sione)
    assert run.due_at(3) == day(1) + timedelta(days=4)
