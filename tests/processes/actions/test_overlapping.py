"""A charter that states a finding waits until each close body was judged, written to and heard."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from registry.example_files import REGISTRY
from steps import draft, line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.overlapping import (
    contact_body,
    explain_overlap,
    judge_overlap,
    question_overlap,
    record_reply,
    search_overlaps,
)
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Body, Judgement, Liaison, Missed
from talanoa.registry.queries import newest_search, standings

WEB: dict[str, Any] = {"channel": "web"}
FAR: dict[str, Any] = {"relation": "none", "action": "proceed", "reason": "It builds roads."}
NEAR: dict[str, Any] = {"relation": "adjacent", "action": "feed", "reason": "It talks about ferries."}
Draft = tuple[Process, Participant]


@pytest.fixture
def bodies(log: Log) -> dict[str, Body]:
    load_registry(read(REGISTRY), at=START, channel="cli")
    return {row.key: row for row in Body.objects.all()}


@pytest.fixture
def ferries(bodies: dict[str, Body], amina: Person) -> Draft:
    """A draft that states a finding."""
    return draft(
        amina,
        title="What should a ferry cost?",
        question="A fair fee for everybody who crosses the river.",
        overlap="Two bodies; none of them sets fees.",
        why_new="Nobody decides on fees.",
    )


def publish(found: Draft, at: float = 1) -> None:
    publish_charter(found[0], by=found[1], at=day(at), channel="web")


def lacking(found: Draft, at: float = 1) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(RuleBroken) as broken:
        publish(found, at)
    return broken.value.rule, broken.value.subjects


def test_a_finding_without_a_search_is_no_finding(ferries: Draft) -> None:
    assert lacking(ferries) == ("overlap_unrecorded", ())


def test_a_search_keeps_who_was_found_with_score_and_parts(ferries: Draft) -> None:
    process, convenor = ferries
    assert new_entries(lambda: search_overlaps(process, by=convenor, at=START)) == []
    found = newest_search(process.key)
    assert found
    assert [(row["body"], row["via"], row["must_judge"]) for row in found.candidates] == [
        ("forum", "fees", True),
        ("pavers", "", True),
    ]
    assert found.candidates[0]["parts"]["window"] > 0
    assert len(found.registry_sha256) == 64


def test_each_close_body_is_judged_and_a_near_one_heard_before_the_charter_is_public(
    ferries: Draft, bodies: dict[str, Body]
) -> None:
    process, convenor = ferries
    search_overlaps(process, by=convenor, at=START)
    assert lacking(ferries) == ("overlap_unrecorded", ("forum", "pavers"))
    assert (
        new_entries(lambda: judge_overlap(process, bodies["pavers"], by=convenor, at=START, **FAR, **WEB))
        == []
    )
    judge_overlap(process, bodies["forum"], by=convenor, at=START, **NEAR, **WEB)
    assert lacking(ferries) == ("overlap_unrecorded", ("forum",))
    contact_body(process, bodies["forum"], by=convenor, text="Do you set fees?", at=START, **WEB)
    assert lacking(ferries, 13.99) == ("overlap_unrecorded", ("forum",))
    told = new_entries(lambda: publish(ferries, 14))
    assert [(row["k"], row.get("body"), row.get("relation"), row.get("action")) for row in told] == [
        ("overlap.judged.1", "forum", "adjacent", "feed"),
        ("overlap.judged.1", "pavers", "none", "proceed"),
        ("charter.published.1", None, None, None),
    ]
    assert audit(Log.objects.get()).wrong == []


def test_an_answer_ends_the_waiting(ferries: Draft, bodies: dict[str, Body]) -> None:
    process, convenor = ferries
    search_overlaps(process, by=convenor, at=START)
    judge_overlap(process, bodies["pavers"], by=convenor, at=START, **NEAR, **WEB)
    judge_overlap(process, bodies["forum"], by=convenor, at=START, **FAR, **WEB)
    told = new_entries(
        lambda: contact_body(process, bodies["pavers"], by=convenor, text="Do you?", at=START, **WEB)
    )
    until = "2026-03-16T09:00Z"
    assert told == [line("liaison.sent.1", r="convenor", at=START, letter=1, body="pavers", until=until)]
    liaison = Liaison.objects.get()
    assert liaison.person
    own = enter(process, liaison.person, at=day(1))
    told = new_entries(lambda: record_reply(liaison, by=own, text="No.", at=day(1), channel="mail"))
    assert told == [line("liaison.answered.1", r="liaison", at=day(1), ch="mail", letter=1, body="pavers")]
    assert refusal(lambda: record_reply(liaison, by=own, text="Yes.", at=day(1), **WEB)) == "liaison_answered"
    publish(ferries)


def test_a_charter_that_says_that_nobody_looked_passes_as_before(
    bodies: dict[str, Body], amina: Person
) -> None:
    found = draft(amina, overlap="not checked, because it is a rehearsal.")
    publish(found)
    assert found[0].charters.get().published_at == day(1)


def test_with_an_empty_registry_the_search_alone_is_the_record(amina: Person) -> None:
    found = draft(amina, overlap="The registry is empty.")
    search_overlaps(found[0], by=found[1], at=START)
    publish(found)


def test_the_newest_judgement_counts_and_the_older_ones_stay(ferries: Draft, bodies: dict[str, Body]) -> None:
    process, convenor = ferries
    for said in (NEAR, FAR):
        judge_overlap(process, bodies["forum"], by=convenor, at=START, **said, **WEB)
    [row] = standings(process.key, at=START)
    assert row.judgement
    assert (row.judgement.relation, row.lacks, Judgement.objects.count()) == ("none", "", 2)


def test_once_the_charter_is_public_a_judgement_goes_on_the_record_at_once(
    process: Process, convenor: Participant, bodies: dict[str, Body]
) -> None:
    told = new_entries(lambda: judge_overlap(process, bodies["forum"], by=convenor, at=day(1), **NEAR, **WEB))
    public = {"body": "forum", "relation": "adjacent", "action": "feed"}
    assert told == [line("overlap.judged.1", r="convenor", at=day(1), **public)]


def test_a_body_is_not_written_to_again_while_its_days_run(ferries: Draft, bodies: dict[str, Body]) -> None:
    process, convenor = ferries
    act: dict[str, Any] = {"by": convenor, "text": "Do you?", **WEB}
    contact_body(process, bodies["forum"], at=START, **act)
    assert refusal(lambda: contact_body(process, bodies["forum"], at=day(13), **act)) == "liaison_running"
    assert contact_body(process, bodies["forum"], at=day(14), **act).number == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"relation": "cousin"}, "relation_unknown"),
        ({"action": "cheer"}, "relation_unknown"),
        ({"reason": " "}, "text_empty"),
        ({"reason": "a" * 4001}, "text_too_long"),
    ],
)
def test_a_judgement_has_a_relation_an_action_and_a_reason(
    ferries: Draft, bodies: dict[str, Body], said: dict[str, str], code: str
) -> None:
    process, convenor = ferries
    told = FAR | said
    assert (
        refusal(lambda: judge_overlap(process, bodies["forum"], by=convenor, at=START, **told, **WEB)) == code
    )


def test_only_the_desk_searches_judges_and_writes(
    process: Process, bodies: dict[str, Body], yusuf: Person
) -> None:
    by = enter(process, yusuf, at=START)
    with pytest.raises(NotAllowed):
        search_overlaps(process, by=by, at=START)
    with pytest.raises(NotAllowed):
        judge_overlap(process, bodies["forum"], by=by, at=START, **FAR, **WEB)
    with pytest.raises(NotAllowed):
        contact_body(process, bodies["forum"], by=by, text="Hello?", at=START, **WEB)
    assert not Judgement.objects.exists()


def test_nobody_else_answers_for_a_body(
    process: Process, convenor: Participant, bodies: dict[str, Body], yusuf: Person
) -> None:
    letter = contact_body(process, bodies["pavers"], by=convenor, text="Do you?", at=START, **WEB)
    with pytest.raises(NotAllowed):
        record_reply(letter, by=enter(process, yusuf, at=START), text="No.", at=START, **WEB)
    assert record_reply(letter, by=convenor, text="They said no.", at=START, **WEB).reply == "They said no."


@pytest.fixture
def missed(process: Process, yusuf: Person) -> Missed:
    by = enter(process, yusuf, at=START)
    return question_overlap(process, by=by, text="The Forum does this.", dedup_key="a", at=START, **WEB)


def test_anyone_says_who_was_missed_and_a_clock_runs(
    process: Process, yusuf: Person, bodies: dict[str, Body]
) -> None:
    by = enter(process, yusuf, at=START)
    told = new_entries(
        lambda: question_overlap(process, by=by, text="The Forum.", dedup_key="a", at=START, **WEB)
    )
    until = "2026-03-12T09:00Z"
    assert told == [line("overlap.questioned.1", r="participant", at=START, missed=1, until=until)]
    again = question_overlap(process, by=by, text="The Forum.", dedup_key="a", at=START, **WEB)
    assert (again.number, Missed.objects.count()) == (1, 1)
    assert not again.is_overdue(day(9.99))
    assert again.is_overdue(day(10))


def test_the_answer_is_public_and_given_once(missed: Missed, convenor: Participant) -> None:
    told = new_entries(lambda: explain_overlap(missed, by=convenor, text="It stopped.", at=day(2), **WEB))
    assert told == [line("overlap.explained.1", r="convenor", at=day(2), missed=1)]
    assert (
        refusal(lambda: explain_overlap(missed, by=convenor, text="No.", at=day(3), **WEB))
        == "missed_answered"
    )
    missed.refresh_from_db()
    assert not missed.is_overdue(day(30))


def test_where_there_is_a_chair_the_chair_answers(
    missed: Missed, convenor: Participant, chair: Participant
) -> None:
    with pytest.raises(NotAllowed):
        explain_overlap(missed, by=convenor, text="No.", at=day(2), **WEB)
    assert explain_overlap(missed, by=chair, text="It stopped.", at=day(2), **WEB).answer == "It stopped."


def test_nobody_questions_a_draft(ferries: Draft, yusuf: Person) -> None:
    by = enter(ferries[0], yusuf, at=START)
    act: dict[str, Any] = {"by": by, "text": "The Forum.", "dedup_key": "a", "at": START}
    assert refusal(lambda: question_overlap(ferries[0], **act, **WEB)) == "wrong_state"


@pytest.mark.parametrize("table", [Judgement, Liaison, Missed])
def test_the_database_refuses_to_delete_what_was_said(
    process: Process, convenor: Participant, bodies: dict[str, Body], missed: Missed, table: Any
) -> None:
    judge_overlap(process, bodies["forum"], by=convenor, at=START, **FAR, **WEB)
    contact_body(process, bodies["forum"], by=convenor, text="Hello?", at=START, **WEB)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        table.objects.all()._raw_delete(using="default")
    assert table.objects.count() == 1


def test_the_database_refuses_to_change_a_judgement(
    process: Process, convenor: Participant, bodies: dict[str, Body]
) -> None:
    judge_overlap(process, bodies["forum"], by=convenor, at=START, **FAR, **WEB)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Judgement.objects.update(relation="same")
