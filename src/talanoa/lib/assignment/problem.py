"""What is to be assigned, what came of it, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LOAD, CONFLICT, GROUPS, REGIONS = "load", "conflict", "groups", "regions"
FAMILIES = (LOAD, CONFLICT, GROUPS, REGIONS)
Pair = tuple[int, int]
"""An application and a reviewer."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who reads: stakeholder group, region, and how many applications at most."""

    key: int
    group: str
    region: str
    load: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be assigned; `affinity` is 0 to 1 for pairs of application and reviewer, 0 where it is silent."""

    applications: tuple[int, ...]
    reviewers: tuple[Reviewer, ...]
    k: int
    affinity: Mapping[Pair, float] = field(default_factory=dict)
    barred: frozenset[Pair] = frozenset()
    seed: str = ""

    def __post_init__(self) -> None:
        if self.k < 1 or not self.applications or not self.reviewers:
            raise ValueError("an assignment needs applications, reviewers and a number of reviews")


@dataclass(frozen=True, slots=True)
class Assignment:
    """The pairs, in order, and how well the worst served application fares; `bound` is the most that could be."""

    pairs: tuple[Pair, ...]
    floor: float
    bound: float
    total: float
    sha256: str

    def of(self, application: int) -> tuple[int, ...]:
        """Return the reviewers of an application."""
        return tuple(reviewer for one, reviewer in self.pairs if one == application)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A constraint (of FAMILIES) that stands in the way, by how much, and of which application or reviewer."""

    constraint: str
    missing: int
    application: int | None = None
    reviewer: int | None = None

    def __str__(self) -> str:
        where = f"application {self.application}" if self.application is not None else "all applications"
        if self.constraint == LOAD:
            whose = f"reviewer {self.reviewer}" if self.reviewer is not None else "the reviewers together"
            return f"load: {whose} would have to take {self.missing} more"
        if self.constraint == CONFLICT:
            return f"conflict: {where} lacks {self.missing} reviewers without a conflict of interest"
        what = "stakeholder group" if self.constraint == GROUPS else "region"
        return f"{self.constraint}: {where} finds reviewers of one {what} only"


class Infeasible(ValueError):
    """There is no such assignment; `obstacles` name the constraint, and the application or the reviewer."""

    code = "assignment_infeasible"

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__("; ".join(map(str, obstacles)))
        self.obstacles = obstacles
