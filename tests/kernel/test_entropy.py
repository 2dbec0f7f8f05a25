"""Chance comes from the operating system in real space, and from the seed in practice."""

import hashlib
import hmac

from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL, Space

ROOM = Space("practice", "room-1", seed=b"seed of this room")


def test_real_chance_never_comes_twice() -> None:
    drawn = {entropy(REAL, "salt 1 name") for _ in range(20)}
    assert (len(drawn), {len(each) for each in drawn}) == (20, {32})


def test_a_replay_of_a_practice_room_draws_the_same() -> None:
    expected = hmac.digest(b"seed of this room", b"salt 1 name", hashlib.sha256)
    assert (entropy(ROOM, "salt 1 name"), entropy(ROOM, "salt 1 name")) == (expected, expected)


def test_another_label_and_another_seed_draw_otherwise() -> None:
    drawn = {
        entropy(ROOM, "salt 1 name"),
        entropy(ROOM, "salt 2 name"),
        entropy(Space("practice", "room-1", seed=b"another"), "salt 1 name"),
    }
    assert len(drawn) == 3
