"""The votes of a closed round as everybody may have them: without names, small groups untold, in one written form.

A row is a voter: a number, the stakeholder group where five or more of it voted, the check word of the last receipt,
whether they came in a burst, and one letter for each statement: a agree, d disagree, p pass, `.` not seen. From this
table alone the whole result is computed (`lib.counted_votes`).
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

LEAST = 5
FORMAT = "talanoa-votes.1"


class TableUnreadable(ValueError):
    """The text is no table of votes."""


@dataclass(frozen=True, slots=True)
class PublishedVoter:
    """One voter; `group` is "" where it is not told."""

    number: int
    group: str
    check_word: str
    in_burst: bool
    votes: str


@dataclass(frozen=True, slots=True)
class PublishedVotes:
    """A round: its seed, the statement at each place, those moderated out, groups of the charter that did not vote."""

    seed: str
    statements: tuple[int, ...]
    out: tuple[int, ...]
    silent: tuple[str, ...]
    voters: tuple[PublishedVoter, ...]

    def to_json(self) -> str:
        """Return the table in its one form: sorted keys, ASCII, one voter on a line, ending in a line feed."""
        head = {
            "format": FORMAT,
            "moderated_out": self.out,
            "seed": self.seed,
            "silent": self.silent,
            "statements": self.statements,
        }
        top = json.dumps(head, sort_keys=True, separators=(",", ":"))
        rows = ",\n".join(
            json.dumps(
                [one.number, one.group, one.check_word, int(one.in_burst), one.votes], separators=(",", ":")
            )
            for one in self.voters
        )
        return f'{top[:-1]},"voters":[\n{rows}\n]}}\n'


def from_json(text: str) -> PublishedVotes:
    """Return the table in `text`. Raises TableUnreadable."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise TableUnreadable(f"the format is not {FORMAT}")
        rows = tuple(
            PublishedVoter(int(number), str(group), str(word), bool(burst), str(votes))
            for number, group, word, burst, votes in told["voters"]
        )
        return PublishedVotes(
            str(told["seed"]),
            tuple(map(int, told["statements"])),
            tuple(map(int, told["moderated_out"])),
            tuple(map(str, told["silent"])),
            rows,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise TableUnreadable(f"this is no table of votes: {wrong}") from wrong


def without_small_groups(voters: Iterable[PublishedVoter], least: int = LEAST) -> tuple[PublishedVoter, ...]:
    """Return the voters; who belongs to a group of which fewer than `least` voted has none."""
    rows = tuple(voters)
    sizes = Counter(one.group for one in rows)
    return tuple(one if sizes[one.group] >= least else replace(one, group="") for one in rows)
