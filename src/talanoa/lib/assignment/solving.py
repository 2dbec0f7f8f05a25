"""The search for an assignment, as linear programs for SciPy's HiGHS."""

import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from talanoa.lib.assignment.problem import (
    CONFLICT,
    FAMILIES,
    GROUPS,
    LOAD,
    REGIONS,
    Assignment,
    Infeasible,
    Obstacle,
    Pair,
    Problem,
)

CHANCE = 0.02
STEPS = (1.0, 0.99, 0.97, 0.94, 0.9, 0.8, 0.6, 0.3)
NODES = 100
"""So many nodes of the search each step of the floor may cost; a count, so that no clock decides."""
GAP = 1e-3
"""The sum of affinities may lie below the best one by this share."""
SLACK = 1e-7
_INFEASIBLE = 2
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


def lot(seed: str, pair: Pair) -> float:
    """Return what the seed gives a pair, 0 to 1: eight bytes of the SHA-256 of `seed application reviewer`."""
    told = f"{seed} {pair[0]} {pair[1]}".encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big") / 2**64


def solve(problem: Problem) -> Assignment:
    """Return the assignment. Raises Infeasible, which names what stands in the way."""
    table = _Table(problem)
    if plain := table.shortfalls():
        raise Infeasible(plain)
    bound = table.bound()
    if bound is None:
        raise Infeasible(table.obstacles())
    for step in (*STEPS, None):
        chosen = table.chosen(bound * step if step is not None else None)
        if chosen is not None:
            return table.assignment(chosen, bound)
    raise Infeasible(table.obstacles())


