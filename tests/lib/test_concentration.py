"""One organization behind many speakers of a group."""

from talanoa.lib.concentration import Concentration, concentrations, mail_domain


def speakers(group: str, count: int) -> list[tuple[str, int]]:
    return [(group, person) for person in range(count)]


def test_a_name_behind_more_than_a_third_of_a_group_is_told() -> None:
    ties = [("academia", person, "Lagoon Bank") for person in range(4)]
    assert concentrations(speakers("academia", 11), ties) == [Concentration("academia", "Lagoon Bank", 4, 11)]
    assert concentrations(speakers("academia", 12), ties) == []


def test_under_three_people_a_share_says_nothing() -> None:
    assert concentrations(speakers("academia", 2), [("academia", 0, "A"), ("academia", 1, "A")]) == []


def test_one_person_counts_once_however_often_they_name_it() -> None:
    ties = [("academia", 0, "A")] * 9
    assert concentrations(speakers("academia", 3), ties) == []


def test_names_that_differ_in_case_accents_and_marks_are_one() -> None:
    ties = [("academia", 0, "Télécom S.A."), ("academia", 1, "telecom S A"), ("academia", 2, "Télécom S.A.")]
    assert concentrations(speakers("academia", 3), ties) == [Concentration("academia", "Télécom S.A.", 3, 3)]


def test_each_group_is_looked_at_by_itself() -> None:
    ties = [("academia", 0, "A"), ("academia", 1, "A"), ("government", 7, "A")]
    assert concentrations([*speakers("academia", 3), ("government", 7)], ties) == []


def test_an_address_where_anybody_gets_one_ties_nobody() -> None:
    assert (mail_domain("a@Gmail.com"), mail_domain("a@Union.example"), mail_domain("")) == (
        "",
        "union.example",
        "",
    )
