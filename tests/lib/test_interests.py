"""Who could live with what is arithmetic, and a scenario that is no fair exercise says so."""

from dataclasses import replace
from pathlib import Path

import pytest

from lib.example_scenario import changed, hours
from talanoa.lib.interests import (
    acceptable,
    accepting,
    crossed,
    packages,
    percent,
    share,
    solvability,
    space_map,
)

MET = ("72h", "1k", "totals", "12m", "1y")
OFFER = ("72h", "1k", "totals", "none", "1y")
TABLE = "interests.yaml"


def test_a_share_is_weight_times_worth_of_the_most_that_there_could_be() -> None:
    # The small provider: 2x1 + 2x2 + 1x2 + 3x2 + 2x3 = 20 of 3x10.
    assert share(hours(), "small", MET) == pytest.approx(20 / 30)


def test_a_floor_that_is_met_is_never_above_the_percent_that_is_shown() -> None:
    for seat in hours().seats:
        for package in packages(hours()):
            is_met = percent(hours(), seat.id, package) >= seat.floor
            is_red = bool(crossed(hours(), seat.id, package))
            assert acceptable(hours(), seat.id, package) == (is_met and not is_red)


def test_a_red_line_stands_whatever_the_share() -> None:
    names = ("7d", "10k", "named", "always", "3y")
    assert crossed(hours(), "large", names) == "registry"
    assert share(hours(), "large", names) > 0.55
    assert not acceptable(hours(), "large", names)


def test_a_floor_is_met_exactly_at_its_share(tmp_path: Path) -> None:
    made = changed(tmp_path, (TABLE, "- seat: small\n  floor: 50", "- seat: small\n  floor: 66"))
    assert acceptable(made, "small", MET)
    assert not acceptable(
        changed(tmp_path / "b", (TABLE, "- seat: small\n  floor: 50", "- seat: small\n  floor: 67")),
        "small",
        MET,
    )


def test_72_hours_has_two_agreements_among_243_packages_and_is_a_fair_exercise() -> None:
    seen = space_map(hours())
    assert len(packages(hours())) == 243
    assert [place.package for place in seen.agreements] == [MET, ("7d", "any", "totals", "12m", "1y")]
    assert seen.counts == (3, 36, 81, 66, 39, 16, 2)
    assert seen.pivots == {
        "regulator": 1,
        "large": 5,
        "small": 3,
        "consumer": 5,
        "technical": 1,
        "university": 1,
    }
    assert seen.trap_share == hours().traps == 23
    assert solvability(hours()) == ()


def test_the_offer_of_the_second_evening_suits_all_but_the_one_who_has_not_spoken() -> None:
    assert {seat.id for seat in hours().seats} - accepting(hours(), OFFER) == {"small"}


def test_three_can_live_with_the_first_draft() -> None:
    assert accepting(hours(), hours().draft) == {"regulator", "consumer", "university"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- seat: small\n  floor: 50", "- seat: small\n  floor: 99", "No package suits every seat"),
        ("- seat: small\n  floor: 50", "- seat: small\n  floor: 99", "The seat large never stands alone"),
        (
            "- seat: university\n  floor: 50",
            "- seat: university\n  floor: 80",
            "14 of 100 packages suit most seats",
        ),
    ],
)
def test_a_table_without_a_fair_game_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    found = solvability(changed(tmp_path, (TABLE, old, new)))
    assert [one for one in found if one.startswith(told)] != [], found


def test_a_game_that_nobody_can_lose_is_told() -> None:
    easy = tuple(replace(seat, floor=0, red_lines=()) for seat in hours().seats)
    told = solvability(replace(hours(), seats=easy))
    assert told[0] == "243 of 243 packages suit every seat; 24 are the most: raise a floor."


def test_a_first_draft_that_suits_everybody_is_told(tmp_path: Path) -> None:
    made = changed(
        tmp_path, ("scenario.yaml", "draft: [72h, any, named, none, 1y]", f"draft: [{', '.join(MET)}]")
    )
    assert solvability(made) == ("The first draft suits every seat: there is nothing to do.",)
