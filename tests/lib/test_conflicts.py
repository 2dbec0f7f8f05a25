"""Nobody judges what they are tied to, by whatever name or address they are known."""

from datetime import date

import pytest

from talanoa.lib.conflicts import (
    CO_APPLICANT,
    CO_AUTHOR,
    DECLARED,
    DOMAIN,
    ORGANIZATION,
    OWN,
    Known,
    Work,
    conflicts,
    own_domain,
)
from talanoa.lib.ties import EMPLOYER, MEMBER, Tie

TODAY = date(2026, 11, 26)
LEILANI, KOFI = 1, 2


def sources(judge: Known, applicant: Known, *works: Work) -> list[str]:
    return [found.source for found in conflicts(judge, [applicant], works, on=TODAY)]


def at(organization: str, since: str = "", until: str = "", kind: str = EMPLOYER) -> tuple[Tie, ...]:
    return (Tie(kind, organization, since, until),)


def test_strangers_have_no_conflict() -> None:
    leilani = Known(LEILANI, ("l@reef.example",), ("Leilani",), ties=at("Reef University"))
    kofi = Known(KOFI, ("k@volta.example",), ("Kofi",), ties=at("Volta Lab"))
    assert conflicts(leilani, [kofi], [Work("Alone", TODAY, ("Leilani",))], on=TODAY) == ()


def test_nobody_judges_themselves_under_another_address_or_name() -> None:
    leilani = Known(LEILANI, ("l@reef.example", "Leilani@home.example"))
    assert sources(leilani, Known(KOFI, ("leilani@HOME.example",))) == [OWN]
    assert sources(
        Known(LEILANI, orcids=("0000-0002-1825-0097",)), Known(KOFI, orcids=("0000-0002-1825-0097",))
    ) == [OWN]


def test_what_either_side_declares_counts_and_says_why() -> None:
    leilani, kofi = Known(LEILANI, declared={KOFI: "my sister"}), Known(KOFI)
    assert [found.detail for found in conflicts(leilani, [kofi], on=TODAY)] == ["my sister"]
    assert sources(kofi, leilani) == [DECLARED]


@pytest.mark.parametrize(
    ("mine", "theirs", "is_conflict"),
    [
        (("2020", ""), ("2024", ""), True),
        (("", ""), ("", ""), True),
        (("2015", "2023-11"), ("2010", "2024"), True),
        (("2015", "2023-10"), ("2010", "2024"), False),
        (("2015", "2022"), ("2010", ""), False),
        (("2020", "2024-05"), ("2024-06", ""), False),
        (("2027", ""), ("2020", ""), False),
    ],
)
def test_one_organization_counts_where_both_were_there_within_three_years(
    mine: tuple[str, str], theirs: tuple[str, str], is_conflict: bool
) -> None:
    leilani = Known(LEILANI, ties=at("Reef University", *mine))
    kofi = Known(KOFI, ties=at("REEF universíty", *theirs))
    assert sources(leilani, kofi) == ([ORGANIZATION] if is_conflict else [])


def test_what_begins_after_the_day_counts_where_it_is_asked_for() -> None:
    leilani = Known(LEILANI, names=("Leilani",), ties=at("Reef University", "2027-02"))
    kofi = Known(KOFI, names=("Kofi",), ties=at("Reef University"))
    later = Work("On reefs", date(2027, 3, 1), ("Leilani", "Kofi"))
    assert conflicts(leilani, [kofi], [later], on=TODAY) == ()
    found = conflicts(leilani, [kofi], [later], on=TODAY, until=date.max)
    assert [one.source for one in found] == [ORGANIZATION, CO_AUTHOR]


def test_members_of_one_society_are_no_colleagues() -> None:
    society = at("Internet Society", kind=MEMBER)
    assert sources(Known(LEILANI, ties=society), Known(KOFI, ties=society)) == []


def test_who_wrote_together_within_three_years_does_not_judge_the_other() -> None:
    leilani, kofi = Known(LEILANI, names=("Leilani Kahale",)), Known(KOFI, orcids=("0000-0002-1825-0097",))
    recent = Work("On reefs", date(2023, 11, 26), ("leilani kahale", "0000-0002-1825-0097"))
    old = Work("On sand", date(2023, 11, 25), ("Leilani Kahale", "0000-0002-1825-0097"))
    assert sources(leilani, kofi, recent) == [CO_AUTHOR]
    assert sources(leilani, kofi, old) == []


def test_who_applied_together_does_not_judge_the_other() -> None:
    both = Work("Call 1", date(2025, 1, 1), ("l@reef.example", "k@volta.example"), is_application=True)
    leilani, kofi = Known(LEILANI, ("l@reef.example",)), Known(KOFI, ("k@volta.example",))
    assert sources(leilani, kofi, both) == [CO_APPLICANT]


@pytest.mark.parametrize(
    ("mine", "theirs", "is_conflict"),
    [
        ("a@cs.reef.example", "b@reef.example", True),
        ("a@reef.example", "b@coralreef.example", False),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@org", "b@reef.org", False),
        ("a@REEF.example.", "b@reef.example", True),
    ],
)
def test_one_domain_of_mail_is_one_place_unless_anybody_gets_an_address_there(
    mine: str, theirs: str, is_conflict: bool
) -> None:
    found = sources(Known(LEILANI, (mine,)), Known(KOFI, (theirs,)))
    assert found == ([DOMAIN] if is_conflict else [])


def test_a_second_address_counts_whether_or_not_it_was_proved() -> None:
    """An address that nobody confirmed is in `addresses` like any other: there is no mark by which to leave it out."""
    leilani = Known(LEILANI, ("leilani@gmail.com", "leilani@volta.example"))
    assert sources(leilani, Known(KOFI, ("kofi@volta.example",))) == [DOMAIN]


def test_each_of_several_applicants_is_looked_at() -> None:
    judge = Known(LEILANI, ("l@reef.example",))
    found = conflicts(judge, [Known(2), Known(3, ("c@reef.example",))], on=TODAY)
    assert [(one.source, one.applicant, one.detail) for one in found] == [(DOMAIN, 3, "reef.example")]


def test_a_public_domain_tells_nothing_of_its_parts_either() -> None:
    assert (own_domain("a@gmail.com"), own_domain("a@reef.example")) == ("", "reef.example")
