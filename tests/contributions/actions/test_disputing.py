"""What an author says to an answer, and the reply: part of contributions/actions/answering."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from remembering import remembered
from steps import answer, answer_all, line, new_entries, refusal
from talanoa.contributions.actions.answering import (
    LIMIT,
    acknowledge_response,
    dispute_response,
    reply_to_dispute,
)
from talanoa.contributions.models import Answer, Contribution, Dispute
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import SYSTEM, Participant
from talanoa.record.models import Entry
from talanoa.record.queries import opened

MISREAD = "I did not ask for dollars."
Reception = Answer.Reception


@pytest.fixture
@remembered
def given(spoken: Contribution, convenor: Participant) -> Answer:
    """The answer that Yusuf got."""
    [made] = answer_all(convenor, [spoken])
    return made


@pytest.fixture
def dispute(given: Answer, author: Participant) -> Dispute:
    return disputed(given, author)


def acknowledge(given: Answer, by: Any) -> Answer:
    return acknowledge_response(given, by=by, at=day(5), channel="web")


def disputed(given: Answer, by: Any, text: str = MISREAD) -> Dispute:
    return dispute_response(given, by=by, text=text, at=day(5), channel="web")


def replied(dispute: Dispute, by: Any, reply: str = "We read it again: you are right.") -> Dispute:
    return reply_to_dispute(dispute, by=by, reply=reply, at=day(6), channel="web")


def test_an_author_says_that_an_answer_does_them_justice(given: Answer, author: Participant) -> None:
    told = new_entries(lambda: acknowledge(given, author))
    assert told == [line("response.acknowledged.1", r="participant", at=day(5), n=1)]
    given.refresh_from_db()
    assert given.reception == Reception.ACKNOWLEDGED


def test_saying_it_twice_changes_nothing(given: Answer, author: Participant) -> None:
    acknowledge(given, author)
    assert new_entries(lambda: acknowledge(given, author)) == []


def test_an_author_says_how_an_answer_misreads_them(given: Answer, author: Participant) -> None:
    told = new_entries(lambda: disputed(given, author, f"\n{MISREAD}  \n"))
    assert told == [line("response.disputed.1", r="participant", at=day(5), n=1)]
    given.refresh_from_db()
    assert (given.reception, [d.text for d in given.disputes.all()]) == (Reception.DISPUTED, [MISREAD])


def test_the_record_holds_only_a_commitment_to_the_author_s_words(given: Answer, author: Participant) -> None:
    made = disputed(given, author)
    [value] = opened(Entry.objects.latest("index"))
    assert (value.field, value.value) == ("text", made.text_sha256)
    assert MISREAD.encode() not in bytes(Entry.objects.latest("index").leaf)


def test_the_same_dispute_delivered_twice_is_one(
    dispute: Dispute, given: Answer, author: Participant
) -> None:
    assert new_entries(lambda: disputed(given, author)) == []
    assert Dispute.objects.count() == 1


def test_a_second_dispute_in_other_words_stands_beside_the_first(
    dispute: Dispute, given: Answer, author: Participant
) -> None:
    assert len(new_entries(lambda: disputed(given, author, "Nor for euros."))) == 1


def test_a_dispute_needs_words_and_has_a_limit(given: Answer, author: Participant) -> None:
    assert refusal(lambda: disputed(given, author, " \n")) == "reason_missing"
    assert refusal(lambda: disputed(given, author, "x" * (LIMIT + 1))) == "text_too_long"
    given.refresh_from_db()
    assert given.reception == Reception.SILENT


def test_nobody_speaks_for_the_author(given: Answer, convenor: Participant, stranger: Participant) -> None:
    for other in (convenor, stranger, SYSTEM):
        for act in (acknowledge, disputed):
            with pytest.raises(NotAllowed):
                act(given, other)


def test_to_a_draft_there_is_nothing_to_say_yet(
    spoken: Contribution, author: Participant, dalia: Participant
) -> None:
    waiting = answer(spoken, dalia).answers.get()
    for act in (acknowledge, disputed):
        assert refusal(lambda do=act: do(waiting, author)) == "not_answered"


def test_an_answer_that_did_not_reach_the_author_is_none(given: Answer, author: Participant) -> None:
    Answer.objects.update(sent_at=None)
    assert refusal(lambda: acknowledge(given, author)) == "not_answered"


def test_a_dispute_gets_its_reply_in_public(dispute: Dispute, convenor: Participant) -> None:
    told = new_entries(lambda: replied(dispute, convenor))
    assert told == [line("dispute.replied.1", r="convenor", at=day(6), n=1)]
    dispute.refresh_from_db()
    assert (dispute.reply, dispute.replied_at) == ("We read it again: you are right.", day(6))


def test_a_dispute_is_replied_to_once(dispute: Dispute, convenor: Participant) -> None:
    replied(dispute, convenor)
    assert refusal(lambda: replied(dispute, convenor, "On second thoughts.")) == "replied_already"
    dispute.refresh_from_db()
    assert dispute.reply == "We read it again: you are right."


def test_a_reply_needs_words_and_has_a_limit(dispute: Dispute, convenor: Participant) -> None:
    assert refusal(lambda: replied(dispute, convenor, "\n ")) == "reason_missing"
    assert refusal(lambda: replied(dispute, convenor, "x" * (LIMIT + 1))) == "text_too_long"


def test_whoever_approves_answers_replies_to_disputes(
    *,
    dispute: Dispute,
    convenor: Participant,
    dalia: Participant,
    author: Participant,
    chair: Participant,
) -> None:
    for other in (convenor, dalia, author):
        with pytest.raises(NotAllowed):
            replied(dispute, other)
    assert replied(dispute, chair).replied_at == day(6)


def test_the_database_refuses_to_delete_a_dispute(dispute: Dispute) -> None:
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM contributions_dispute")
