"""Conversations in Polis's files: read, written, read again; what is no conversation is refused by name."""

from pathlib import Path

import pytest

from lib.opinion.rooms import NAMES, conversation
from talanoa.lib.opinion import (
    Casting,
    Comment,
    Conversation,
    ConversationUnreadable,
    analyze,
    read_conversation,
    to_json_bytes,
    vote_table,
    write_conversation,
)

HEAD = "timestamp,comment-id,author-id,moderated,is-meta,comment-body\n"


def small() -> Conversation:
    castings = (Casting(10, 1, 4, 1), Casting(20, 1, 4, -1), Casting(5, 2, 7, 0))
    comments = (
        Comment(1, 4, 'Say "yes", or not', 1),
        Comment(2, 7, "=1+1\nand more", -1, is_meta=True, written_at=3),
    )
    return Conversation(comments, vote_table([4, 7], [1, 2], [-1, 0]), castings, ((4, "0"),))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_conversation(tmp_path, small())
    found = read_conversation(tmp_path)
    assert (found.comments, found.groups) == (small().comments, small().groups)
    assert set(found.castings) == set(small().castings)
    assert (found.votes.participants.tolist(), found.votes.values.tolist()) == ([4, 7], [-1, 0])
    assert (found.moderation.out, found.moderation.meta) == (frozenset({2}), frozenset({2}))


def test_without_final_votes_the_last_castings_count(tmp_path: Path) -> None:
    write_conversation(tmp_path, small())
    (tmp_path / "participants-votes.csv").unlink()
    assert read_conversation(tmp_path).votes.values.tolist() == [-1, 0]


@pytest.mark.shared_data
@pytest.mark.parametrize("name", NAMES)
def test_a_published_conversation_analyzed_elsewhere_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    held = conversation(name)
    write_conversation(tmp_path, held)
    again = read_conversation(tmp_path)
    ours, theirs = (
        to_json_bytes(analyze(one.votes, None, one.moderation, seed="s")) for one in (held, again)
    )
    assert ours == theirs
    assert again.groups == held.groups


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "comments.csv is not there"),
        ({"comments.csv": HEAD}, "has neither participants-votes.csv nor votes.csv"),
        ({"comments.csv": "comment-id\n1\n"}, "comments.csv has no column author-id, comment-body"),
        ({"comments.csv": HEAD + "0,x,1,0,0,a\n"}, "comments.csv, line 2: 'x' is no whole number"),
        (
            {"comments.csv": HEAD, "participants-votes.csv": "a,b\n"},
            "participants-votes.csv has no column participant",
        ),
        (
            {"comments.csv": HEAD, "participants-votes.csv": "participant,0\n1,yes\n"},
            "line 2: 'yes' is no whole number",
        ),
        (
            {"comments.csv": HEAD, "votes.csv": "timestamp,vote\n"},
            "votes.csv has no column comment-id, voter-id",
        ),
    ],
)
def test_what_is_no_conversation_is_refused_by_name(files: dict[str, str], said: str, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConversationUnreadable, match=said):
        read_conversation(tmp_path)
