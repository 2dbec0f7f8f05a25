"""Every country counts in one of five regions, as the regional groups of the United Nations have it."""

from collections import Counter

import pytest

from talanoa.lib.regions import REGIONS, country_name, place_name, places, region_of

MEMBER_STATES = {
    "africa": 54,
    "asia_pacific": 54,
    "eastern_europe": 23,
    "latin_america_caribbean": 33,
    "western_europe_others": 29,
}


def test_the_193_member_states_come_first_and_each_has_a_region() -> None:
    states = list(places().values())[:193]

    assert dict(Counter(state.region for state in states)) == MEMBER_STATES
    assert states[-1].code == "US"


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("SD", "africa"),
        ("CY", "asia_pacific"),
        ("KI", "asia_pacific"),
        ("GE", "eastern_europe"),
        ("HT", "latin_america_caribbean"),
        ("IL", "western_europe_others"),
        ("TR", "western_europe_others"),
        ("x-africa", "africa"),
        ("x-global", ""),
        ("x-europe", ""),
        ("ZZ", ""),
        ("", ""),
    ],
)
def test_a_country_counts_in_one_region(country: str, region: str) -> None:
    assert region_of(country) == region


def test_codes_are_of_one_form_and_regions_are_the_five_or_none() -> None:
    codes = [place.code for place in places().values()]

    assert [code for code in codes if not (len(code) == 2 and code.isupper()) and code[:2] != "x-"] == []
    assert {place.region for place in places().values()} == {*REGIONS, ""}
    assert [place.code for place in places().values() if not place.region and place.code[:2] != "x-"] == []


def test_a_code_has_a_name_and_an_unknown_code_stands_for_itself() -> None:
    assert country_name("CI") == "Côte d'Ivoire"
    assert country_name("x-global") == "Global"
    assert country_name("ZZ") == "ZZ"


def test_a_place_is_named_in_words_whether_country_or_region() -> None:
    assert [place_name(code) for code in ("KE", "asia_pacific", "Atlantis")] == [
        "Kenya",
        "Asia-Pacific",
        "Atlantis",
    ]
