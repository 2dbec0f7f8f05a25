"""A class in Nuku'alofa, who joins it, and what they write."""

from conftest import START, day
from learning.conftest import LIST
from learning.scripted_learner import OWN_TEXT
from talanoa.learning.actions import answering, enrolling, leading
from talanoa.learning.models import Answer, Learner, Run
from talanoa.learning.queries import courses
from talanoa.lib.items import Open
from talanoa.people.models import Person

COURSE = courses()[LIST]
LAST = COURSE.in_order()[-1]
TEXT = next(item for item in LAST.items if isinstance(item, Open))
LEVELS = {row.id: 2 for row in COURSE.rubrics[TEXT.rubric].criteria}


def opened(amina: Person, *teachers: Person, **facts: object) -> Run:
    told = {"title": "Nuku'alofa, March", "starts_at": day(1), "every_days": 2} | facts
    return leading.open_run(LIST, facilitators=list(teachers), by=amina, at=START, channel="web", **told)  # type: ignore[arg-type]


def joined(run: Run, who: Person, *, by_mail: bool = False) -> Learner:
    return enrolling.enroll(run.code.lower(), by=who, by_mail=by_mail, at=day(1), channel="web")


def written(learner: Learner, text: str = OWN_TEXT, *, at: float = 2) -> Answer:
    said = {"lesson": LAST.id, "answers": {TEXT.id: text}, "channel": "web"}
    return answering.answer_items(learner, by=learner.person, at=day(at), **said)[0].row  # type: ignore[arg-type]
