"""`talanoa draft`: each verb good, refused, and by somebody who may not."""

from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import day
from drafts.conftest import OTHER, CommentOn, Suggest, need_counts, newest
from steps import DRAFT
from talanoa.drafts.models import Comment, Draft, Suggestion
from talanoa.drafts.queries import dispositions_of
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Stage

LUCIA = ("--as", "lucia@nic.example")
YUSUF = ("--as", "yusuf@garissa.example")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "words.md"
    made.write_text(DRAFT.replace("hour", "day"), encoding="utf-8")
    return made


@pytest.fixture(autouse=True)
def _open_now(draft: Draft) -> None:
    Stage.objects.filter(kind="drafting").update(opened_at=day(40), closes_at=None)


def test_an_editor_begins_and_revises_a_draft_and_anybody_lists_and_reads_them(file: Path) -> None:
    made = told("draft", "begin", "wg", file, "--title", "Second", *LUCIA)
    assert (made["draft"], made["revision"]) == (2, 1)
    changed = told("draft", "revise", "wg", 1, file, "--based-on", 1, "--summary", "By the day", *LUCIA)
    assert (changed["draft"], changed["revision"]) == (1, 2)
    listed = told("draft", "list", "wg", *YUSUF)["drafts"]
    assert [(row["draft"], row["title"], row["revision"], row["said"]) for row in listed] == [
        (1, "Training", 2, 0),
        (2, "Second", 1, 0),
    ]
    shown = told("draft", "show", "wg", 1, *YUSUF)
    assert (shown["revision"], shown["sha256"], shown["paragraphs"][2]) == (
        2,
        changed["sha256"],
        {"paragraph": 3, "anchor": "p3", "text": OTHER},
    )
    assert (
        "¶ 3  Recommendation 1. Pay the trainers by the hour."
        in talanoa("draft", "show", "wg", 1, "--revision", 1, *YUSUF).out
    )


def test_who_writes_no_drafts_begins_none(file: Path, convenor: Participant, yusuf: Person) -> None:
    code, rule = refused("draft", "begin", "wg", file, "--title", "Mine", *YUSUF)
    assert (code, rule) == (4, "not_allowed")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("show", "wg", 9), "draft_unknown"),
        (("show", "wg", 1, "--revision", 9), "revision_unknown"),
        (("need", "wg", 9, "must"), "number_unknown"),
    ],
)
def test_what_is_not_there_is_named_by_a_code(yusuf: Person, words: tuple[object, ...], rule: str) -> None:
    assert refused("draft", *words, *YUSUF) == (3, rule)


def test_one_comments_with_the_words_that_one_means(tmp_path: Path, yusuf: Person) -> None:
    file = tmp_path / "c.txt"
    file.write_text("Say who pays.", encoding="utf-8")
    made = told("draft", "comment", "wg", 1, file, "--paragraph", 2, "--quote", "is what", *YUSUF)
    assert made["receipt"].startswith("Talanoa receipt: number wg-1")
    found = Comment.objects.get()
    assert (found.anchor, found.quote, found.text) == ("p2", "is what", "Say who pays.")
    assert refused("draft", "comment", "wg", 1, file, "--paragraph", 99, *YUSUF) == (3, "paragraph_unknown")


def test_one_suggests_and_says_what_must_be(tmp_path: Path, yusuf: Person) -> None:
    file = tmp_path / "s.txt"
    file.write_text(OTHER, encoding="utf-8")
    told("draft", "suggest", "wg", 1, file, "--paragraph", 3, "--because", "So.", *YUSUF)
    made = Suggestion.objects.get()
    assert (made.replacement, made.reason) == (OTHER, "So.")
    told("draft", "need", "wg", "wg-1", "must", *YUSUF)
    assert need_counts(made) == (1, 0)


def test_an_editor_disposes_accepts_and_rejects(
    comment: CommentOn, suggestion: Suggest, draft: Draft, file: Path, yusuf: Person
) -> None:
    one, two, three = comment(yusuf), suggestion(yusuf), suggestion(yusuf, "Money lacks.", "p2")
    assert told("draft", "accept", "wg", 2, *LUCIA) == {"status": "accepted", "revision": 2}
    assert told("draft", "reject", "wg", 3, "--reason", "Too short.", *LUCIA)["status"] == "not_accepted"
    because = ("--status", "partly_accepted", "--reason", "By the day.", "--revision", 2, "--paragraph", 3)
    told("draft", "dispose", "wg", 1, "wg-1", *because, *LUCIA)
    given = dispositions_of(row.contribution_id for row in (one, two, three))
    assert [(made.status, made.anchor) for [made] in given.values()] == [
        ("partly_accepted", "p3"),
        ("not_accepted", ""),
        ("accepted", "p3"),
    ]
    assert newest(draft).number == 2
