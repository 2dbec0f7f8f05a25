"""Receiving, replacing and erasing inputs."""

import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from talanoa.contributions.actions.standing import Author, author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words, receive_input, supersede_input
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process, Stage
from talanoa.record.models import Entry, Log

Send = Callable[..., Input]
State = Contribution.State


def refused(broken: pytest.ExceptionInfo[RuleBroken]) -> str:
    return broken.value.rule


def test_numbers_have_no_gap(send: Send, yusuf: Person, lucia: Person) -> None:
    assert [
        send(who, text).contribution.number for who, text in ((yusuf, "a"), (lucia, "b"), (yusuf, "c"))
    ] == [1, 2, 3]


def test_an_input_is_one_entry_with_number_and_state(send: Send, yusuf: Person) -> None:
    before = Entry.objects.count()
    made = send(yusuf)
    assert Entry.objects.count() == before + 1
    leaf = json.loads(made.contribution.entry.leaf)
    assert (leaf["k"], leaf["n"], leaf["state"], leaf["r"]) == (
        "input.received.1",
        1,
        "published",
        "participant",
    )


def test_the_receipt_holds_offline(log: Log, send: Send, yusuf: Person) -> None:
    text = receipt_text(send(yusuf).contribution)
    verdict = receipts.check(receipts.parse(text), [Verifier.parse(log.vkey)])
    assert verdict.code == receipts.OK
    assert len(text.encode()) < 2500


def test_the_same_thing_sent_twice_is_one_input(send: Send, yusuf: Person) -> None:
    assert send(yusuf, "once") == send(yusuf, "once")
    assert Input.objects.count() == 1


def test_without_a_title_the_first_words_are_the_title(send: Send, yusuf: Person) -> None:
    assert send(yusuf, "Pay trainers.\nIn their currency.").title == "Pay trainers."


def test_a_claimed_sender_is_numbered_and_held(send: Send, yusuf: Person) -> None:
    made = send(yusuf, author=author_of(yusuf, assurance=Assurance.CLAIMED))
    assert (made.contribution.number, made.contribution.state) == (1, State.UNCONFIRMED)


def test_words_are_needed(send: Send, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        send(yusuf, " \n ")
    assert refused(broken) == "text_empty"


def test_a_text_beyond_the_limit_is_refused_not_cut(send: Send, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        send(yusuf, "x" * (Input.TEXT_LIMIT + 1))
    assert refused(broken) == "text_too_long"


def test_how_it_may_be_shown_must_be_said(send: Send, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        send(yusuf, publication="whatever")
    assert refused(broken) == "publication_unknown"


def test_after_the_end_the_call_is_closed_even_before_the_clock_ran(send: Send, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        send(yusuf, at=day(40))
    assert refused(broken) == "call_closed"


def test_the_secretariat_enters_an_input_for_somebody(send: Send, dalia: Participant, call: Stage) -> None:
    visitor = know_person(name="Tupou Fifita", country="TO")
    author = Author(
        person=visitor, name="Tupou Fifita", group="other", assurance=Assurance.ENTERED, country="TO"
    )
    made = receive_input(
        call,
        by=dalia,
        author=author,
        words=Words(title="On paper", text="Handed in at the meeting."),
        publication="named",
        dedup_key="paper-1",
        channel="web",
        source="paper",
        at=day(2),
    )
    assert (made.contribution.entered_by, made.contribution.channel) == (dalia, "paper")
    assert json.loads(made.contribution.entry.leaf)["entered"] == 1


def test_a_participant_cannot_speak_for_somebody_else(send: Send, yusuf: Person, lucia: Person) -> None:
    with pytest.raises(NotAllowed):
        send(yusuf, author=author_of(lucia, assurance=Assurance.ENTERED))


def test_an_interview_waits_for_the_interviewee(call: Stage, dalia: Participant, yusuf: Person) -> None:
    made = receive_input(
        call,
        by=dalia,
        author=author_of(yusuf, assurance=Assurance.ENTERED),
        words=Words(title="Interview", text="He says that travel is the cost."),
        publication="group_only",
        dedup_key="interview-1",
        channel="web",
        source="interview",
        at=day(2),
    )
    assert made.contribution.state == State.UNCONFIRMED


def test_replacing_keeps_both_and_only_the_new_one_counts(
    send: Send, process: Process, yusuf: Person
) -> None:
    old = send(yusuf, "first thought")
    by = enter(process, yusuf, at=day(2))
    new = supersede_input(
        old, by=by, words=Words(title="", text="second thought"), dedup_key="second", channel="web", at=day(2)
    )
    old.contribution.refresh_from_db()
    assert (old.contribution.state, old.contribution.replaced_by) == (State.SUPERSEDED, new.contribution)
    assert list(Contribution.objects.counted()) == [new.contribution]
    assert json.loads(new.contribution.entry.leaf)["replaces"] == 1


def test_nobody_replaces_the_input_of_another(
    send: Send, process: Process, yusuf: Person, lucia: Person
) -> None:
    by = enter(process, lucia, at=day(2))
    with pytest.raises(NotAllowed):
        supersede_input(
            send(yusuf), by=by, words=Words(title="", text="hers"), dedup_key="x", channel="web", at=day(2)
        )


def test_erasing_leaves_no_word_in_any_table(
    log: Log, send: Send, yusuf: Person, convenor: Participant
) -> None:
    made = send(yusuf, "CANARY-TEXT about wells", title="CANARY-TITLE")
    erase_input(made, by=convenor, ground="personal_data", at=day(2), channel="web")
    assert "CANARY" not in _whole_database()
    made.contribution.refresh_from_db()
    assert (made.contribution.state, made.contribution.number) == (State.ERASED, 1)


def test_only_the_convenor_erases_and_only_on_a_listed_ground(
    send: Send, yusuf: Person, dalia: Participant, convenor: Participant
) -> None:
    made = send(yusuf)
    with pytest.raises(NotAllowed):
        erase_input(made, by=dalia, ground="personal_data", at=day(2), channel="web")
    with pytest.raises(RuleBroken) as broken:
        erase_input(made, by=convenor, ground="inconvenient", at=day(2), channel="web")
    assert refused(broken) == "ground_unknown"


@pytest.mark.parametrize("table", ["inputs_input", "contributions_contribution", "contributions_authorship"])
def test_the_database_refuses_to_delete_what_was_said(send: Send, yusuf: Person, table: str) -> None:
    send(yusuf)
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(f"DELETE FROM {table}")


def test_the_call_closes_by_the_clock(process: Process, send: Send, yusuf: Person) -> None:
    assert keep_stages(at=day(39)) == 0
    assert keep_stages(at=day(41)) == 1
    process.refresh_from_db()
    assert process.state == Process.State.REPORT_DRAFT


def _whole_database() -> str:
    """Everything in every table, as text."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                parts += [
                    bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v)
                    for v in row
                ]
    return "\n".join(parts)
