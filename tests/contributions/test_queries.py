"""What waits for an answer, coverage, the response table."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import day
from steps import answer, answer_all, theme_with
from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.models import Answer, Contribution
from talanoa.contributions.queries import (
    Coverage,
    MatrixRow,
    addressed_by,
    coverage,
    inputs_by_group,
    matrix_rows,
    n_same_answers,
    published_answers,
    themes_with_counts,
    unanswered,
)
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

Many = Callable[[int], list[Contribution]]
Send = Callable[..., Input]


def stand(contribution: Contribution, **columns: str) -> None:
    Contribution.objects.filter(pk=contribution.pk).update(**columns)


def approve(response: Any, by: Participant) -> None:
    approve_response(response, by=by, at=day(4), channel="web")


def test_coverage_counts_every_state_once(process: Process, convenor: Participant, many: Many) -> None:
    received = many(8)
    answer_all(convenor, received[:2])
    states = ("withheld", "rejected", "unconfirmed", "withdrawn", "superseded", "erased")
    for contribution, state in zip(received[2:], states, strict=True):
        stand(contribution, state=state)
    stand(received[0], publication="private")
    assert coverage(process) == Coverage(
        received=8,
        counted=5,
        answered=2,
        private=1,
        withheld=1,
        rejected=1,
        unconfirmed=1,
        withdrawn=1,
        superseded=1,
        erased=1,
    )
    assert coverage(process).waiting == 3


def test_of_nothing_nothing_waits(process: Process) -> None:
    assert (coverage(process).received, coverage(process).waiting) == (0, 0)


def test_a_draft_answers_nobody(process: Process, spoken: Contribution, dalia: Participant) -> None:
    answer(spoken, dalia)
    assert (coverage(process).answered, list(unanswered(process))) == (0, [spoken])


def test_an_answer_that_was_not_given_counts_for_nobody(
    process: Process, spoken: Contribution, convenor: Participant
) -> None:
    approve(answer(spoken, convenor), convenor)
    Answer.objects.update(sent_at=None)
    assert (coverage(process).answered, list(unanswered(process))) == (0, [spoken])


def test_what_waits_comes_by_number(process: Process, convenor: Participant, many: Many) -> None:
    received = many(4)
    approve(answer(received[2], convenor), convenor)
    stand(received[0], state="withdrawn")
    assert [contribution.number for contribution in unanswered(process)] == [2, 4]


def test_two_answers_count_as_one_answered_input(
    process: Process, spoken: Contribution, convenor: Participant
) -> None:
    for text in ("Yes.", "Yes, and more."):
        approve(answer(spoken, convenor, text=text), convenor)
    assert (coverage(process).received, coverage(process).answered) == (1, 1)


def test_inputs_are_counted_by_the_group_they_spoke_for(
    process: Process, send: Send, yusuf: Person, lucia: Person
) -> None:
    for who, text in ((yusuf, "a"), (yusuf, "b"), (lucia, "c")):
        send(who, text)
    stand(Contribution.objects.get(number=2), state="withdrawn")
    assert inputs_by_group(process) == {"civil_society": 1, "technical_community": 1}


def test_a_page_for_everybody_counts_only_what_everybody_may_read(
    process: Process, send: Send, yusuf: Person, lucia: Person
) -> None:
    send(yusuf)
    send(lucia, publication="private")
    assert inputs_by_group(process, only_public=True) == {"civil_society": 1}


def test_a_theme_knows_how_many_of_its_inputs_wait(
    process: Process, convenor: Participant, many: Many
) -> None:
    first, second, third = many(3)
    stand(third, state="withdrawn")
    theme = theme_with(convenor, first, second, third)
    approve(answer(first, convenor), convenor)
    waiting = themes_with_counts(process).get()
    made = draft_response(process, by=convenor, theme=theme, status="noted", text="Read.", at=day(3))
    approve(made, convenor)
    answered = themes_with_counts(process).get()
    assert [(t.n_inputs, t.n_waiting) for t in (waiting, answered)] == [(2, 2), (2, 0)]


def test_an_answer_addresses_its_theme_or_those_chosen(convenor: Participant, many: Many) -> None:
    first, second, third = many(3)
    stand(second, state="withdrawn")
    theme = theme_with(convenor, first, second)
    on_theme = draft_response(
        convenor.process, by=convenor, theme=theme, status="noted", text="Read.", at=day(3)
    )
    chosen = answer(third, convenor)
    assert [list(addressed_by(response)) for response in (on_theme, chosen)] == [[first], [third]]


def test_an_answer_to_a_theme_may_address_others_by_name(convenor: Participant, many: Many) -> None:
    first, second, _third = many(3)
    theme = theme_with(convenor, first)
    said = draft_response(
        convenor.process,
        by=convenor,
        theme=theme,
        contributions=[first, second],
        status="noted",
        text="Read.",
        at=day(3),
    )
    assert list(addressed_by(said)) == [first, second]


def test_the_same_words_are_counted_outside_themes_only(convenor: Participant, many: Many) -> None:
    first, second, third = many(3)
    approve(answer(first, convenor, text="Read."), convenor)
    theme = theme_with(convenor, second)
    approve(
        draft_response(convenor.process, by=convenor, theme=theme, status="noted", text="Read.", at=day(3)),
        convenor,
    )
    asked = [answer(third, convenor, text=text) for text in ("Read.", "Heard.")]
    assert [n_same_answers(response) for response in asked] == [1, 0]


def test_the_table_shows_the_six_columns(
    process: Process, spoken: Contribution, convenor: Participant
) -> None:
    theme = theme_with(convenor, spoken)
    said = {
        "theme": theme,
        "status": "partly_accepted",
        "text": "In part.",
        "change": "Paid.",
        "where": "R 1",
    }
    approve(draft_response(process, by=convenor, at=day(3), **said), convenor)
    assert list(matrix_rows(published_answers(process), process)) == [
        MatrixRow(
            commenter="Yusuf Abdi · Civil society",
            section="Money",
            comment="nm-1",
            response="Partly accepted: In part.",
            change="Paid.",
            where="R 1",
            number=1,
        )
    ]


@pytest.mark.parametrize(
    ("columns", "commenter"),
    [
        ({"publication": "group_only"}, "Civil society"),
        ({"publication": "private"}, ""),
        ({"state": "withheld"}, ""),
        ({"state": "withdrawn"}, ""),
    ],
)
def test_the_table_names_nobody_who_is_not_to_be_named(
    *,
    process: Process,
    spoken: Contribution,
    convenor: Participant,
    columns: dict[str, str],
    commenter: str,
) -> None:
    approve(answer(spoken, convenor), convenor)
    stand(spoken, **columns)
    [row] = matrix_rows(published_answers(process), process)
    assert (row.commenter, row.comment, row.section) == (commenter, "nm-1", "")


def test_an_answer_to_a_private_input_alone_does_not_tell_what_was_said(
    process: Process, spoken: Contribution, convenor: Participant
) -> None:
    said = {"text": "You say that the minister sleeps.", "change": "None.", "where": "R 1"}
    approve(answer(spoken, convenor, **said), convenor)
    stand(spoken, publication="private")
    [row] = matrix_rows(published_answers(process), process)
    assert (row.response, row.change, row.where) == ("Accepted", "", "")


def test_the_answer_to_a_theme_is_public_also_where_it_reached_a_private_input(
    process: Process, spoken: Contribution, convenor: Participant
) -> None:
    answer_all(convenor)
    stand(spoken, publication="private")
    [row] = matrix_rows(published_answers(process), process)
    assert (row.commenter, row.section, row.response) == ("", "Money", "Accepted: Yes: it costs little.")


def test_the_table_has_approved_answers_in_the_order_of_the_numbers(
    process: Process, convenor: Participant, many: Many
) -> None:
    first, second, third = many(3)
    for contribution in (third, first):
        approve(answer(contribution, convenor), convenor)
    answer(second, convenor)
    assert [row.number for row in matrix_rows(published_answers(process), process)] == [1, 3]
