"""What an analysis says, as frozen values: cells, numbers, suggestion, map, panel, slate."""

from dataclasses import dataclass

from talanoa.lib.opinion.tables import Flags, Floats, Integers

FULL, CONSENSUS, STRONG, DIVERGENCE = "full_consensus", "consensus", "strong_support", "divergence"
LEVELS = (DIVERGENCE, STRONG, CONSENSUS, FULL)
"""From the lowest to the highest [ICANN GNSO Working Group Guidelines, 3.6]; a minority view is no rank."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code that stays, the sentence for people, and the group that it speaks of."""

    code: str
    sentence: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A group on a statement: counts, then shares from 0 to 1. `low` is what surely supports, with 90 % confidence."""

    group: str
    agree: int
    disagree: int
    passed: int
    roster: int | None
    support: float
    low: float
    high: float
    opposition_low: float
    opposition_high: float

    @property
    def seen(self) -> int:
        """How many of the group voted on it, with those who passed."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class Numbers:
    """A statement over all groups of a lens: W with the group it is of, W-1, B, M, E (see the package)."""

    weakest: float
    weakest_group: str
    second: float
    bridging: float
    equal_weight: float
    equality: float


@dataclass(frozen=True, slots=True)
class Distance:
    """The fewest votes that lead to another level: per group, votes that change, and votes that are added."""

    level: str
    votes: int
    changes: tuple[tuple[str, int], ...]
    additions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A level that the numbers suggest to the chair, never a designation; votes lead `up` or `down`.

    `is_fragile`: one voter could flip it. `minorities` are groups of which half or more oppose it (or support it, where
    the level is divergence): each should have a place for its own statement.
    """

    level: str
    reasons: tuple[Reason, ...]
    up: Distance | None
    down: Distance | None
    is_fragile: bool
    minorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A statement through both lenses. `found` numbers are None without a stable map, the rest without groups.

    `divisiveness`: the largest minus the smallest share that agrees, over found groups, or declared ones without a map;
    of groups in which nobody voted on it nothing is said.
    """

    statement: int
    is_meta: bool
    agree: int
    disagree: int
    passed: int
    declared: tuple[Cell, ...]
    found: tuple[Cell, ...]
    declared_numbers: Numbers | None
    found_numbers: Numbers | None
    suggestion: Suggestion | None
    divisiveness: float
    robustness: tuple["Variant", ...]

    @property
    def is_robust(self) -> bool:
        """Whether the level stays however it is counted; True without declared groups, where there is none."""
        return all(self.suggestion is None or one.level == self.suggestion.level for one in self.robustness)


@dataclass(frozen=True, slots=True)
class Variant:
    """The same statement counted otherwise: the code of how, W, and the level; robust if the level stays in all."""

    how: str
    weakest: float
    level: str


@dataclass(frozen=True, slots=True, eq=False)
class OpinionMap:
    """Where everybody stands: two coordinates each, and a found group from 0 on (-1: fewer votes than the least).

    `doubts` say why there is no stable map; where there are any, show no picture and no found groups.
    """

    mean: Floats
    axes: Floats
    eigenvalues: tuple[float, ...]
    positions: Floats
    placed: Flags
    labels: Integers
    n_groups: int
    silhouette: float
    stability: float
    doubts: tuple[Reason, ...]

    @property
    def is_stable(self) -> bool:
        """Whether it may be shown."""
        return not self.doubts


@dataclass(frozen=True, slots=True)
class Seat:
    """A statement of the slate, how many agree with it, and how many of them had none before."""

    statement: int
    agree: int
    newly: int


@dataclass(frozen=True, slots=True)
class Slate:
    """Statements that stand for the room, with the certificate of justified representation.

    `left_out` is the largest number of people without any statement of the slate who agree on one that is not in it;
    the certificate holds while that is below voters / seats.
    """

    seats: tuple[Seat, ...]
    voters: int
    covered: int
    left_out: int
    left_out_on: int | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Stuffing:
    """Counts, never deletions: people in piles of near-identical ballots, the largest pile, people in bursts."""

    near_identical: int
    largest_pile: int
    in_bursts: int
    verified: int | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """All of it. `contingency`: for each declared group (and "" for none) the members of each found group."""

    seed: str
    participants: int
    statements: int
    votes: int
    out: tuple[int, ...]
    map: OpinionMap
    declared: tuple[str, ...]
    found: tuple[str, ...]
    contingency: tuple[tuple[str, tuple[int, ...]], ...]
    results: tuple[Result, ...]
    slate: Slate
    stuffing: Stuffing
