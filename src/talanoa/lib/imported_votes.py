"""A conversation from elsewhere in one written form: its statements, and how each voter voted, known by a number only.

The same conversation gives the same text, in whatever order its files have it, and so the same SHA-256: by it an import
is recognized, and whoever has the files can tell that they are what was imported.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talanoa.lib.opinion import Conversation

FORMAT = "talanoa-conversation.1"
UNSEEN = "."
_LETTERS = {1: "a", 0: "p", -1: "d"}
_OUT = -1


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """A statement: its number and the number of its author at the source, its words, whether it was moderated out."""

    number: int
    author: int
    text: str
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class ImportedVoter:
    """A voter by the number that the source calls them by: a letter for each statement, in the order of these."""

    number: int
    votes: str


@dataclass(frozen=True, slots=True)
class ImportedConversation:
    """Statements and voters, each in the order of their numbers; `first_at` is when a voter first voted, in ms."""

    statements: tuple[ImportedStatement, ...]
    voters: tuple[ImportedVoter, ...]
    first_at: Mapping[int, int] = field(default_factory=dict)

    @property
    def n_votes(self) -> int:
        """How many votes there are."""
        return sum(len(one.votes) - one.votes.count(UNSEEN) for one in self.voters)

    def to_json(self) -> str:
        """Return it in its one form: ASCII, one statement or voter on a line, ending in a line feed; no times."""
        statements = [[one.number, one.author, int(one.is_out), one.text] for one in self.statements]
        voters = [[one.number, one.votes] for one in self.voters]
        parts = (f'"statements":[\n{_lines(statements)}\n]', f'"voters":[\n{_lines(voters)}\n]')
        return f'{{"format":"{FORMAT}",{",".join(parts)}}}\n'

    @property
    def sha256(self) -> str:
        """The SHA-256 of the one form, hexadecimal."""
        return sha256(self.to_json().encode()).hexdigest()


def _lines(rows: list[list[object]]) -> str:
    return ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)


class VotesWithoutText(ValueError):
    """There are votes on a statement of which the files have no text."""


def imported(conversation: "Conversation") -> ImportedConversation:
    """Return a conversation that was read from files. Raises VotesWithoutText."""
    comments = sorted(conversation.comments, key=lambda one: one.number)
    statements = tuple(
        ImportedStatement(one.number, one.author, one.text, one.moderated == _OUT) for one in comments
    )
    place = {one.number: at for at, one in enumerate(statements)}
    table = conversation.votes
    unknown = sorted(set(table.statements.tolist()) - place.keys())
    if unknown:
        numbers = ", ".join(map(str, unknown[:10]))
        raise VotesWithoutText(f"comments.csv has no text of these statements: {numbers}")
    places = [place[number] for number in table.statements.tolist()]
    starts, columns, values = table.starts.tolist(), table.columns.tolist(), table.values.tolist()
    voters = []
    for row, number in enumerate(table.participants.tolist()):
        letters = [UNSEEN] * len(statements)
        for at in range(starts[row], starts[row + 1]):
            letters[places[columns[at]]] = _LETTERS[values[at]]
        voters.append(ImportedVoter(number, "".join(letters)))
    first: dict[int, int] = {}
    for one in conversation.castings:
        first[one.participant] = min(one.at, first.get(one.participant, one.at))
    return ImportedConversation(statements, tuple(voters), first)
