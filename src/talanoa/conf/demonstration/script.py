"""The whole demonstration as steps in time, run in the order of their times, so that the record reads like a life."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from talanoa.conf.demonstration import acts, hosting
from talanoa.conf.demonstration.cast import Cast, gather
from talanoa.conf.demonstration.material import read, text
from talanoa.contributions.models import Theme
from talanoa.discussions.models import Message
from talanoa.inputs.models import Input
from talanoa.kernel.errors import RuleBroken
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter, write_charter
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.actions.stages import close_process, keep_stages, open_process
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.reports.actions import Ruling, decide, end_reviews, note_follow_up, seal_report, write_report
from talanoa.site.views.demonstration import MAIN

NOTE = "A re-enactment with invented people and texts"
BEGIN = datetime(2017, 7, 19, 0, 0, tzinfo=UTC)
NOW = datetime(2017, 8, 27, 18, 0, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"\{input:([a-z0-9-]+)\}")
# How many days before NOW each small process began, so that it stands today where its state says.
BEGAN = {
    "draft": 2,
    "charter_review": 3,
    "open": 5,
    "report_draft": 17,
    "review_period": 21,
    "final": 36,
    "decided": 40,
    "follow_up": 52,
    "closed": 70,
}
LIFE = tuple(BEGAN)


@dataclass(frozen=True, slots=True)
class Step:
    """One act, called with `at=`, and the instant at which it happens."""

    at: datetime
    act: Callable[..., object]


def perform(*, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Load the demonstration through the real actions, in the order of time."""
    cast = gather(read("people"), at=BEGIN - timedelta(days=60))
    told = [*_main(cast), *_small(cast), *_desk(cast), *_hosting()]
    steps = sorted(told, key=lambda step: step.at)
    for done, step in enumerate(steps, start=1):
        step.act(at=step.at)
        progress(done, len(steps))


def _begin(key: str, facts: dict[str, Any], cast: Cast, *, at: datetime, until: str) -> Process:
    """Create a process, give the roles, and bring it as far as `until`: draft, charter_review or open."""
    convenor = cast["losalini"]
    process = create_process(by=convenor, key=key, facts=facts, at=at, channel="web", demonstration_note=NOTE)
    by = _convenor(process, cast)
    for name, role in (("awa", Role.SECRETARIAT), ("henrike", Role.CHAIR), (_sponsor(cast), Role.SPONSOR)):
        give_role(process, cast[name], role=role, by=by, at=at, channel="web")
    if until == "draft":
        return process
    write_charter(process, by=by, facts=facts, at=at)
    publish_charter(process, by=by, at=at, channel="web")
    return process if until == "charter_review" else open_process(process, by=by, at=at, channel="web")


def _convenor(process: Process, cast: Cast) -> Participant:
    found = participant(process, cast["losalini"])
    if found is None:
        raise RuleBroken("The convenor of the demonstration is missing.", code="person_unknown")
    return found


def _sponsor(cast: Cast) -> str:
    roles = {row["key"]: row.get("role") for row in read("people")}
    return next(key for key in cast if roles[key] == "sponsor")


def _main(cast: Cast) -> Iterator[Step]:
    """The consultation itself: open until two days after NOW, with one theme still unanswered."""
    made: dict[str, Input] = {}
    themes: dict[str, Theme] = {}
    facts = read("charter-main")
    for stage in facts["stages"]:
        stage["days"] = str(stage["days"]) if stage.get("days") else ""
    yield Step(BEGIN, partial(_begin, MAIN, facts, cast, until="open"))
    yield Step(BEGIN + timedelta(hours=1), partial(_observe, cast))
    for row in read("inputs"):
        yield Step(_instant(row["at"]), partial(_say, row, cast, made))
    for row in sorted(read("interviews"), key=lambda row: str(row["date"])):
        yield Step(_instant(f"{row['date']}T15:00Z"), partial(_interview, row, cast, made))
    said: dict[str, Message] = {}
    for row in read("threads"):
        yield Step(_instant(row["at"]), partial(_talk, row, cast, made, said))
    answered = NOW - timedelta(hours=4)
    for row in read("themes"):
        yield Step(answered, partial(_theme, row, made, themes))
        yield Step(answered + timedelta(hours=1), partial(_answer, row, themes))
    yield Step(NOW - timedelta(hours=2), partial(_write_report, made))


