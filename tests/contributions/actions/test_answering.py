"""Answers: drafted at the desk, approved in public, received by each author."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from steps import answer, line, new_entries, refusal, theme_with
from talanoa.contributions.actions.answering import (
    LIMIT,
    approve_response,
    change_draft,
    discard_draft,
    draft_response,
)
from talanoa.contributions.actions.desk import file_under, make_theme
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Answer, Contribution, Response
from talanoa.contributions.queries import SAME_ANSWER_LIMIT
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.actions.stages import close_process
from talanoa.processes.models import Participant, Process

Many = Callable[[int], list[Contribution]]


def draft(by: Participant, **said: Any) -> Response:
    facts: dict[str, Any] = {"status": "accepted", "text": "Yes: it costs little.", "at": day(3)} | said
    return draft_response(by.process, by=by, **facts)


def approve(response: Response, by: Participant) -> list[Contribution]:
    return approve_response(response, by=by, at=day(4), channel="web")


def test_a_draft_is_nobody_s_answer_yet(spoken: Contribution, dalia: Participant) -> None:
    made: list[Response] = []
    told = new_entries(lambda: made.append(answer(spoken, dalia, change="Paid in shillings.", where=" R 1 ")))
    assert (told, made[0].approved_at, made[0].change, made[0].where) == (
        [],
        None,
        "Paid in shillings.",
        "R 1",
    )
    assert [(given.contribution, given.sent_at) for given in made[0].answers.all()] == [(spoken, None)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"status": "ignored"}, "status_unknown"),
        ({"text": " \n"}, "reason_missing"),
        ({"status": "out_of_scope"}, "place_missing"),
        ({"text": "x" * (LIMIT + 1)}, "text_too_long"),
        ({"change": "x" * (LIMIT + 1)}, "text_too_long"),
    ],
)
def test_a_draft_that_says_too_little_or_too_much_is_refused(
    spoken: Contribution, dalia: Participant, said: dict[str, str], code: str
) -> None:
    assert refusal(lambda: answer(spoken, dalia, **said)) == code
    assert Response.objects.count() == 0


def test_what_is_out_of_scope_is_told_where_to_go(spoken: Contribution, dalia: Participant) -> None:
    made = answer(spoken, dalia, status="out_of_scope", where="The regional registry, at its next meeting")
    assert made.where == "The regional registry, at its next meeting"


def test_an_answer_serves_its_own_process_only(
    spoken: Contribution, dalia: Participant, nino: Participant
) -> None:
    elsewhere = make_theme(nino.process, by=nino, label="Maps", summary="Who names places?")
    for said in ({"theme": elsewhere}, {"contributions": [spoken]}):
        by = dalia if "theme" in said else nino
        assert refusal(lambda who=by, what=said: draft(who, **what)) == "other_process"


def test_nobody_but_the_desk_drafts_and_discards(
    spoken: Contribution, dalia: Participant, sponsor: Participant, stranger: Participant, nino: Participant
) -> None:
    made = answer(spoken, dalia)
    for other in (sponsor, stranger, nino):
        with pytest.raises(NotAllowed):
            answer(spoken, other)
        with pytest.raises(NotAllowed):
            discard_draft(made, by=other)


def test_a_draft_can_be_undone(spoken: Contribution, dalia: Participant) -> None:
    made = answer(spoken, dalia)
    assert new_entries(lambda: discard_draft(made, by=dalia)) == []
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def test_a_public_answer_is_never_undone(spoken: Contribution, convenor: Participant) -> None:
    made = answer(spoken, convenor)
    approve(made, convenor)
    assert refusal(lambda: discard_draft(made, by=convenor)) == "deletion_forbidden"


def test_an_approved_answer_stands_on_the_record_with_the_numbers_it_reaches(
    convenor: Participant, many: Many
) -> None:
    first, second, third = many(3)
    made = draft(convenor, theme=theme_with(convenor, first, second, third, label="Money for trainers"))
    told = new_entries(lambda: approve(made, convenor))
    assert told == [
        line(
            "response.published.1",
            r="convenor",
            at=day(4),
            status="accepted",
            numbers="1-3",
            theme="money-for-trainers",
        )
    ]
    made.refresh_from_db()
    assert made.approved_at == day(4)
    assert list(made.answers.values_list("contribution__number", "sent_at")) == [
        (n, day(4)) for n in (1, 2, 3)
    ]


def test_an_answer_to_chosen_inputs_names_no_theme(convenor: Participant, many: Many) -> None:
    first, _second, third = many(3)
    [told] = new_entries(lambda: approve(draft(convenor, contributions=[third, first]), convenor))
    assert (told["numbers"], told["theme"]) == ("1,3", "-")


def test_what_was_withdrawn_meanwhile_is_not_reached(
    spoken: Contribution, author: Participant, convenor: Participant, many: Many
) -> None:
    [other] = many(1)
    made = draft(convenor, contributions=[spoken, other])
    withdraw(spoken, by=author, at=day(3), channel="web")
    assert approve(made, convenor) == [other]


def test_approved_again_an_answer_reaches_what_was_filed_since(convenor: Participant, many: Many) -> None:
    first, second = many(2)
    theme = theme_with(convenor, first)
    made = draft(convenor, theme=theme)
    approve(made, convenor)
    file_under([second], theme, by=convenor)
    told = new_entries(lambda: approve_response(made, by=convenor, at=day(5), channel="web"))
    made.refresh_from_db()
    assert ([entry["numbers"] for entry in told], made.approved_at) == (["2"], day(4))
    assert list(made.answers.values_list("sent_at", flat=True)) == [day(4), day(5)]


def test_an_answer_reaches_somebody(spoken: Contribution, convenor: Participant) -> None:
    made = answer(spoken, convenor)
    approve(made, convenor)
    for empty in (made, draft(convenor), draft(convenor, theme=theme_with(convenor))):
        assert refusal(lambda response=empty: approve(response, convenor)) == "nobody_to_answer"


def test_the_chair_approves_where_one_is_named(
    *,
    spoken: Contribution,
    convenor: Participant,
    dalia: Participant,
    chair: Participant,
    sponsor: Participant,
) -> None:
    made = answer(spoken, dalia)
    for other in (convenor, dalia, sponsor):
        with pytest.raises(NotAllowed):
            approve(made, other)
    assert approve(made, chair) == [spoken]


@pytest.mark.parametrize("state", ["draft", "charter_review", "final"])
def test_answers_are_given_while_the_process_runs(
    process: Process, spoken: Contribution, convenor: Participant, state: str
) -> None:
    made = answer(spoken, convenor)
    Process.objects.filter(pk=process.pk).update(state=state)
    assert refusal(lambda: approve(made, convenor)) == "wrong_state"


def test_a_closed_process_gives_no_answers(decided: Participant) -> None:
    close_process(decided.process, by=decided, at=day(90), channel="web")
    made = answer(Contribution.objects.get(), decided, text="Another answer.")
    assert refusal(lambda: approve(made, decided)) == "wrong_state"


def test_a_draft_whose_reason_was_lost_is_not_approved(spoken: Contribution, convenor: Participant) -> None:
    made = answer(spoken, convenor)
    Response.objects.filter(pk=made.pk).update(text="")
    assert refusal(lambda: approve(made, convenor)) == "reason_missing"


def test_one_text_for_many_inputs_needs_a_reason(convenor: Participant, many: Many) -> None:
    received = many(SAME_ANSWER_LIMIT + 1)
    made = draft(convenor, contributions=received)
    assert refusal(lambda: approve(made, convenor)) == "same_answer_without_reason"
    assert Answer.objects.filter(sent_at__isnull=False).count() == 0


def test_up_to_five_inputs_may_get_the_same_text(convenor: Participant, many: Many) -> None:
    received = many(SAME_ANSWER_LIMIT)
    assert approve(draft(convenor, contributions=received), convenor) == received


def test_the_same_text_counts_over_all_answers(convenor: Participant, many: Many) -> None:
    *first, last = many(SAME_ANSWER_LIMIT + 1)
    approve(draft(convenor, contributions=first), convenor)
    again = draft(convenor, contributions=[last])
    assert refusal(lambda: approve(again, convenor)) == "same_answer_without_reason"


@pytest.mark.parametrize("reason", ["theme", "together"])
def test_with_a_theme_or_a_sentence_one_text_serves_many(
    convenor: Participant, many: Many, reason: str
) -> None:
    received = many(SAME_ANSWER_LIMIT + 1)
    said = {
        "theme": {"theme": theme_with(convenor, *received)},
        "together": {"contributions": received, "together": "All six ask for the same thing."},
    }
    assert approve(draft(convenor, **said[reason]), convenor) == received


@pytest.mark.parametrize("table", ["contributions_response", "contributions_answer"])
def test_the_database_refuses_to_delete_an_answer_that_was_given(
    spoken: Contribution, convenor: Participant, table: str
) -> None:
    approve(answer(spoken, convenor), convenor)
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_a_draft_can_be_changed_by_the_desk_and_a_public_answer_cannot(
    spoken: Contribution, convenor: Participant, dalia: Participant
) -> None:
    said = answer(spoken, convenor)
    words = {"status": "noted", "text": "We read it.", "change": "Nothing.", "where": "Section 2"}
    change_draft(said, by=dalia, **words)
    said.refresh_from_db()
    assert {name: getattr(said, name) for name in words} == words
    assert refusal(lambda: change_draft(said, by=dalia, status="noted", text=" ")) == "reason_missing"
    approve(said, convenor)
    assert refusal(lambda: change_draft(said, by=dalia, status="noted", text="Yes.")) == "deletion_forbidden"


def test_only_the_desk_changes_a_draft(
    spoken: Contribution, convenor: Participant, sponsor: Participant
) -> None:
    said = answer(spoken, convenor)
    with pytest.raises(NotAllowed):
        change_draft(said, by=sponsor, status="noted", text="No.")
