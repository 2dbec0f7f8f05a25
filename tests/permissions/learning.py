"""A class in the world of the matrix, with a text that somebody wrote in it."""

from permissions.canaries import canary, token
from permissions.stages import ago
from talanoa.learning.actions.answering import answer_items
from talanoa.learning.actions.enrolling import enroll
from talanoa.learning.actions.judging import judge_text
from talanoa.learning.actions.leading import open_run
from talanoa.learning.models import Run
from talanoa.people.models import Person

COURSE = "written-to-be-answered"
TEXT_ITEM = ("followed-to-the-answer", "followed-to-the-answer-5")
LEVELS = dict.fromkeys(("request", "place", "reason", "words", "reader"), 2)


def learn(cast: dict[str, Person]) -> None:
    """A class that the convenor of another process teaches and the participant takes; she wrote a text there."""
    act = {"at": ago(9), "channel": "web"}
    run = open_run(
        COURSE,
        title=canary("class-title"),
        facilitators=[cast["elsewhere"]],
        starts_at=ago(8),
        every_days=2,
        by=cast["convenor"],
        **act,  # type: ignore[arg-type]
    )
    Run.objects.filter(pk=run.pk).update(code=token("run-code").upper())
    run.refresh_from_db()
    learner = enroll(run.code, by=cast["participant"], by_mail=False, **act)  # type: ignore[arg-type]
    lesson, item = TEXT_ITEM
    said = {item: canary("learned-text")}
    text = answer_items(learner, lesson=lesson, answers=said, by=cast["participant"], **act)[0].row  # type: ignore[arg-type]
    judge_text(text, by=cast["elsewhere"], levels=LEVELS, comment=canary("judged-text"), **act)  # type: ignore[arg-type]
