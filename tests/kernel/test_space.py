"""Real or practice: each has a log of its own."""

from talanoa.kernel.space import REAL, Space


def test_there_is_one_real_space_with_one_log() -> None:
    assert (REAL.is_real, REAL.log) == (True, "real")


def test_each_practice_room_has_its_own_log() -> None:
    rooms = [Space("practice", key) for key in ("garissa", "apia")]
    assert [(room.is_real, room.log) for room in rooms] == [
        (False, "practice/garissa"),
        (False, "practice/apia"),
    ]


def test_a_seed_is_a_secret_of_the_room_and_not_shared_by_default() -> None:
    assert (REAL.key, REAL.seed) == ("", b"")