class _Table:
    """The problem as matrices: column a*R + r says whether reviewer r reads application a."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = tuple(sorted(problem.applications))
        self.columns = tuple(sorted(problem.reviewers, key=lambda one: one.key))
        self.n = len(self.rows) * len(self.columns)
        self.affinity = self._perturbed()
        self.open = np.array(
            [(one, each.key) not in problem.barred for one in self.rows for each in self.columns], dtype=float
        )
        self.by_row = np.repeat(np.arange(len(self.rows)), len(self.columns))
        self.by_column = np.tile(np.arange(len(self.columns)), len(self.rows))
        self.loads = np.array([float(each.load) for each in self.columns])
        self.exact = self._sums(self.by_row, len(self.rows))
        self.carried = self._sums(self.by_column, len(self.columns))
        self.kinds = {
            GROUPS: self._alike([each.group for each in self.columns]),
            REGIONS: self._alike([each.region for each in self.columns]),
        }
        self.served = csr_array(coo_array((self.affinity, (self.by_row, np.arange(self.n)))))

    def _perturbed(self) -> Numbers:
        pairs = [(one, each.key) for one in self.rows for each in self.columns]
        known = self.problem.affinity
        return np.array(
            [known.get(pair, 0.0) * (1 + CHANCE * lot(self.problem.seed, pair)) for pair in pairs]
        )

    def _sums(self, where: Places, n_rows: int) -> csr_array:
        ones = np.ones(self.n)
        return csr_array(coo_array((ones, (where, np.arange(self.n))), shape=(n_rows, self.n)))

    def _alike(self, values: list[str]) -> csr_array:
        """Return one row for each application and each value that reviewers have in common."""
        place = {value: at for at, value in enumerate(sorted(set(values)))}
        kind = np.tile(np.array([place[value] for value in values]), len(self.rows))
        return self._sums(self.by_row * len(place) + kind, len(self.rows) * len(place))

    @property
    def most_alike(self) -> int:
        """How many reviewers of an application may be alike; one reviewer is always like itself."""
        return max(1, self.problem.k - 1)

    def shortfalls(self) -> tuple[Obstacle, ...]:
        """Return what can be seen without a solver: too few places in all, or too few reviewers of an application."""
        lacking = len(self.rows) * self.problem.k - int(self.loads.sum())
        found = [Obstacle(LOAD, lacking)] if lacking > 0 else []
        free = self.open.reshape(len(self.rows), len(self.columns)).astype(bool)
        for one, may in zip(self.rows, free, strict=True):
            who = [each for each, is_free in zip(self.columns, may, strict=True) if is_free]
            if len(who) < self.problem.k:
                found.append(Obstacle(CONFLICT, self.problem.k - len(who), application=one))
            elif self.problem.k > 1:
                if len({each.group for each in who}) == 1:
                    found.append(Obstacle(GROUPS, 1, application=one))
                if len({each.region for each in who}) == 1:
                    found.append(Obstacle(REGIONS, 1, application=one))
        return tuple(found)

    def bound(self) -> float | None:
        """Return how well the worst served could fare at most, from the relaxation; None where there is nothing."""
        level = csr_array(np.ones((len(self.rows), 1)))
        upper = vstack([self.carried, *self.kinds.values()])
        at_most = hstack([upper, csr_array((upper.shape[0], 1))])
        limits = [self.loads, *(np.full(rows.shape[0], self.most_alike) for rows in self.kinds.values())]
        result = linprog(
            np.append(np.zeros(self.n), -1.0),
            A_ub=csr_array(vstack([at_most, hstack([-self.served, level])])),
            b_ub=np.concatenate([*limits, np.zeros(len(self.rows))]),
            A_eq=csr_array(hstack([self.exact, csr_array((len(self.rows), 1))])),
            b_eq=np.full(len(self.rows), self.problem.k),
            bounds=np.column_stack([np.zeros(self.n + 1), np.append(self.open, 2.0 * self.problem.k)]),
            method="highs-ipm",  # many times faster than the simplex, which this much symmetry slows
        )
        return None if result.x is None else max(0.0, -float(result.fun))

    def chosen(self, floor: float | None) -> NDArray[np.bool_] | None:
        """Return which pairs serve everybody at least by `floor` and are the best in sum; None where none was found."""
        limits = [
            LinearConstraint(self.exact, self.problem.k, self.problem.k),
            LinearConstraint(self.carried, 0, self.loads),
            *(LinearConstraint(rows, 0, self.most_alike) for rows in self.kinds.values()),
        ]
        options: dict[str, float] = {"mip_rel_gap": GAP}
        if floor is not None:
            limits.append(LinearConstraint(self.served, floor - SLACK, np.inf))
            options["node_limit"] = NODES
        result = milp(
            -self.affinity,
            constraints=limits,
            bounds=Bounds(0, self.open),
            integrality=np.ones(self.n),
            options=options,
        )
        return None if result.x is None else result.x > 1 / 2

    def assignment(self, chosen: NDArray[np.bool_], bound: float) -> Assignment:
        """Return what was chosen, with its digest."""
        pairs = tuple(
            (self.rows[at // len(self.columns)], self.columns[at % len(self.columns)].key)
            for at in np.flatnonzero(chosen).tolist()
        )
        told = "".join(f"{one} {other}\n" for one, other in pairs)
        served = self.served @ chosen
        digest = hashlib.sha256(told.encode()).hexdigest()
        return Assignment(pairs, float(served.min()), bound, float(served.sum()), digest)

    def obstacles(self) -> tuple[Obstacle, ...]:
        """Return what must give way: in the first family of constraints that helps alone, else in all together."""
        for families in (*((family,) for family in FAMILIES), FAMILIES):
            found = self._loosened(families)
            if found:
                return found
        return tuple(Obstacle(family, 1) for family in FAMILIES)

    def _loosened(self, families: tuple[str, ...]) -> tuple[Obstacle, ...]:
        """Return how much of `families` must give way at least; nothing where they alone do not help."""
        sizes = {LOAD: len(self.columns)} | {kind: rows.shape[0] for kind, rows in self.kinds.items()}
        starts, at = {}, self.n
        for family, size in sizes.items():
            starts[family], at = at, at + size
        limits = [LinearConstraint(_wide(self.exact, at), self.problem.k, self.problem.k)]
        for family, rows in ((LOAD, self.carried), *self.kinds.items()):
            most = self.loads if family == LOAD else np.full(rows.shape[0], float(self.most_alike))
            gives = _eye(sizes[family], starts[family], at)
            limits.append(LinearConstraint(csr_array(_wide(rows, at) - gives), -np.inf, most))
        cost = np.concatenate([1.0 - self.open, np.ones(at - self.n)])
        upper = np.concatenate(
            [np.ones(self.n) if CONFLICT in families else self.open, np.zeros(at - self.n)]
        )
        for family, start in starts.items():
            if family in families:
                upper[start : start + sizes[family]] = float(self.problem.k * len(self.rows))
        result = milp(cost, constraints=limits, bounds=Bounds(0, upper), integrality=np.ones(at))
        return () if result.x is None else self._told(np.rint(result.x).astype(int), starts, sizes)

    def _told(self, x: Places, starts: Mapping[str, int], sizes: Mapping[str, int]) -> tuple[Obstacle, ...]:
        load = x[starts[LOAD] : starts[LOAD] + sizes[LOAD]].tolist()
        found = [Obstacle(LOAD, n, reviewer=self.columns[at].key) for at, n in enumerate(load) if n]
        crossed = (x[: self.n] * (self.open == 0)).reshape(len(self.rows), -1).sum(axis=1).tolist()
        found += [Obstacle(CONFLICT, n, application=self.rows[at]) for at, n in enumerate(crossed) if n]
        for kind in (GROUPS, REGIONS):
            given = (
                x[starts[kind] : starts[kind] + sizes[kind]].reshape(len(self.rows), -1).sum(axis=1).tolist()
            )
            found += [Obstacle(kind, n, application=self.rows[at]) for at, n in enumerate(given) if n]
        return tuple(found)


def _wide(rows: csr_array, width: int) -> csr_array:
    return csr_array(hstack([rows, csr_array((rows.shape[0], width - rows.shape[1]))]))


def _eye(size: int, start: int, width: int) -> csr_array:
    at = np.arange(size)
    return csr_array(coo_array((np.ones(size), (at, at + start)), shape=(size, width)))