def _process() -> Process:
    return Process.objects.get(key=MAIN)


def _observe(cast: Cast, *, at: datetime) -> None:
    """Let the observer enter, with the role of one."""
    process = _process()
    roles = {row["key"]: row.get("role") for row in read("people")}
    for key, role in roles.items():
        if role in (Role.OBSERVER, Role.PARTICIPANT):
            enter(process, cast[key], at=at)
            give_role(process, cast[key], role=Role(role), by=_convenor(process, cast), at=at, channel="web")


def _say(row: dict[str, Any], cast: Cast, made: dict[str, Input], *, at: datetime) -> None:
    process, person = _process(), cast[row["person"]]
    if row.get("supersedes"):
        made[row["key"]] = acts.replace(process, made[row["supersedes"]], row, person, at=at)
        return
    made[row["key"]] = acts.say(process, row, person, at=at)
    if row.get("withdrawn"):
        acts.take_back(made[row["key"]], at=at + timedelta(hours=3))
    if row.get("withheld"):
        acts.hold_back(made[row["key"]], row["withheld"], at=at + timedelta(hours=3))


def _interview(row: dict[str, Any], cast: Cast, made: dict[str, Input], *, at: datetime) -> None:
    person = cast[row["person"]] if row.get("person") else None
    made[row["key"]] = acts.interview(_process(), row, person, at=at)


def _talk(
    row: dict[str, Any], cast: Cast, made: dict[str, Input], said: dict[str, Message], *, at: datetime
) -> None:
    """Let somebody speak in the discussion, or the desk summarize a thread."""
    if row.get("summary"):
        acts.summarize(said[row["summary"]], row, at=at)
        return
    told = row | {"text": _numbered(row["text"], made)}
    said[row["key"]] = acts.speak(_process(), told, cast[row["person"]], said.get(row.get("to", "")), at=at)


def _numbered(words: str, made: dict[str, Input]) -> str:
    """Return the words with the numbers of the inputs that they name."""
    numbers = {key: each.contribution.number for key, each in made.items()}
    return _PLACEHOLDER.sub(lambda found: str(numbers[found[1]]), words)


def _theme(
    row: dict[str, Any],
    made: dict[str, Input],
    themes: dict[str, Theme],
    *,
    at: datetime,  # noqa: ARG001 - a working act has no time of its own
) -> None:
    rows = [*read("inputs"), *read("interviews")]
    under = [made[each["key"]] for each in rows if row["slug"] in each["themes"]]
    themes[row["slug"]] = acts.theme(_process(), row, under)


def _answer(row: dict[str, Any], themes: dict[str, Theme], *, at: datetime) -> None:
    """Answer a theme; the one that the tour answers is drafted only."""
    response = row["response"] or row["late_response"]
    acts.answer(themes[row["slug"]], response, at=at, publish=row["response"] is not None)


def _write_report(made: dict[str, Input], *, at: datetime) -> None:
    told = _numbered(text("report.md"), made)
    process = _process()
    by = acts.holder(process, Role.SECRETARIAT)
    write_report(process, by=by, title=process.title, text=told, at=at)


def _hosting() -> Iterator[Step]:
    told = read("place")
    yield Step(BEGIN + timedelta(hours=2), partial(hosting.declare, told["charter"]))
    for number, row in enumerate(told["news"], start=1):
        yield Step(_instant(row["at"]), partial(hosting.tell, row))
        if "corrected" in row:
            yield Step(_instant(row["corrected"]["at"]), partial(hosting.correct, row, number))


