"""Finding inputs: by number, by what was sent, for lists."""

from collections.abc import Callable
from typing import Any

import pytest

from steps import answer, answer_all
from talanoa.inputs.models import Input
from talanoa.inputs.queries import by_dedup_key, listing, numbered
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]


def test_an_input_is_known_again_by_its_key_in_its_own_process(
    process: Process, send: Send, yusuf: Person, nino: Participant
) -> None:
    made = send(yusuf, dedup_key="one mail")
    asked = [
        by_dedup_key(process, "one mail"),
        by_dedup_key(process, "two"),
        by_dedup_key(nino.process, "one mail"),
    ]
    assert asked == [made, None, None]


def test_an_input_is_found_by_its_number_whatever_became_of_it(
    process: Process, send: Send, yusuf: Person
) -> None:
    made = send(yusuf)
    type(made.contribution).objects.update(state="erased")
    assert (numbered(process, 1), numbered(process, 2)) == (made, None)


def test_a_list_shows_the_answers_that_were_given_and_no_drafts(
    process: Process, send: Send, yusuf: Person, convenor: Participant
) -> None:
    first, second = (send(yusuf, text).contribution for text in ("a", "b"))
    answer_all(convenor, [first])
    answer(second, convenor)
    given: Any = {row.number: [each.response.status for each in row.given] for row in listing(process)}  # type: ignore[attr-defined]
    assert given == {1: ["accepted"], 2: []}


@pytest.mark.parametrize("n_inputs", [1, 3])
def test_a_list_takes_as_many_queries_for_many_as_for_one(
    process: Process, send: Send, yusuf: Person, django_assert_num_queries: Any, *, n_inputs: int
) -> None:
    for n in range(n_inputs):
        send(yusuf, f"Point {n}")
    with django_assert_num_queries(2):
        rows = list(listing(process))
        assert [(row.authorship.name, row.input.title) for row in rows] == [
            ("Yusuf Abdi", f"Point {n}") for n in range(n_inputs)
        ]
