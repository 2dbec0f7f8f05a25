"""What changed between two revisions, as a reader sees it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.lib.diffs import Change, Word, compare, compare_within, compare_words
from talanoa.lib.paragraphs import AnchorsBroken, Paragraph, carry_anchors, first_anchors

TEXTS = st.lists(st.text("abcd ,\n", min_size=1, max_size=30), max_size=10)
PHRASES = st.lists(st.sampled_from(["we ", "agree", " ", ", ", "on the ", "text\n", "**", "同意", "é"])).map(
    "".join
)


def blocks(**texts: str) -> list[Paragraph]:
    return [Paragraph(anchor, n, "text", 0, 0, text) for n, (anchor, text) in enumerate(texts.items())]


def shown(old: str, new: str) -> str:
    """Write words as `same [removed] {added}`."""
    signs = {"same": "{}", "removed": "[{}]", "added": "{{{}}}"}
    return "".join(signs[word.kind].format(word.text) for word in compare_words(old, new))


def kinds(old: list[Paragraph], new: list[Paragraph]) -> list[str]:
    return [f"{change.kind} {change.anchor}" for change in compare(old, new)]


def side(change: Change, left_out: str) -> str:
    return "".join(word.text for word in change.words if word.kind != left_out)


def test_an_equal_block_is_the_same() -> None:
    assert compare(blocks(p1="We agree."), blocks(p1="We agree.")) == (
        Change("same", "p1", "We agree.", "We agree.", (Word("same", "We agree."),)),
    )


def test_a_changed_block_shows_its_words() -> None:
    (change,) = compare(blocks(p1="We agree now."), blocks(p1="We disagree now."))
    words = (Word("same", "We "), Word("removed", "agree "), Word("added", "disagree "), Word("same", "now."))
    assert change == Change("changed", "p1", "We agree now.", "We disagree now.", words)


def test_a_removed_block_stands_before_what_came_in_its_place() -> None:
    assert compare(blocks(p1="a", p2="b", p3="c"), blocks(p1="a", p4="d", p3="c")) == (
        Change("same", "p1", "a", "a", (Word("same", "a"),)),
        Change("added", "p4", "", "d", (Word("added", "d"),)),
        Change("removed", "p2", "b", "", (Word("removed", "b"),)),
        Change("same", "p3", "c", "c", (Word("same", "c"),)),
    )


def test_a_moved_block_stands_once_at_its_new_place() -> None:
    assert kinds(blocks(p1="a", p2="b", p3="c"), blocks(p2="b", p3="c", p1="a")) == [
        "same p2",
        "same p3",
        "moved p1",
    ]


def test_a_moved_block_shows_its_changed_words_too() -> None:
    moved = compare(blocks(p1="We agree now.", p2="b", p3="c"), blocks(p2="b", p3="c", p1="We agree."))[-1]
    assert (moved.kind, moved.old_text, moved.new_text) == ("moved", "We agree now.", "We agree.")
    assert moved.words == (Word("same", "We agree"), Word("removed", " now"), Word("same", "."))


def test_anchors_broken() -> None:
    with pytest.raises(AnchorsBroken):
        compare(blocks(p1="a"), [*blocks(p1="a"), *blocks(p1="b")])
    with pytest.raises(AnchorsBroken):
        compare([Paragraph("", 0, "text", 0, 0, "a")], ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Within three days.", "Within five days.", "Within [three ]{five }days."),
        ("We agree.", "We agree, all of us.", "We agree{, all of us}."),
        ("Say it now", "Say it  now", "Say it[ ]{  }now"),
        ("one\ntwo", "one two", "one[\n]{ }two"),
        ("**bold** word", "bold word", "[**]bold[** ]{ }word"),
        ("don't wait", "do wait", "[don't ]{do }wait"),
        ("所有意见", "所有的意见", "所有{的}意见"),
        ("यह हिन्दी है", "यह हिंदी है", "यह [हिन्दी ]{हिंदी }है"),
        ("", "new", "{new}"),
        ("old", "", "[old]"),
        ("", "", ""),
    ],
)
def test_words_change_as_a_reader_would_mark_them(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_lone_word_between_longer_changes_is_no_island() -> None:
    old = "The chair must answer every objection of the room before the call closes."
    new = "The chair should hear each concern of some people before the call closes."
    replaced = "[must answer every objection of the room ]{should hear each concern of some people }"
    assert shown(old, new) == f"The chair {replaced}before the call closes."


def test_a_word_between_changes_of_one_word_stays_a_mark_to_read_by() -> None:
    assert (
        shown("Amina and Bo met us today", "Chen and Dina met us today")
        == "[Amina ]{Chen }and [Bo ]{Dina }met us today"
    )


def test_three_equal_words_stand_between_any_changes() -> None:
    old = "We met: a b c d keep these three e f g h"
    new = "We met: r s t u keep these three v w x y"
    assert shown(old, new) == "We met: [a b c d ]{r s t u }keep these three [e f g h]{v w x y}"


def test_texts_with_little_in_common_stand_one_after_the_other() -> None:
    old, new = "Call the chair when six more inputs arrive", "Thank the hosts in every region we met"
    assert shown(old, new) == f"[{old}]{{{new}}}"


def test_a_text_too_long_to_align_is_replaced_between_its_common_ends() -> None:
    old = "same " * 9_000 + "a " * 10_001 + "end"
    new = "same " * 9_000 + "b a " * 5_001 + "end"
    assert [word.kind for word in compare_words(old, new)] == ["same", "removed", "added", "same"]


def test_a_block_too_long_to_be_aligned_says_so_and_one_that_only_grew_is_compared() -> None:
    old = "same " * 9_000
    many = compare(blocks(p1=old + "a " * 10_001), blocks(p1=old + "b " * 10_001))
    grown = compare(blocks(p1=old), blocks(p1=old + "b " * 10_001))
    assert [change.is_whole for change in (*many, *grown)] == [True, False]


def test_once_the_steps_are_used_up_blocks_are_shown_whole() -> None:
    assert compare_within("a b c d keep", "w x c d keep", 16) == compare_within(
        "a b c d keep", "w x c d keep", 4
    )
    whole = compare_within("one a b c two three four", "one x b y two three four", 8)
    assert (whole.is_whole, whole.n_steps) == (True, 0)
    assert [word.text for word in whole.words] == ["one ", "a b c ", "x b y ", "two three four"]


@settings(max_examples=200, deadline=None)
@given(PHRASES, PHRASES)
def test_words_reconstruct_both_sides_and_alternate(old: str, new: str) -> None:
    words = compare_words(old, new)
    assert "".join(word.text for word in words if word.kind != "added") == old
    assert "".join(word.text for word in words if word.kind != "removed") == new
    assert all(word.text for word in words)
    assert not any(one.kind == two.kind for one, two in pairwise(words))


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, st.randoms(use_true_random=False))
def test_compare_reconstructs_both_revisions(old: list[str], new: list[str], chance: object) -> None:
    before, free = first_anchors([Paragraph("", n, "text", 0, 0, text) for n, text in enumerate(old)])
    mixed = [*new, *old[::2]]
    chance.shuffle(mixed)
    after, _ = carry_anchors(
        before, [Paragraph("", n, "text", 0, 0, text) for n, text in enumerate(mixed)], free
    )
    changes = compare(before, after)
    assert [(c.anchor, c.new_text) for c in changes if c.kind != "removed"] == [
        (b.anchor, b.text) for b in after
    ]
    assert {c.anchor: c.old_text for c in changes if c.kind != "added"} == {b.anchor: b.text for b in before}
    assert all((side(c, "added"), side(c, "removed")) == (c.old_text, c.new_text) for c in changes)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_what_has_not_moved_stands_in_the_old_order(old: list[str], new: list[str]) -> None:
    before, free = first_anchors([Paragraph("", n, "text", 0, 0, text) for n, text in enumerate(old)])
    after, _ = carry_anchors(
        before, [Paragraph("", n, "text", 0, 0, text) for n, text in enumerate(new)], free
    )
    changes = compare(before, after)
    moved = {change.anchor for change in changes if change.kind == "moved"}
    stayed = [block.anchor for block in before if block.anchor not in moved]
    assert [c.anchor for c in changes if c.kind not in {"added", "moved"}] == stayed
