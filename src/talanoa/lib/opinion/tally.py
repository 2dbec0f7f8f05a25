"""The sums behind the map, kept vote by vote: exact integers, the same in whatever order the votes came.

A = V'V, B = V'M and N = M'M (statements x statements; V the votes, M whether there is one). A vote touches those
statements only that its participant has seen, so a map after it needs no other participant's row; the scatter follows:
C = A - B diag(mu) - diag(mu) B' + diag(mu) N diag(mu).
"""

import numpy as np
from numpy.typing import NDArray

from talanoa.lib.opinion.axes import Axes, leading
from talanoa.lib.opinion.tables import Floats, Small, VotesUnfit, VoteTable

MISSING = 2
Sums = NDArray[np.int32]


class Tally:
    """Votes of a room on fixed statements, with their sums; `cast` is one vote, `axes` the axes after it."""

    def __init__(self, statements: tuple[int, ...]) -> None:
        """`statements` are the live ones."""
        self.statements = tuple(sorted(statements))
        self._column = {statement: at for at, statement in enumerate(self.statements)}
        size = len(self.statements)
        self.votes_votes: Sums = np.zeros((size, size), dtype=np.int32)
        self.votes_seen: Sums = np.zeros((size, size), dtype=np.int32)
        self.seen_seen: Sums = np.zeros((size, size), dtype=np.int32)
        self._ballots: dict[int, Small] = {}

    def cast(self, participant: int, statement: int, value: int) -> None:
        """Count a vote; an earlier one by the same participant on the statement is replaced. Raises VotesUnfit."""
        if statement not in self._column or value not in (-1, 0, 1):
            raise VotesUnfit("give a statement of this room, and one of 1, 0, -1")
        ballot = self._ballots.get(participant)
        if ballot is None:
            ballot = self._ballots[participant] = np.full(len(self.statements), MISSING, dtype=np.int8)
        at = self._column[statement]
        before = int(ballot[at])
        ballot[at] = value
        seen = np.flatnonzero(ballot != MISSING)
        if before == MISSING:
            self._first(ballot, seen, at)
        else:
            self._change(ballot, seen, at, value - before)

    def _first(self, ballot: Small, seen: NDArray[np.int64], at: int) -> None:
        """Add the products of a new vote with all votes of its ballot."""
        votes, value = ballot[seen].astype(np.int32), int(ballot[at])
        self.votes_votes[at, seen] += value * votes
        self.seen_seen[at, seen] += 1
        self.votes_seen[at, seen] += value
        others = seen[seen != at]
        self.votes_votes[others, at] += value * ballot[others].astype(np.int32)
        self.seen_seen[others, at] += 1
        self.votes_seen[others, at] += ballot[others].astype(np.int32)

    def _change(self, ballot: Small, seen: NDArray[np.int64], at: int, change: int) -> None:
        """Add what a changed vote changes; what was seen stays."""
        others = seen[seen != at]
        product = change * ballot[others].astype(np.int32)
        self.votes_votes[at, others] += product
        self.votes_votes[others, at] += product
        now = int(ballot[at])
        self.votes_votes[at, at] += now * now - (now - change) ** 2
        self.votes_seen[at, seen] += change

    def mean(self) -> Floats:
        """Return the mean vote on each statement."""
        seen = np.diagonal(self.seen_seen)
        return np.asarray(np.diagonal(self.votes_seen) / np.maximum(seen, 1))

    def scatter(self) -> Floats:
        """Return C (S x S)."""
        mean = self.mean()
        cross = self.votes_seen * mean
        scatter = self.votes_votes - cross
        scatter -= cross.T
        scatter += mean[:, None] * self.seen_seen * mean
        return scatter

    def axes(self) -> Axes:
        """Return the axes of the room as it is now."""
        return leading(self.scatter(), self.mean())

    def place(self, participant: int, found: Axes) -> tuple[float, float]:
        """Return where a participant stands on such axes; the middle for one without votes."""
        ballot = self._ballots.get(participant)
        if ballot is None:
            return 0.0, 0.0
        seen = np.flatnonzero(ballot != MISSING)
        centered = ballot[seen] - found.mean[seen]
        n_statements = int((np.diagonal(self.seen_seen) > 0).sum())
        x, y = (found.axes[:, seen] @ centered * np.sqrt(n_statements / len(seen))).tolist()
        return x, y


def tallied(table: VoteTable) -> Tally:
    """Return the tally of a table, built at once."""
    made = Tally(tuple(table.statements.tolist()))
    for row, participant in enumerate(table.participants.tolist()):
        part = slice(table.starts[row], table.starts[row + 1])
        columns, votes = table.columns[part], table.values[part].astype(np.int32)
        ballot = np.full(len(made.statements), MISSING, dtype=np.int8)
        ballot[columns] = table.values[part]
        made._ballots[participant] = ballot  # noqa: SLF001 - it is built here
        grid = np.ix_(columns, columns)
        made.votes_votes[grid] += np.outer(votes, votes)
        made.votes_seen[grid] += votes[:, None]
        made.seen_seen[grid] += 1
    return made
