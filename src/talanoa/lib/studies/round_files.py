"""The votes of a closed round among the files of a data set: in the form of Polis, as they may leave.

Voters have numbers of this release, in an order that only its key tells, and no check word. Their votes stand at the
page of the round too, where whoever compares them finds a row again; there is no name at either place.
"""

import csv
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from talanoa.lib.archive.tables import Table
from talanoa.lib.cells import safe_cell
from talanoa.lib.counted_votes import table_of
from talanoa.lib.opinion import Comment, Conversation, write_conversation
from talanoa.lib.published_votes import PublishedVotes

FOLDER = "round-"
_STATEMENTS, _VOTES, _VOTERS = "comments", "participants-votes", "voters"
_TOLD: Mapping[str, Mapping[str, tuple[str, str]]] = {
    _STATEMENTS: {
        "timestamp": ("BIGINT", "not told"),
        "comment-id": ("BIGINT", "number of the statement on its page"),
        "author-id": ("BIGINT", "always 0, so that no vote is tied to an author"),
        "moderated": ("BIGINT", "1 shown; -1 not shown: without words here, and counted nowhere"),
        "is-meta": ("BIGINT", "always 0: no statement is about the conversation"),
        "comment-body": ("VARCHAR", "the statement; empty where the public may not read it"),
    },
    _VOTES: {
        "participant": ("BIGINT", "number of the voter in this release"),
        "group-id": ("VARCHAR", "always empty: the groups that are found are no part of the data"),
        "n-comments": ("BIGINT", "always 0, as author-id is"),
        "n-votes": ("BIGINT", "statements voted on"),
        "n-agree": ("BIGINT", "of these, agreed with"),
        "n-disagree": ("BIGINT", "of these, disagreed with"),
    },
    _VOTERS: {
        "participant": ("BIGINT", "number of the voter in this release"),
        "group": ("VARCHAR", "stakeholder group; empty where fewer than five of it voted"),
        "burst": ("BIGINT", "1 for who came in an hour with far more people than usual, else 0"),
    },
}

_VOTE = ("BIGINT", "vote on the statement of that number: 1 agree, 0 pass, -1 disagree, empty not seen")


def write_round(number: int, votes: PublishedVotes, texts: Mapping[int, str], out: Path, key: bytes) -> None:
    """Write the closed round `number` into its folder in `out`; `texts` are the words that everybody may read.

    `key`, at least 16 octets, is that of this release alone.
    """
    folder = out / f"{FOLDER}{number}"
    folder.mkdir(parents=True)
    order = sorted(votes.voters, key=lambda one: hmac.digest(key, b"voter %d" % one.number, hashlib.sha256))
    voters = tuple(replace(one, number=place, check_word="") for place, one in enumerate(order, start=1))
    comments = tuple(
        Comment(statement, 0, safe_cell(texts.get(statement, "")), -1 if statement in votes.out else 1)
        for statement in votes.statements
    )
    write_conversation(folder, Conversation(comments, table_of(replace(votes, voters=voters))))
    with (folder / f"{_VOTERS}.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(_TOLD[_VOTERS])
        writer.writerows((one.number, one.group, int(one.in_burst)) for one in voters)


def rounds_in(folder: Path) -> Iterator[tuple[Table, int]]:
    """Give the tables of the rounds in the folder of an input, called as their files, with their numbers of rows."""
    for place in sorted(folder.glob(f"{FOLDER}*"), key=lambda one: int(one.name.removeprefix(FOLDER))):
        for name, told in _TOLD.items():
            with (place / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
                rows = csv.reader(lines)
                columns = {column: told.get(column, _VOTE) for column in next(rows)}
                n_rows = sum(1 for _row in rows)
            kinds, meanings = ({column: one[at] for column, one in columns.items()} for at in (0, 1))
            yield Table(f"{place.name}/{name}", kinds, meanings), n_rows
