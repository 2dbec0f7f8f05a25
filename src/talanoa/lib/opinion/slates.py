"""Which statements stand for the room in a report, so that no large group that agrees on something is left without one.

Sequential proportional approval voting (Thiele 1895): each seat goes to the statement with the most weight, somebody
who agrees with c statements of the slate already weighing 1 / (1 + c). Weights are kept as integers (times a common
multiple), so the sums are exact and ties go to the lower number. The certificate: justified representation (Aziz et al.
2017, Social Choice and Welfare 48) holds where nowhere voters / seats people without any statement agree on the same
one. A vote that is missing is no approval; statements that few have seen do not compete.
"""

from math import lcm

import numpy as np
from scipy import sparse

from talanoa.lib.opinion.counts import totals
from talanoa.lib.opinion.results import Seat, Slate
from talanoa.lib.opinion.tables import AGREE, Flags, VoteTable

LEAST_SEEN = 50


def slate(table: VoteTable, live: Flags, seats: int) -> Slate:
    """Return the slate of `seats` statements; fewer where fewer compete (seen by 50, or by half)."""
    people, size = len(table.participants), len(table.statements)
    agrees = table.values == AGREE
    each = np.add.reduceat(agrees, table.starts[:-1], dtype=np.int64) if people else table.starts[:0]
    before = np.concatenate(([0], np.cumsum(each)))
    approvals = sparse.csr_array(
        (np.ones(int(before[-1])), table.columns[agrees], before.astype(np.int32)), shape=(people, size)
    )
    of_statement = approvals.T
    seen = totals(table).sum(axis=1)
    rivals = live & (seen >= min(LEAST_SEEN, (people + 1) // 2))
    multiple = lcm(*range(1, seats + 2))
    weight = np.full(people, float(multiple))
    count = np.zeros(people, dtype=np.int64)
    chosen: list[Seat] = []
    for _ in range(min(seats, int(rivals.sum()))):
        score = of_statement @ weight
        best = int(np.argmax(np.where(rivals, score, -1.0)))
        pick = np.zeros(size)
        pick[best] = 1.0
        who = (approvals @ pick) > 0
        chosen.append(Seat(int(table.statements[best]), int(who.sum()), int((who & (count == 0)).sum())))
        count[who] += 1
        weight[who] = multiple // (1 + count[who])
        rivals[best] = False
    left = np.where(live, of_statement @ (count == 0).astype(np.float64), 0.0)
    at = int(np.argmax(left)) if size else 0
    most = int(left[at]) if size else 0
    on = int(table.statements[at]) if most else None
    covered = int((count > 0).sum())
    return Slate(tuple(chosen), people, covered, most, on, holds=most * max(len(chosen), 1) < max(people, 1))
