"""Conversations in the files of Polis: comments.csv, votes.csv (with times), participants-votes.csv (final votes).

The final votes are those of participants-votes.csv where it is there, else the last of each pair in votes.csv. The
counts in comments.csv are not read: they are no oracle. In these files agree is +1. `is-meta` is kept.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from talanoa.lib.opinion.tables import Moderation, VoteTable, vote_table

_ABOUT = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
OUT = -1


class ConversationUnreadable(ValueError):
    """The folder is no conversation; the message names the file, and the line where there is one."""


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


def read_conversation(folder: Path) -> Conversation:
    """Return the conversation in a folder. Raises ConversationUnreadable (VotesUnfit for votes that are none)."""
    comments = tuple(_comments(folder / "comments.csv"))
    known = [one.number for one in comments]
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


def _rows(path: Path, *needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its line. A column that is needed and not there is refused."""
    if not path.exists():
        raise ConversationUnreadable(f"{path.name} is not there")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise ConversationUnreadable(f"{path.name} has no column {', '.join(missing)}")
        for row in reader:
            try:
                yield reader.line_num, row
            except (ValueError, TypeError) as wrong:
                raise ConversationUnreadable(f"{path.name}, line {reader.line_num}: {wrong}") from wrong


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
        return int(text or "")
    except ValueError as wrong:
        raise ConversationUnreadable(f"{path.name}, line {line}: {text!r} is no whole number") from wrong


def _final(path: Path, known: list[int]) -> tuple[VoteTable, tuple[tuple[int, str], ...]]:
    """Return the final votes and the published groups of participants-votes.csv."""
    who, what, how, groups = [], [], [], []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        head = next(reader, [])
        if "participant" not in head:
            raise ConversationUnreadable(f"{path.name} has no column participant")
        statements = [(at, int(name)) for at, name in enumerate(head) if name.isdecimal()]
        me, group = head.index("participant"), head.index("group-id") if "group-id" in head else None
        for row in reader:
            person = _number(path, reader.line_num, row[me])
            if group is not None and row[group]:
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