def _small(cast: Cast) -> Iterator[Step]:
    for row in read("processes"):
        yield from _life(row, cast)


def _life(row: dict[str, Any], cast: Cast) -> Iterator[Step]:
    """The life of a small process, as far as its state; two weeks each for input and review."""
    reached = LIFE.index(row["state"])
    began = NOW - timedelta(days=BEGAN[row["state"]])
    key, made = row["key"], list[Input]()
    until = row["state"] if reached < LIFE.index("open") else "open"
    yield Step(began, partial(_begin, key, _facts(row), cast, until=until))
    for n, said in enumerate(row["inputs"], start=1):
        yield Step(began + timedelta(days=n), partial(_say_small, key, said, cast, made))
    later: list[tuple[str, float, Callable[..., object]]] = [
        ("report_draft", 14.1, keep_stages),
        ("report_draft", 14.5, partial(_draft_small, row, made)),
        (
            "review_period",
            15,
            lambda at: seal_report(_called(key), by=_convenor(_called(key), cast), at=at, channel="web"),
        ),
        ("final", 29.5, end_reviews),
        ("decided", 30, partial(_decide, row, cast)),
        ("follow_up", 45, partial(_follow, row, cast)),
        ("closed", 60, partial(_close, key, cast)),
    ]
    for state, days, act in later:
        if LIFE.index(state) <= reached:
            yield Step(began + timedelta(days=days), act)


def _desk(cast: Cast) -> Iterator[Step]:
    """What was brought to the issue desk, and what its keeper answered."""
    for row in read("issues"):
        yield Step(_instant(row["at"]), partial(acts.bring, row, cast[row["person"]]))
        if row.get("answer"):
            yield Step(_instant(row["answer"]["at"]), partial(acts.settle, row, cast["losalini"]))


def _say_small(key: str, said: dict[str, Any], cast: Cast, made: list[Input], *, at: datetime) -> None:
    made.append(acts.say(_called(key), said, cast[said["person"]], at=at))


def _called(key: str) -> Process:
    return Process.objects.get(key=key)


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    facts = charter.template("open-consultation", title=row["title"])
    facts |= {"question": row["question"].strip(), "languages": row["languages"]}
    facts["stages"] = [
        {"kind": "input", "days": "14"},
        {"kind": "report"},
        {"kind": "review", "days": "14"},
        {"kind": "decision"},
    ]
    return facts


def _draft_small(row: dict[str, Any], made: list[Input], *, at: datetime) -> None:
    process = _called(row["key"])
    if row.get("theme"):
        theme = acts.theme(process, row["theme"], made)
        if row.get("response"):
            acts.answer(theme, row["response"], at=at)
    if row.get("report"):
        by = acts.holder(process, Role.SECRETARIAT)
        write_report(process, by=by, title=process.title, text=row["report"], at=at)


def _seal(key: str, cast: Cast, *, at: datetime) -> None:
    process = _called(key)
    seal_report(process, by=_convenor(process, cast), at=at, channel="web")


def _close(key: str, cast: Cast, *, at: datetime) -> None:
    process = _called(key)
    close_process(process, by=_convenor(process, cast), at=at, channel="web")


def _decide(row: dict[str, Any], cast: Cast, *, at: datetime) -> None:
    process = _called(row["key"])
    by = participant(process, cast[_sponsor(cast)])
    rulings = {r["number"]: Ruling(r["answer"], r["reason"]) for r in row["decision"]["answers"]}
    if by is not None:
        decide(process, by=by, rulings=rulings, at=at, channel="web")


def _follow(row: dict[str, Any], cast: Cast, *, at: datetime) -> None:
    process = _called(row["key"])
    note_follow_up(process, by=_convenor(process, cast), text=row["follow_up"], at=at, channel="web")


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value)
