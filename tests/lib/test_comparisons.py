"""Rows that a reader follows: what stayed is folded, what was split or joined is said to be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.lib.comparisons import Row, rows
from talanoa.lib.diffs import Word
from talanoa.lib.paragraphs import AnchorsBroken, Paragraph, carry_anchors, first_anchors, split

ONE = "The chair answers every objection in public, with a reason."
TWO = "Nobody waits for longer than ten days for an answer to it."
THREE = "Whoever objects is asked whether that settles the matter."
OTHER = "Trainers are paid in the currency of the place where they teach."

TEXTS = st.lists(st.text("abcd ,\n", min_size=1, max_size=30).filter(str.strip), max_size=14)


def compared(old: str, new: str) -> tuple[Row, ...]:
    before, free = first_anchors(split(old))
    after, _ = carry_anchors(before, split(new), free)
    return rows(before, after)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def kinds(old: str, new: str) -> list[str]:
    return [row.kind + (f" {row.n}" if row.n > 1 else "") for row in compared(old, new)]


def changed_words(row: Row) -> list[str]:
    return [word.text for word in row.words if word.kind != "same"]


def test_beside_a_change_one_paragraph_stays_and_the_others_are_folded() -> None:
    old = text("# A", "b", "c", "## D", "e", "f", "g is old", "h", "i", "j")
    assert kinds(old, old.replace("old", "new")) == ["folded 5", "same", "changed", "same", "folded 2"]


def test_a_folded_row_names_the_last_heading_in_it() -> None:
    old = text("# A", "b", "## C", "d", "e", "f is old", "g")
    folded = compared(old, old.replace("old", "new"))[0]
    assert (folded.kind, folded.n, folded.heading, folded.words) == ("folded", 4, "C", ())


def test_one_paragraph_alone_is_not_folded() -> None:
    assert kinds(text("a is old", "b", "c", "d", "e is old"), text("a is new", "b", "c", "d", "e is new")) == [
        "changed", "same", "same", "same", "changed",
    ]  # fmt: skip


def test_an_unchanged_text_is_one_row() -> None:
    assert kinds(text("a", "b", "c"), text("a", "b", "c")) == ["folded 3"]
    assert kinds("a", "a") == ["same"]


def test_a_heading_is_said_to_be_one() -> None:
    assert [row.is_heading for row in compared("# A", "# A\n\nb")] == [True, False]


def test_a_paragraph_that_was_split_is_one_row_whose_words_stayed() -> None:
    [row] = compared(text(f"{ONE} {TWO}"), text(ONE, TWO))
    assert (row.kind, row.n, changed_words(row)) == ("split", 2, ["¶\n\n"])


def test_paragraphs_that_were_joined_are_one_row_whose_words_stayed() -> None:
    [row] = compared(text(ONE, TWO, THREE), text(f"{ONE} {TWO} {THREE}"))
    assert (row.kind, row.n, changed_words(row)) == ("joined", 3, ["¶\n\n", "¶\n\n"])


def test_a_split_shows_the_words_that_changed_with_it() -> None:
    [row] = compared(text(f"{ONE} {TWO}"), text(ONE, TWO.replace("ten", "twenty")))
    assert (row.kind, changed_words(row)) == ("split", ["¶\n\n", "ten ", "twenty "])


def test_what_was_split_leaves_its_new_neighbor_alone() -> None:
    assert kinds(text("start", f"{ONE} {TWO}", "end"), text("start", ONE, TWO, OTHER, "end")) == [
        "same", "split 2", "added", "same",
    ]  # fmt: skip


def test_a_paragraph_that_grew_beside_a_new_one_is_not_split() -> None:
    assert kinds(text(ONE), text(f"{ONE} It is short.", OTHER)) == ["changed", "added"]


def test_a_paragraph_that_lost_half_of_it_is_not_split_either() -> None:
    assert kinds(text(f"{ONE} {TWO}"), text(ONE)) in (["changed"], ["added", "removed"])


def test_anchors_broken() -> None:
    with pytest.raises(AnchorsBroken):
        rows([Paragraph("", 0, "text", 0, 0, "a")], ())


def test_a_row_tells_which_side_has_words() -> None:
    told = [Row("changed", "p1", (Word(kind, "a"),)) for kind in ("added", "removed", "same")]
    assert [(row.has_old, row.has_new) for row in told] == [(False, True), (True, False), (True, True)]


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.randoms(use_true_random=False))
def test_every_paragraph_of_both_stands_in_the_rows_once(
    old: list[str], new: list[str], chance: object
) -> None:
    mixed = [*new, *old[::2]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    before, free = first_anchors([Paragraph("", n, "text", 0, 0, text) for n, text in enumerate(old)])
    after, _ = carry_anchors(
        before, [Paragraph("", n, "text", 0, 0, text) for n, text in enumerate(mixed)], free
    )
    made = rows(before, after)
    folded = sum(row.n for row in made if row.kind == "folded")
    shown = [row for row in made if row.kind != "folded"]
    for side, blocks in (("added", before), ("removed", after)):
        texts = ["".join(word.text for word in row.words if word.kind != side) for row in shown]
        parts = [part for told in texts if told for part in told.split(" ¶\n\n")]
        assert len(parts) + folded == len(blocks)
        assert set(parts) <= {block.text for block in blocks}
