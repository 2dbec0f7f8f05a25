"""What published votes say: the analysis of a table, and the public result that its bytes are compared by."""

import numpy as np

from talanoa.lib.opinion import (
    Analysis,
    Groups,
    Marks,
    Moderation,
    VoteTable,
    analyze,
    to_json_bytes,
    vote_table,
)
from talanoa.lib.published_votes import LEAST, PublishedVotes

_VALUES = {"a": 1, "p": 0, "d": -1}


def table_of(votes: PublishedVotes) -> VoteTable:
    """Return the votes as the table that is analyzed; every statement is known, also one that nobody voted on."""
    width = len(votes.statements)
    letters = "".join(one.votes[:width].ljust(width, ".") for one in votes.voters)
    cells = np.frombuffer(letters.encode(), dtype=np.uint8).reshape(len(votes.voters), width)
    who, what = np.nonzero(cells != ord("."))
    values = np.zeros(256, dtype=np.int8)
    for letter, value in _VALUES.items():
        values[ord(letter)] = value
    numbers = np.array([one.number for one in votes.voters], dtype=np.int64)
    statements = np.array(votes.statements, dtype=np.int64)
    return vote_table(numbers[who], statements[what], values[cells[who, what]], known=votes.statements)


def analyzed(votes: PublishedVotes) -> Analysis:
    """Return the analysis of published votes: declared groups, groups that are silent, and who came in a burst."""
    groups = Groups({one.number: one.group for one in votes.voters if one.group}, chartered=votes.silent)
    burst = frozenset(one.number for one in votes.voters if one.in_burst)
    return analyze(
        table_of(votes),
        groups if groups.names else None,
        Moderation(out=frozenset(votes.out)),
        marks=Marks(burst=burst),
        seed=votes.seed,
    )


def result_of(votes: PublishedVotes) -> str:
    """Return the public result: canonical JSON, the same bytes on every machine for the same table."""
    return to_json_bytes(analyzed(votes), least=LEAST).decode()
