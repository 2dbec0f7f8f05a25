"""Which messages hang together."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from talanoa.lib.archive.threads import Letter, Place, Threads

AT = datetime(2014, 3, 3, tzinfo=UTC)


def letter(number: int, name: str, *names: str, subject: str = "Mast", days: float = 0) -> Letter:
    return Letter(number, name, "", names, subject, AT + timedelta(days=days))


def placed(*letters: Letter) -> list[Place]:
    return Threads({}, {}).add(letters)


def test_an_answer_joins_what_it_answers() -> None:
    first, second, third = placed(letter(1, "a"), letter(2, "b", "a"), letter(3, "c", "a", "b"))

    assert (first.parent, second.parent, third.parent) == (None, 1, 2)
    assert {first.thread, second.thread, third.thread} == {1}


def test_two_answers_to_a_message_that_is_not_here_are_one_thread() -> None:
    first, second = placed(letter(1, "b", "lost"), letter(2, "c", "lost"))

    assert (first.thread, second.thread, first.parent, second.parent) == (1, 1, None, None)
    assert first.awaits == second.awaits is not None


def test_a_message_between_two_threads_makes_them_one() -> None:
    threads = Threads({}, {})
    places = threads.add([letter(1, "a"), letter(2, "x"), letter(3, "c", "x", "a")])

    assert [one.thread for one in places] == [1, 1, 1]
    assert threads.merged() == {2: 1, 3: 1}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_threads_are_the_same_in_whatever_order_mail_comes(order: tuple[int, ...]) -> None:
    mails = [("a",), ("b", "a"), ("c", "a", "b"), ("d", "c")]
    places = placed(*(letter(number, *mails[which]) for number, which in enumerate(order)))

    assert {one.thread for one in places} == {0}


def test_a_message_that_was_named_before_it_came_is_told_of() -> None:
    threads = Threads({}, {})
    child, _parent = threads.add([letter(1, "b", "a"), letter(2, "a")])

    assert threads.arrived() == {child.awaits: 2}


def test_an_answer_that_names_nobody_joins_by_its_subject_for_sixty_days() -> None:
    opening = letter(1, "a", subject="[commons] Mast")
    soon = letter(2, "b", subject="Re: [commons] Mast", days=5)
    late = letter(3, "c", subject="Re: Mast", days=5 + 61)
    new = letter(4, "d", subject="Mast", days=5)

    assert [one.thread for one in placed(opening, soon, late, new)] == [1, 1, 3, 4]


def test_a_message_that_names_itself_answers_nothing() -> None:
    [alone] = placed(letter(1, "a", "a"))

    assert (alone.parent, alone.awaits) == (None, None)


def test_messages_without_identifier_are_threads_of_their_own() -> None:
    assert [one.thread for one in placed(letter(1, "", subject=""), letter(2, "", subject=""))] == [1, 2]


def test_a_batch_goes_on_where_another_ended() -> None:
    first = Threads({}, {})
    first.add([letter(1, "a"), letter(2, "b", "lost")])
    second = Threads(first.named, first.subjects)
    answer, found = second.add([letter(3, "c", "b"), letter(4, "lost", "a")])

    assert (answer.parent, answer.thread, found.thread, second.merged()[2]) == (2, 1, 1, 1)
