"""A result of voting on statements is laid beside a call by its chair, as it was counted, and writes nothing there."""

import pytest
from django.db import DatabaseError, transaction

from command_line import refused, told
from conftest import day
from consensus.conftest import CALLED
from remembering import remembered
from steps import new_entries, refusal
from talanoa.consensus.actions.evidencing import attach_evidence
from talanoa.consensus.models import Call, Evidence
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.statements.actions.proposing import Proposed, propose_statement
from talanoa.statements.actions.rounds import close_rounds, open_round
from talanoa.statements.actions.voting import cast_ballot
from talanoa.statements.models import Result, Round
from web import Hands, Reader

LATER = day(64)


@pytest.fixture
@remembered
def closed(call: Call, convenor: Participant, yusuf: Person) -> Round:
    """A round in which Yusuf voted, and which is counted."""
    made = open_round(
        call.process, by=convenor, question="Who pays the trainers?", days=3, at=CALLED, channel="web"
    )
    stated = propose_statement(
        made,
        by=convenor,
        author=author_of(convenor.person, assurance=Assurance.PROVEN),
        proposed=Proposed("The ministry should pay the trainers by the day."),
        dedup_key="stated",
        at=CALLED,
        channel="web",
    )
    by = enter(call.process, yusuf, at=CALLED)
    votes = {stated.contribution.number: "agree"}
    cast_ballot(
        made,
        by=by,
        voter=by,
        votes=votes,
        assurance=Assurance.PROVEN,
        dedup_key="cast",
        at=CALLED,
        channel="web",
    )
    close_rounds(at=LATER)
    made.refresh_from_db()
    return made


def _attach(call: Call, by: Participant, made: Round) -> Evidence:
    return attach_evidence(call, by=by, made=made, at=LATER, channel="web")


def test_the_digest_of_the_result_is_frozen_and_stands_on_the_record(
    call: Call, chair: Participant, closed: Round
) -> None:
    before = (call.question, call.declaration)
    [entry] = new_entries(lambda: _attach(call, chair, closed))
    digest = Result.objects.get().body_sha256
    assert (entry["k"], entry["call"], entry["round"], entry["sha256"]) == (
        "evidence.attached.1",
        1,
        1,
        digest,
    )
    assert new_entries(lambda: _attach(call, chair, closed)) == []
    call.refresh_from_db()
    assert (call.question, call.declaration) == before
    assert not call.designations.exists()
    for change in (
        lambda: Evidence.objects.update(result_sha256="0"),
        lambda: Evidence.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            change()


def test_only_a_chair_lays_it_there_and_only_what_is_counted(
    call: Call, chair: Participant, convenor: Participant, closed: Round
) -> None:
    with pytest.raises(NotAllowed):
        _attach(call, convenor, closed)
    running = open_round(call.process, by=convenor, question="What else?", days=3, at=LATER, channel="web")
    assert refusal(lambda: _attach(call, chair, running)) == "round_unknown"
    process = Process.objects.get(pk=call.process_id)
    assert refused("call", "evidence", process.key, "1", "9", "--as", chair.person.address) == (
        3,
        "round_unknown",
    )


def test_on_the_pages_and_on_the_command_line(
    call: Call, chair: Participant, closed: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, LATER)
    desk = Reader(chair.person, in_office=True)
    desk.open("/p/wg/calls/1/")
    desk.follow("Lay a result beside it")
    page = desk.press("Lay it beside the call", round="1")
    digest = Result.objects.get().body_sha256
    assert f"SHA-256 of the result: {digest}" in page.text
    assert "Who pays the trainers?" in Reader().open("/p/wg/calls/1/").text
    assert told("call", "evidence", "wg", "1", "1", "--as", chair.person.address)["sha256"] == digest
    assert Evidence.objects.count() == 1
