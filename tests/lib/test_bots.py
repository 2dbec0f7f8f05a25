"""Who listens must get further than who counts, and who counts further than who repeats a wish: for every seed."""

import pytest

from lib.example_scenario import hours
from talanoa.lib.bots import PLAYERS, listener
from talanoa.lib.practice_acts import Act, digest
from talanoa.lib.scenario_checks import seed
from talanoa.lib.simulation import Player, outcome, play

SEEDS = [seed(number) for number in range(200)]


def seats(player: Player, seeds: list[bytes]) -> list[int]:
    return [len(outcome(hours(), play(hours(), one, player)).accepting) for one in seeds]


def test_over_200_seeds_each_bot_carries_as_many_seats_as_it_should() -> None:
    carried = {name: seats(player, SEEDS) for name, player in PLAYERS.items()}
    rows = zip(
        carried["listener"], carried["vote-counter"], carried["stubborn"], carried["silent"], strict=True
    )
    assert all(listens > counts > repeats >= silent for listens, counts, repeats, silent in rows)
    assert set(carried["listener"]) == {6}


@pytest.mark.parametrize("name", PLAYERS)
def test_a_room_that_is_played_again_is_the_same(name: str) -> None:
    def once() -> list[str]:
        return [digest(play(hours(), one, PLAYERS[name])) for one in SEEDS[:5]]

    assert once() == once()
    assert len(set(once())) == 5


@pytest.mark.parametrize(
    "player",
    [listener(1), listener(2, repairs=False), listener(3, repairs=False)],
    ids=["one question a day", "two and no repair", "three and no repair"],
)
def test_who_asks_too_little_or_never_says_sorry_does_not_reach_everybody(player: Player) -> None:
    assert set(seats(player, SEEDS[:30])) == {5}


def test_a_listener_from_any_seat_gets_at_least_as_far_as_who_counts() -> None:
    for seat in hours().seats:
        far = {
            name: len(outcome(hours(), play(hours(), SEEDS[0], PLAYERS[name], seat.id)).accepting)
            for name in PLAYERS
        }
        assert far["listener"] >= far["vote-counter"] >= far["silent"]


def test_a_bot_in_a_seat_does_nothing_for_another() -> None:
    for name, player in PLAYERS.items():
        acts = play(hours(), SEEDS[0], player, "small")
        own: list[Act] = [act for act in acts if not act.rule]
        assert {act.seat for act in own} <= {"small"}, name
