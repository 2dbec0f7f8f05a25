"""Conversations in the files of Polis: comments.csv, votes.csv (with times), participants-votes.csv (final votes).

The final votes are those of participants-votes.csv where it is there, else the last of each pair in votes.csv. The
counts in comments.csv are not read: they are no oracle. In these files agree is +1. `is-meta` is kept. A votes.csv
alone is a conversation without texts, in which nothing is moderated out.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from talanoa.lib.opinion.tables import Moderation, VoteTable, vote_table

_ABOUT = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
OUT = -1
LARGEST_FILE, MOST_STATEMENTS, MOST_GROUPS = 256 * 2**20, 10_000, 50
"""Bytes of a file; statements; declared groups."""
_LARGEST_NUMBER, _LONGEST_NAME = 2**53, 100


class ConversationUnreadable(ValueError):
    """The folder is no conversation; the message names the file, and the line where there is one."""


class ConversationTooLarge(ConversationUnreadable):
    """A file, the number of statements or of groups is beyond what is read."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A statement as the files have it; `moderated` is 1 accepted, 0 not looked at, -1 out; the time is in ms."""

    number: int
    author: int
    text: str
    moderated: int = 0
    is_meta: bool = False
    written_at: int = 0


@dataclass(frozen=True, slots=True)
class Casting:
    """One vote at a moment (ms since 1970, UTC)."""

    at: int
    statement: int
    participant: int
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """A conversation: its statements, final votes, every casting where the files have times, and published groups."""

    comments: tuple[Comment, ...]
    votes: VoteTable
    castings: tuple[Casting, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()

    @property
    def moderation(self) -> Moderation:
        """What is moderated out, and what is meta."""
        return Moderation(
            frozenset(one.number for one in self.comments if one.moderated == OUT),
            frozenset(one.number for one in self.comments if one.is_meta),
        )


def read_conversation(place: Path) -> Conversation:
    """Return the conversation in a folder, or in a votes.csv alone.

    Raises ConversationUnreadable (ConversationTooLarge beyond the limits; VotesUnfit for votes that are none).
    """
    conversation = _votes_alone(place) if place.is_file() else _folder(place)
    if len(conversation.votes.statements) > MOST_STATEMENTS:
        raise ConversationTooLarge(f"{place.name} has more than {MOST_STATEMENTS} statements")
    return conversation


def _votes_alone(path: Path) -> Conversation:
    castings = tuple(_castings(path))
    return Conversation((), table_of(castings, []), castings)


def _folder(folder: Path) -> Conversation:
    comments = tuple(_comments(folder / "comments.csv"))
    known = [one.number for one in comments]
    if len(set(known)) < len(known):
        raise ConversationUnreadable("comments.csv has two statements with one number")
    timed = folder / "votes.csv"
    castings = tuple(_castings(timed)) if timed.exists() else ()
    final = folder / "participants-votes.csv"
    if final.exists():
        votes, groups = _final(final, known)
    elif castings:
        votes, groups = table_of(castings, known), ()
    else:
        raise ConversationUnreadable(f"{folder.name} has neither participants-votes.csv nor votes.csv")
    return Conversation(comments, votes, castings, groups)


def table_of(castings: tuple[Casting, ...], known: list[int]) -> VoteTable:
    """Return the last votes of castings."""
    return vote_table(
        [one.participant for one in castings],
        [one.statement for one in castings],
        [one.value for one in castings],
        at=[one.at for one in castings],
        known=known,
    )


def read_groups(path: Path) -> dict[int, str]:
    """Return the declared group of each participant who has one, from the columns participant and group.

    Raises ConversationUnreadable, ConversationTooLarge.
    """
    found: dict[int, str] = {}
    for line, row in _rows(path, "participant", "group"):
        person, name = _number(path, line, row["participant"]), (row["group"] or "").strip()
        if len(name) > _LONGEST_NAME or not name.isprintable():
            raise ConversationUnreadable(f"{path.name}, line {line}: this is no name of a group")
        if found.setdefault(person, name) != name:
            raise ConversationUnreadable(f"{path.name}, line {line}: {person} has two groups")
    if len(set(found.values())) > MOST_GROUPS:
        raise ConversationTooLarge(f"{path.name} has more than {MOST_GROUPS} groups")
    return {person: name for person, name in found.items() if name}


def _rows(path: Path, *needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its line. A column that is needed and not there is refused."""
    with _opened(path) as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise ConversationUnreadable(f"{path.name} has no column {', '.join(missing)}")
        for row in reader:
            yield reader.line_num, row


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Give the lines of a file that is there and not too large; what csv itself refuses is told as we tell it."""
    if not path.is_file():
        raise ConversationUnreadable(f"{path.name} is not there")
    if path.stat().st_size > LARGEST_FILE:
        raise ConversationTooLarge(f"{path.name} has more than {LARGEST_FILE >> 20} MiB")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        try:
            yield lines
        except csv.Error as wrong:
            raise ConversationUnreadable(f"{path.name}: {wrong}") from wrong
        except UnicodeDecodeError as wrong:
            raise ConversationUnreadable(f"{path.name} is no text in UTF-8") from wrong


def _comments(path: Path) -> Iterator[Comment]:
    for line, row in _rows(path, "comment-id", "author-id", "comment-body"):
        yield Comment(
            _number(path, line, row["comment-id"]),
            _number(path, line, row["author-id"]),
            row["comment-body"],
            _number(path, line, row.get("moderated") or "0"),
            (row.get("is-meta") or "").lower() in {"1", "true", "t"},
            _number(path, line, row.get("timestamp") or "0"),
        )


def _castings(path: Path) -> Iterator[Casting]:
    for line, row in _rows(path, "timestamp", "comment-id", "voter-id", "vote"):
        yield Casting(
            *(_number(path, line, row[name]) for name in ("timestamp", "comment-id", "voter-id", "vote"))
        )


def _number(path: Path, line: int, text: str | None) -> int:
    try:
        number = int(text or "")
    except ValueError as wrong:
        raise ConversationUnreadable(f"{path.name}, line {line}: {text!r} is no whole number") from wrong
    if abs(number) > _LARGEST_NUMBER:
        raise ConversationUnreadable(f"{path.name}, line {line}: {text} is too large a number")
    return number


def _final(path: Path, known: list[int]) -> tuple[VoteTable, tuple[tuple[int, str], ...]]:
    """Return the final votes and the published groups of participants-votes.csv."""
    who, what, how, groups = [], [], [], []
    with _opened(path) as lines:
        reader = csv.reader(lines)
        head = next(reader, [])
        if "participant" not in head:
            raise ConversationUnreadable(f"{path.name} has no column participant")
        statements = [(at, _number(path, 1, name)) for at, name in enumerate(head) if name.isdecimal()]
        me, group = head.index("participant"), head.index("group-id") if "group-id" in head else None
        for row in reader:
            if len(row) <= me:
                raise ConversationUnreadable(f"{path.name}, line {reader.line_num}: no participant")
            person = _number(path, reader.line_num, row[me])
            if group is not None and group < len(row) and row[group]:
                groups.append((person, row[group]))
            for at, statement in statements:
                if at < len(row) and row[at]:
                    who.append(person)
                    what.append(statement)
                    how.append(_number(path, reader.line_num, row[at]))
    known = [*known, *(statement for _at, statement in statements)]
    return vote_table(who, what, how, known=known), tuple(sorted(groups))


def write_conversation(folder: Path, conversation: Conversation) -> None:
    """Write the three files into a folder that is there; votes.csv only where there are castings."""
    _write(
        folder / "comments.csv",
        ("timestamp", "comment-id", "author-id", "moderated", "is-meta", "comment-body"),
        (
            (one.written_at, one.number, one.author, one.moderated, int(one.is_meta), one.text)
            for one in sorted(conversation.comments, key=lambda one: one.number)
        ),
    )
    if conversation.castings:
        _write(
            folder / "votes.csv",
            ("timestamp", "comment-id", "voter-id", "vote"),
            (
                (one.at, one.statement, one.participant, one.value)
                for one in sorted(
                    conversation.castings, key=lambda one: (one.at, one.participant, one.statement, one.value)
                )
            ),
        )
    head = (*_ABOUT, *(str(number) for number in conversation.votes.statements))
    _write(folder / "participants-votes.csv", head, _final_rows(conversation))


def _final_rows(conversation: Conversation) -> Iterator[tuple[object, ...]]:
    table, groups = conversation.votes, dict(conversation.groups)
    written: dict[int, int] = {}
    for one in conversation.comments:
        written[one.author] = written.get(one.author, 0) + 1
    for row, person in enumerate(table.participants.tolist()):
        part = slice(table.starts[row], table.starts[row + 1])
        values = table.values[part]
        cells = np.full(len(table.statements), "", dtype=object)
        cells[table.columns[part]] = values.astype(object)
        about = (len(values), int((values == 1).sum()), int((values == -1).sum()))
        yield (person, groups.get(person, ""), written.get(person, 0), *about, *cells)


def _write(path: Path, head: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
