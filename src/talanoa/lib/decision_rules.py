"""The rules by which consensus is found, as versioned data, and their closing tests, as pure functions.

No function here counts heads: how many are for or against a text decides nothing (RFC 7282, sections 6 and 7).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml

OPEN, ANSWERED, ACCOMMODATED, WITHDRAWN = "open", "answered", "accommodated", "withdrawn"
OUTWEIGHED, NO_BEARING, SET_ASIDE, STANDS = "outweighed", "no_bearing", "set_aside", "stands"
_COUNTING = (
    "a about agree agreed all almost and against are by clear for have in is majority members most no objected of"
    " only out participants people percent persons polled said say support supported the them to vote voted votes was"
    " were who with yes"
)
COUNTING = frozenset(re.findall("[a-z]+", _COUNTING))
"""Words in which a count is told."""
MEANING = 3
"""So many other words make a reason."""
FINDINGS = (OUTWEIGHED, NO_BEARING, SET_ASIDE)
SETTLED = (ACCOMMODATED, WITHDRAWN)
"""States after which nobody dissents any more."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a rule's scale, whether it counts as agreed, and the states of an objection that bar it."""

    code: str
    is_agreed: bool
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a decision rule; `findings` are what a chair may find about a maintained objection."""

    code: str
    version: int
    source: str
    findings: tuple[str, ...]
    levels: tuple[Level, ...]

    @property
    def name(self) -> str:
        """How a charter names it: `gnso-levels/1`."""
        return f"{self.code}/{self.version}"

    def level(self, code: str) -> Level | None:
        """Return the level called `code`, if the scale has it."""
        return next((level for level in self.levels if level.code == code), None)


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection as the closing tests see it.

    `recommendation` is what it is about, 0 for the whole text; `reply_by` (aware, UTC) is until when its author may
    say whether the answer will do.
    """

    number: int
    recommendation: int
    state: str
    reply_by: datetime | None = None

    def concerns(self, recommendation: int) -> bool:
        """Tell whether it is about this recommendation; one about the whole text is about each."""
        return self.recommendation in (0, recommendation) or recommendation == 0


@cache
def rules() -> dict[str, Rule]:
    """Return every version of every rule by its name, in the order of the file."""
    text = (files("talanoa.lib") / "decision_rules.yaml").read_text(encoding="utf-8")
    found = (
        Rule(
            code=row["code"],
            version=row["version"],
            source=row["source"],
            findings=tuple(row["findings"]),
            levels=tuple(Level(one["code"], one["is_agreed"], tuple(one["bars"])) for one in row["levels"]),
        )
        for row in yaml.safe_load(text)
    )
    return {rule.name: rule for rule in found}


def named_rule(name: str) -> Rule | None:
    """Return the rule called `gnso-levels/1`, or the newest version of `gnso-levels`; None where there is none."""
    versions = [rule for rule in rules().values() if name in (rule.name, rule.code)]
    return max(versions, key=lambda rule: rule.version, default=None)


def newest_rules() -> list[Rule]:
    """Return the newest version of each rule, in the order of the file."""
    codes = dict.fromkeys(rule.code for rule in rules().values())
    return [rule for rule in map(named_rule, codes) if rule]


def unanswered(raised: Iterable[Raised]) -> tuple[int, ...]:
    """Return the numbers of the objections that nobody answered: no call closes over one (RFC 7282, section 3)."""
    return tuple(one.number for one in raised if one.state == OPEN)


def replies_due(raised: Iterable[Raised], at: datetime) -> tuple[int, ...]:
    """Return the numbers of those answered ones whose authors may still reply at `at` (aware, UTC).

    After that time silence is no veto: the objection is noted as dissent.
    """
    return tuple(
        one.number
        for one in raised
        if one.state == ANSWERED and one.reply_by is not None and at < one.reply_by
    )


def barring(level: Level, recommendation: int, raised: Iterable[Raised]) -> tuple[int, ...]:
    """Return the numbers of the objections with which `recommendation` cannot get `level`."""
    return tuple(one.number for one in raised if one.concerns(recommendation) and one.state in level.bars)


def is_count_only(reasons: str) -> bool:
    """Tell whether reasons are a count of heads and nothing else, such as “98 % agree” or “12 for, 3 against”."""
    return (
        len([word for word in re.findall(r"[^\W\d_]+", reasons.casefold()) if word not in COUNTING]) < MEANING
    )


def dissent(recommendation: int, raised: Iterable[Raised]) -> tuple[int, ...]:
    """Return the numbers of the objections that remain beside the finding on `recommendation`."""
    return tuple(one.number for one in raised if one.concerns(recommendation) and one.state not in SETTLED)
