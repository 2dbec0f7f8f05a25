"""Rooms of votes for the tests: two camps, coins, and published conversations where they are beside the checkout."""

import os
from pathlib import Path

import numpy as np
import pytest

from talanoa.lib.opinion import Conversation, Groups, VoteTable, read_conversation, vote_table

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"
NAMES = (
    "american-assembly.bowling-green",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.biodiversity",
)
INSTANCES = 10_000 if os.environ.get("TALANOA_NIGHTLY") else 200
GROUPS = ("Government", "Private sector", "Civil society", "Technical community", "Academia")


def conversation(name: str) -> Conversation:
    folder = DATA / "polis" / name
    if not folder.is_dir():
        pytest.skip("the conversations are not beside this checkout (../shared/data)")
    return read_conversation(folder)


def two_camps(people: int = 60, statements: int = 12, *, seed: int = 1) -> VoteTable:
    """Return a room in which even and odd participants see most things the other way round."""
    chance = np.random.default_rng(seed)
    who, what = np.meshgrid(np.arange(people), np.arange(statements), indexing="ij")
    side = np.where((who + what * (what % 3 > 0)) % 2 == 0, 1, -1)
    how = np.where(
        chance.random(side.shape) < 0.1, 0, np.where(chance.random(side.shape) < 0.05, -side, side)
    )
    seen = chance.random(side.shape) < 0.8
    return vote_table(who[seen], what[seen], how[seen])


def noise(people: int = 200, statements: int = 20, *, seed: int = 1) -> VoteTable:
    """Return a room in which every vote is a coin."""
    chance = np.random.default_rng(seed)
    who, what = np.meshgrid(np.arange(people), np.arange(statements), indexing="ij")
    return vote_table(who.ravel(), what.ravel(), chance.choice((-1, 1), who.size))


def by_turns(table: VoteTable, names: tuple[str, ...] = GROUPS) -> Groups:
    """Return groups into which people fall by turns of two."""
    return Groups({int(one): names[int(one) // 2 % len(names)] for one in table.participants}, names)
