"""The measures of an audit, over a process small enough to count on one's fingers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from talanoa.lib.archive import tables
from talanoa.lib.measures import audited
from talanoa.lib.measures.definitions import Engine, Measure, Row
from talanoa.lib.measures.process_tables import EVENT, STAGE, STANDING
from talanoa.lib.measures.taking import of_folder, take

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def day(number: float) -> datetime:
    return BEGAN + timedelta(days=number)


ACTS = [
    ("charter.published.1", None, 0, "convenor"),
    ("stage.extended.1", None, 20, "convenor"),
    ("response.disputed.1", 1, 50, "participant"),
    ("dispute.replied.1", 1, 51, "chair"),
    ("response.disputed.1", 2, 52, "participant"),
    ("objection.raised.1", 9, 53, "participant"),
    ("objection.handled.1", 9, 54, "chair"),
    ("objection.handled.1", 9, 55, "chair"),
    ("challenge.raised.1", None, 56, "participant"),
    ("report.sealed.1", None, 60, "chair"),
    ("report.final.1", None, 81, "system"),
    ("decision.taken.1", None, 85, "sponsor"),
]
SAID = [(n, f"p{n}", "academia" if n < 6 else "government", "web" if n < 7 else "mail") for n in range(1, 13)]
RESPONSES = [("nm", 1, n, "accepted" if n < 4 else "noted", "Because.", "", day(48)) for n in range(1, 6)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("audited")
    events = [
        ("nm", n, kind, number, day(at), "web", role) for n, (kind, number, at, role) in enumerate(ACTS)
    ]
    tables.write(EVENT, events, folder / "event.parquet")
    stages = [
        ("nm", 1, "input", day(2), day(45), day(2), day(45)),
        ("nm", 2, "review", day(60), day(81), day(60), None),
        ("nm", 3, "decision", None, None, None, None),
    ]
    tables.write(STAGE, stages, folder / "stage.parquet")
    standing = [
        ("nm", n, "named" if n < 11 else "closed", "en" if n < 7 else "", "current" if n < 6 else "missing")
        for n in range(1, 13)
    ]
    tables.write(STANDING, standing, folder / "standing.parquet")
    people = [(who, group, "declared", "africa", day(3), day(3), 1) for _n, who, group, _way in SAID]
    tables.write(tables.PERSON, people, folder / "person.parquet")
    said = [
        ("nm", n, "input", who, group, "KE", way, "published" if n < 12 else "withheld", day(3), None)
        for n, who, group, way in SAID
    ]
    tables.write(tables.CONTRIBUTION, said, folder / "contribution.parquet")
    tables.write(tables.RESPONSE, RESPONSES, folder / "response.parquet")
    decisions = [("nm", "1", "accepted", "", day(85)), ("nm", "2", "not_accepted", "", day(85))]
    tables.write(tables.DECISION, decisions, folder / "decision.parquet")
    with of_folder(folder) as asked:
        yield asked


def told(engine: Engine, measure: Measure, *, most: int = 3) -> list[Row]:
    """The first columns of the rows that are shown."""
    return [row[:most] for row in take(measure, engine).rows]


def test_a_stage_has_its_length_and_its_notice(engine: Engine) -> None:
    windows = told(engine, audited.CALL_WINDOWS, most=5)
    assert windows == [("nm", "input", 2, 43, 1), ("nm", "review", 60, 21, 0)]


def test_ways_and_languages_are_counted_by_person(engine: Engine) -> None:
    assert told(engine, audited.PARTICIPATION_BY_CHANNEL, most=2) == [("mail", 6), ("web", 6)]
    assert told(engine, audited.PARTICIPATION_BY_LANGUAGE, most=2) == [("en", 6), ("unknown", 6)]
    assert take(audited.PARTICIPATION_BY_LANGUAGE, engine).unknown_share == 0.5


def test_what_is_shown_and_where_it_stands_is_a_share_of_all(engine: Engine) -> None:
    shown = told(engine, audited.WORDS_SHOWN)
    assert shown == [
        ("closed", 2, pytest.approx(2 / 12, abs=1e-6)),
        ("named", 10, pytest.approx(10 / 12, abs=1e-6)),
    ]
    assert told(engine, audited.CONTRIBUTIONS_BY_STATE, most=2) == [("published", 11), ("withheld", 1)]


def test_interests_count_for_those_who_spoke_under_their_name(engine: Engine) -> None:
    assert told(engine, audited.INTERESTS_STATED, most=2) == [("current", 5), ("missing", 5)]


def test_what_was_taken_up_is_a_share_of_what_was_answered(engine: Engine) -> None:
    assert told(engine, audited.TAKEN_UP_BY_GROUP, most=5) == [("academia", 5, 5, 3, 0.6)]
    assert told(engine, audited.TAKEN_UP_BY_REGION, most=5) == [("africa", 5, 5, 3, 0.6)]


def test_a_matter_that_is_handled_twice_is_one_matter(engine: Engine) -> None:
    ways = told(engine, audited.REDRESS)
    assert ways == [("challenge", 1, 0), ("dispute_of_answer", 2, 1), ("objection", 1, 1)]


def test_the_steps_stand_in_order_with_their_day(engine: Engine) -> None:
    steps = told(engine, audited.MILESTONES, most=4)
    assert steps == [
        ("nm", "charter.published.1", 1, 0),
        ("nm", "report.sealed.1", 1, 60),
        ("nm", "report.final.1", 1, 81),
        ("nm", "decision.taken.1", 1, 85),
    ]
    assert told(engine, audited.REVIEW_BEFORE_DECISION) == [("nm", 21, 25)]


def test_who_acted_and_what_was_decided_is_counted(engine: Engine) -> None:
    roles = told(engine, audited.ACTS_BY_ROLE, most=2)
    assert roles == [("chair", 4), ("convenor", 2), ("participant", 4), ("sponsor", 1), ("system", 1)]
    assert told(engine, audited.DECISIONS_BY_ANSWER, most=2) == [("accepted", 1), ("not_accepted", 1)]


@pytest.mark.parametrize("measure", audited.AUDITED, ids=lambda measure: measure.key)
def test_a_list_has_none_of_them(measure: Measure, tmp_path: Path) -> None:
    with of_folder(tmp_path) as engine:
        found = take(measure, engine)
    assert (found.rows, found.of) == ((), 0)
    assert measure.caveat
