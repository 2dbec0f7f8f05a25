"""Many who say nearly the same are one position; nobody's own words are folded away."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from contributions.conftest import LETTER
from steps import line, new_entries, refusal
from talanoa.contributions.actions.piling import fold_copies, part_copy
from talanoa.contributions.models import Contribution, Signatory
from talanoa.contributions.queries import folded, n_signed, signatories, suggested_piles
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]


def numbers(rows: object) -> list[int]:
    return [row.number for row in rows]  # type: ignore[attr-defined]


def test_near_copies_are_suggested_and_words_of_ones_own_are_not(
    process: Process, campaign: list[Contribution]
) -> None:
    (pile,) = suggested_piles(process)
    assert sorted([pile.leading, *(number for number, _common in pile.copies)]) == [1, 2, 3]
    assert campaign[3].number == 4


def test_a_pile_is_one_position_and_all_its_numbers_stay(
    process: Process, campaign: list[Contribution], convenor: Participant
) -> None:
    told = new_entries(lambda: fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web"))
    assert told == [line("pile.folded.1", r="convenor", at=day(2), n=1, numbers="2-3")]
    assert numbers(folded(Contribution.objects.order_by("number"))) == [1, 4]
    assert numbers(signatories(campaign[2])) == [1, 2, 3]
    counted = Contribution.objects.annotate(n=n_signed()).order_by("number")
    assert [row.n for row in counted] == [3, 3, 3, 0]
    assert suggested_piles(process) == []
    assert {row.state for row in Contribution.objects.all()} == {"published"}


def test_a_later_copy_is_suggested_and_joins(
    process: Process, campaign: list[Contribution], convenor: Participant, send: Send, sione: Person
) -> None:
    fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web")
    send(sione, text=f"{LETTER} Please.")
    (pile,) = suggested_piles(process)
    assert [number for number, _common in pile.copies] == [5]
    told = new_entries(lambda: fold_copies(campaign[0], [5], by=convenor, at=day(2), channel="web"))
    assert [entry["numbers"] for entry in told] == ["5"]
    assert numbers(signatories(campaign[0])) == [1, 2, 3, 5]


def test_words_of_ones_own_cannot_be_folded_away(
    process: Process, campaign: list[Contribution], convenor: Participant
) -> None:
    assert campaign[3].number == 4
    assert (
        refusal(lambda: fold_copies(campaign[0], [2, 4], by=convenor, at=day(2), channel="web"))
        == "not_alike"
    )
    assert refusal(lambda: fold_copies(campaign[0], [], by=convenor, at=day(2), channel="web")) == "not_alike"
    assert Signatory.objects.count() == 0


def test_what_the_public_does_not_read_is_in_no_pile(
    process: Process, campaign: list[Contribution], convenor: Participant
) -> None:
    campaign[1].publication = "private"
    campaign[1].save()
    assert (
        refusal(lambda: fold_copies(campaign[0], [2], by=convenor, at=day(2), channel="web"))
        == "number_unknown"
    )
    (pile,) = suggested_piles(process)
    assert sorted([pile.leading, *(number for number, _common in pile.copies)]) == [1, 3]


def test_an_author_takes_the_own_input_out_for_good(
    process: Process, campaign: list[Contribution], convenor: Participant, author: Participant
) -> None:
    fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web")
    told = new_entries(lambda: part_copy(campaign[0], by=author, at=day(3), channel="mail"))
    assert told == [line("pile.parted.1", r="participant", ch="mail", at=day(3), n=1)]
    assert numbers(folded(Contribution.objects.order_by("number"))) == [1, 2, 4]
    assert numbers(signatories(campaign[0])) == []
    assert suggested_piles(process) == []
    assert (
        refusal(lambda: fold_copies(campaign[1], [1], by=convenor, at=day(3), channel="web")) == "left_pile"
    )
    assert refusal(lambda: part_copy(campaign[0], by=author, at=day(3), channel="web")) == "not_in_pile"
    assert refusal(lambda: part_copy(campaign[3], by=convenor, at=day(3), channel="web")) == "not_in_pile"


def test_only_the_desk_folds_and_only_author_or_desk_part(
    process: Process, campaign: list[Contribution], convenor: Participant, author: Participant
) -> None:
    with pytest.raises(NotAllowed):
        fold_copies(campaign[0], [2], by=author, at=day(2), channel="web")
    fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web")
    with pytest.raises(NotAllowed):
        part_copy(campaign[1], by=author, at=day(3), channel="web")
    part_copy(campaign[1], by=convenor, at=day(3), channel="web")
    assert numbers(signatories(campaign[0])) == [1, 3]


def test_the_next_one_stands_for_the_others_when_the_first_is_withdrawn(
    process: Process, campaign: list[Contribution], convenor: Participant
) -> None:
    fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web")
    Contribution.objects.filter(number=1).update(state="withdrawn")
    assert numbers(folded(Contribution.objects.order_by("number"))) == [1, 2, 4]
    assert numbers(signatories(campaign[1])) == [2, 3]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM contributions_signatory",
        "DELETE FROM contributions_pile",
        "UPDATE contributions_signatory SET contribution_id = contribution_id + 100",
    ],
)
def test_the_database_keeps_who_signed(
    process: Process, campaign: list[Contribution], convenor: Participant, statement: str
) -> None:
    assert len(campaign) == 4
    fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web")
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        connection.cursor().execute(statement)
