"""What is analyzed: final votes as a sparse table, declared groups, what is moderated out, thresholds of the charter.

Identifiers are integers: the number of a statement, a number that stands for a participant. In files, in the API and
here agree is +1, disagree -1, pass 0; a statement that somebody has not seen has no vote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

AGREE, PASS, DISAGREE = 1, 0, -1

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Small = NDArray[np.int8]
Flags = NDArray[np.bool_]


class VotesUnfit(ValueError):
    """The votes are no table: lengths differ, a value is none of the three, or which vote is the last is not said."""


@dataclass(frozen=True, slots=True, eq=False)
class VoteTable:
    """Final votes, row by row: those of participant i are at `starts[i]` up to `starts[i + 1]` in columns and values.

    Participants and statements are sorted and unique, columns rise within a row: the same votes make the same table.
    """

    participants: Integers
    statements: Integers
    starts: Integers
    columns: NDArray[np.int32]
    values: Small

    @property
    def n_votes(self) -> int:
        """How many votes count."""
        return len(self.values)

    @property
    def seen(self) -> Integers:
        """How many statements each participant voted on."""
        return np.diff(self.starts)

    def rows(self, first: int = 0, last: int | None = None) -> NDArray[np.int32]:
        """Return the row of each vote of the participants from `first` up to `last`, counted from `first`."""
        sizes = np.diff(self.starts[first : None if last is None else last + 1])
        return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)

    def only(self, kept: Flags) -> "VoteTable":
        """Return the table of those participants whose flag is set; the statements stay."""
        sizes = np.where(kept, self.seen, 0)
        of_them = np.repeat(kept, self.seen)
        starts = np.concatenate(([0], np.cumsum(sizes[kept]))).astype(np.int64)
        return VoteTable(
            self.participants[kept], self.statements, starts, self.columns[of_them], self.values[of_them]
        )


@dataclass(frozen=True, slots=True)
class Groups:
    """Declared stakeholder groups: the group of each participant who has one, and all groups of the charter.

    A group of the charter in which nobody voted counts: it is silent. `rosters` says how many people are entitled to
    speak for a group, where that is known; a roster smaller than those who voted counts as complete.
    """

    of: Mapping[int, str]
    chartered: tuple[str, ...] = ()
    rosters: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The groups of the charter in its order, then others that somebody declared, by name."""
        return (*self.chartered, *sorted(set(self.of.values()) - set(self.chartered)))


@dataclass(frozen=True, slots=True)
class Moderation:
    """Statements that are moderated out (they count nowhere), and those about people rather than the issue (meta)."""

    out: frozenset[int] = frozenset()
    meta: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the charter says about levels; the defaults are judgment, not calibrated on past designations."""

    support: Fraction = Fraction(1, 2)
    opposition: Fraction = Fraction(1, 5)
    strong: Fraction = Fraction(3, 5)


NONE_OUT, BY_DEFAULT = Moderation(), Thresholds()


@dataclass(frozen=True, slots=True)
class Marks:
    """Participants to look at apart: those who are verified (None: nobody was asked), and those who came in a burst."""

    verified: frozenset[int] | None = None
    burst: frozenset[int] = frozenset()


NO_MARKS = Marks()


def vote_table(
    participants: ArrayLike,
    statements: ArrayLike,
    values: ArrayLike,
    *,
    at: ArrayLike | None = None,
    known: Iterable[int] = (),
) -> VoteTable:
    """Return the table of votes given as parallel lists, in any order; `known` are statements that may have no vote.

    `at` are integers that say when; of several votes by one participant on one statement the last counts, and of two
    at the same moment the higher value (agree, then pass). Raises VotesUnfit.
    """
    who, what = np.asarray(participants, dtype=np.int64), np.asarray(statements, dtype=np.int64)
    how = np.asarray(values)
    if not len(who) == len(what) == len(how) or not np.isin(how, (AGREE, PASS, DISAGREE)).all():
        raise VotesUnfit("give each vote a participant, a statement, and one of 1, 0, -1")
    people, row = np.unique(who, return_inverse=True)
    listed = np.union1d(what, np.fromiter(known, dtype=np.int64))
    column = np.searchsorted(listed, what)
    if at is not None:
        last = _last(row, column, how, np.asarray(at, dtype=np.int64))
        row, column, how = row[last], column[last], how[last]
    shape = (len(people), len(listed))
    made = sparse.coo_array((how.astype(np.int8) + np.int8(2), (row, column)), shape=shape).tocsr()
    if made.nnz < len(how) or (made.data > AGREE + 2).any():
        raise VotesUnfit("somebody voted twice on a statement: say when, so that the last vote counts")
    made.sort_indices()
    starts = made.indptr.astype(np.int64)
    return VoteTable(people, listed, starts, made.indices.astype(np.int32), made.data - np.int8(2))


def _last(row: Integers, column: Integers, how: Integers, at: Integers) -> Integers:
    """Return where the last vote of each participant on each statement stands."""
    order = np.lexsort((how, at, column, row))
    is_last = np.ones(len(order), dtype=bool)
    is_last[:-1] = (np.diff(row[order]) != 0) | (np.diff(column[order]) != 0)
    kept: Integers = order[is_last]
    return kept
