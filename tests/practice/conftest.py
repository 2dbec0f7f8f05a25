"""A room of 72 hours for one person, and ways to live in it."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import START
from talanoa.lib.bots import PLAYERS
from talanoa.people.models import Person
from talanoa.practice.actions.acting import act, end_day
from talanoa.practice.actions.opening import open_room
from talanoa.practice.models import Room
from talanoa.practice.queries import packs

SEED = bytes(32)
SEAT = "consumer"
SCENARIO = "72-hours"
Opens = Callable[..., Room]


@pytest.fixture
def opens(amina: Person) -> Opens:
    """Opens a room of Amina's."""

    def opening(*, seed: bytes = SEED, seat: str = SEAT, **more: Any) -> Room:
        files, _scenario = packs()[SCENARIO]
        return open_room(
            files,
            by=amina,
            seat=seat,
            seed=seed,
            origin="talanoa.example/practice",
            at=START,
            channel="web",
            **more,
        )

    return opening


@pytest.fixture
def room(opens: Opens) -> Room:
    return opens()


def live(room: Room, by: Person, bot: str = "listener", *, days: int = 5) -> Room:
    """Play so many days as a bot would."""
    for day in range(room.day, room.day + days):
        for one in PLAYERS[bot](room.scenario, SEAT, room.acts(), day):
            act(room, one, by=by, at=START, channel="web")
        room = end_day(room, by=by, at=START, channel="web")
    return room
