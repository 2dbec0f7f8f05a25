"""Blocks, recommendations and anchors of a Markdown text."""

from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.lib.paragraphs import (
    MAX_BLOCKS,
    MAX_CHARS,
    AnchorsBroken,
    Paragraph,
    RecommendationsOutOfOrder,
    TextTooLong,
    carry_anchors,
    check_recommendations,
    first_anchors,
    longest_common,
    pieces,
    split,
    unnumbered,
    words,
)

RELIABLE = "The convenor publishes every input with its number within three working days."
RELIABLE_EDITED = "The convenor publishes every input with its number within five working days."
BALANCED = "Each region speaks before any region speaks twice."
OPEN = "Anyone may bring an issue, in any language of the charter."
REPORT = f"# Outcome\n\n{RELIABLE}\n\n{BALANCED}\n\n{OPEN}\n"

SYNTAX = st.sampled_from(
    ["# ", "## ", "- ", "> ", "```\n", "    ", "|a|b|\n|-|-|\n", "---\n", "[a]: /b\n", "\t", "1. "]
)
WORDS = st.sampled_from(
    ["talanoa ", "Recommendation 1. ", "**say** ", "`code` ", "مرحبا ", "\n", "\n\n", "\r\n", "\0"]
)
MARKDOWN = st.lists(st.one_of(SYNTAX, WORDS, st.text(max_size=6)), max_size=40).map("".join)
TEXTS = st.lists(st.text("abcd ", min_size=1, max_size=12), max_size=14)


def blocks(texts: list[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph("", position, "text", 0, 0, text) for position, text in enumerate(texts))


def anchors(old: str, new: str) -> list[str]:
    before, free = first_anchors(split(old))
    return [block.anchor for block in carry_anchors(before, split(new), free)[0]]


def numbers(markdown: str) -> list[int]:
    return [block.number for block in split(markdown) if block.kind == "recommendation"]


@pytest.mark.parametrize(
    ("source", "kind", "level"),
    [
        ("# Outcome", "heading", 1),
        ("Outcome\n---", "heading", 2),
        ("### Outcome", "heading", 3),
        ("#### A heading too deep for a section", "text", 0),
        ("One line\nand another.", "text", 0),
        ("- one\n\n- two\n  - three", "list", 0),
        ("3. three\n4. four", "list", 0),
        ("> quoted\nlazily", "quote", 0),
        ("```\ncode\n\n# no heading\n```", "code", 0),
        ("    indented", "code", 0),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "table", 0),
        ("***", "text", 0),
        ("[igf]: https://example.org/", "text", 0),
        ("<div>no HTML</div>", "text", 0),
    ],
)
def test_each_kind_of_block_is_one_paragraph_with_its_source(source: str, kind: str, level: int) -> None:
    assert split(f"{source}\n\n\n") == (Paragraph("", 0, kind, level, 0, source),)


def test_blocks_stand_in_order_and_count_from_zero() -> None:
    assert [(b.position, b.text) for b in split("# A\nB\n\n- C\n\n\nD")] == [
        (0, "# A"),
        (1, "B"),
        (2, "- C"),
        (3, "D"),
    ]


def test_an_empty_text_has_no_blocks() -> None:
    assert split(" \n\u00a0\n\t\n") == ()


def test_words_nested_too_deep_for_the_reader_are_kept() -> None:
    (block,) = split("> " * 10_000 + "heard")
    assert block.text.endswith("> heard")


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_no_line_with_text_is_lost_or_doubled(markdown: str) -> None:
    source = markdown.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    kept = [line for block in split(markdown) for line in block.text.split("\n") if line.strip()]
    assert kept == [line for line in source.split("\n") if line.strip()]


def test_text_too_long() -> None:
    with pytest.raises(TextTooLong) as long:
        split("x" * (MAX_CHARS + 1))
    assert long.value.code == "text_too_long"
    with pytest.raises(TextTooLong):
        split("x\n\n" * (MAX_BLOCKS + 1))


@pytest.mark.parametrize(
    "source",
    [
        "Recommendation 7. Publish.",
        "Recommendation 7: Publish.",
        "**Recommendation 7.** Publish.",
        "**Recommendation 7**: Publish.",
        "**Recommendation 7: Publish.** At once.",
        "__Recommendation 7:__ Publish.",
        "Recommendation 7.",
    ],
)
def test_a_recommendation_is_a_paragraph_that_begins_with_its_number(source: str) -> None:
    assert split(source) == (Paragraph("", 0, "recommendation", 0, 7, source),)


@pytest.mark.parametrize(
    "source",
    [
        "Recommendation 7.2 of the review stands.",
        "Recommendation 7 was accepted.",
        "As Recommendation 7. says.",
        "Recommendation seven. Publish.",
        "## Recommendation 7. Publish.",
        "- Recommendation 7. Publish.",
        "> Recommendation 7. Publish.",
        "    Recommendation 7. Publish.",
        "Recommendation 7777777777. Publish.",
    ],
)
def test_what_only_mentions_a_recommendation_is_none(source: str) -> None:
    assert numbers(source) == []


def test_recommendation_numbers() -> None:
    check_recommendations(split("Recommendation 1. A\n\ntext\n\nRecommendation 2. B"))
    with pytest.raises(RecommendationsOutOfOrder) as wrong:
        check_recommendations(split("Recommendation 1. A\n\nRecommendation 3. C"))
    assert (wrong.value.code, wrong.value.expected, wrong.value.found) == ("recommendation_numbers", 2, 3)


@pytest.mark.parametrize("order", [(0,), (2,), (1, 1), (2, 1), (1, 2, 2), (1, 2, 4)])
def test_a_gap_a_repetition_or_a_zero_is_out_of_order(order: tuple[int, ...]) -> None:
    text = "\n\n".join(f"Recommendation {number}. Do it." for number in order)
    with pytest.raises(RecommendationsOutOfOrder):
        check_recommendations(split(text))


def test_the_first_revision_is_numbered_from_one() -> None:
    made, free = first_anchors(split(REPORT))
    assert ([block.anchor for block in made], free) == (["p1", "p2", "p3", "p4"], 5)


def test_a_changed_block_keeps_its_anchor() -> None:
    assert anchors(REPORT, REPORT.replace(RELIABLE, RELIABLE_EDITED)) == ["p1", "p2", "p3", "p4"]


def test_a_replaced_block_gets_a_fresh_anchor() -> None:
    assert anchors(REPORT, REPORT.replace(BALANCED, "No quorum is needed here.")) == ["p1", "p2", "p5", "p4"]


def test_three_words_of_five_are_similar_and_two_of_four_are_not() -> None:
    assert anchors("a b c d e", "a b c x y") == ["p1"]
    assert anchors("a b c d", "a b x y") == ["p2"]


def test_the_order_of_words_counts() -> None:
    assert anchors("one two three four five", "five four three two one") == ["p2"]


def test_case_and_punctuation_do_not_count() -> None:
    assert anchors("We agree; all of us.", "**WE AGREE** - ALL OF US!") == ["p1"]


def test_the_most_similar_block_takes_the_anchor() -> None:
    new = f"{RELIABLE} Always, and in public, says the charter.\n\n{RELIABLE_EDITED}"
    assert anchors(RELIABLE, new) == ["p2", "p1"]


def test_the_most_similar_block_is_found_among_many_nearer_ones() -> None:
    old = [
        f"{'abcdefghijkl'[n] * 3} {'abcdefghijkl'[n] * 4} is what region number {n} asks of us"
        for n in range(12)
    ]
    new = [f"{text} today" for text in reversed(old)]
    assert anchors("\n\n".join(old), "\n\n".join(new)) == [f"p{n}" for n in range(12, 0, -1)]


def test_a_moved_block_keeps_its_anchor() -> None:
    assert anchors(f"{RELIABLE}\n\n{BALANCED}\n\n{OPEN}", f"{OPEN}\n\n{RELIABLE}\n\n{BALANCED}") == [
        "p3",
        "p1",
        "p2",
    ]


def test_a_recommendation_keeps_its_anchor_by_its_number() -> None:
    old = f"Recommendation 1. {RELIABLE}\n\nRecommendation 2. {BALANCED}"
    new = f"Recommendation 1. {BALANCED}\n\nRecommendation 2. {RELIABLE}"
    assert anchors(old, new) == ["p1", "p2"]


def test_an_unchanged_recommendation_wins_over_a_double_of_its_number() -> None:
    assert anchors(f"Recommendation 1. {OPEN}", f"Recommendation 1. New.\n\nRecommendation 1. {OPEN}") == [
        "p2",
        "p1",
    ]


def test_a_chinese_sentence_is_compared_by_character() -> None:
    assert anchors("所有意见都必须得到答复", "所有意见都应当得到答复") == ["p1"]


def test_an_anchor_is_never_given_again() -> None:
    first, free = first_anchors(split(f"{RELIABLE}\n\n{BALANCED}"))
    second, free = carry_anchors(first, split(RELIABLE), free)
    third, free = carry_anchors(second, split(f"{RELIABLE}\n\n{BALANCED}"), free)
    assert ([block.anchor for block in third], free) == (["p1", "p3"], 4)


@pytest.mark.parametrize("broken", [("p1", "p1"), ("p1", ""), ("p1", "x2"), ("p1", "p3"), ("p1", "p02")])
def test_anchors_broken(broken: tuple[str, str]) -> None:
    old = [Paragraph(anchor, 0, "text", 0, 0, "x") for anchor in broken]
    with pytest.raises(AnchorsBroken) as wrong:
        carry_anchors(old, (), 3)
    assert wrong.value.code == "anchors_broken"


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_keeps_every_anchor(texts: list[str]) -> None:
    made, free = first_anchors(blocks(texts))
    assert carry_anchors(made, blocks(texts), free) == (made, free)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text("abcd ", min_size=1, max_size=12), st.data())
def test_an_inserted_block_leaves_all_other_anchors(
    texts: list[str], added: str, data: st.DataObject
) -> None:
    made, free = first_anchors(blocks(texts))
    place = data.draw(st.integers(0, len(texts)))
    after, now_free = carry_anchors(made, blocks([*texts[:place], added, *texts[place:]]), free)
    kept = [block.anchor for block in after if block.anchor != f"p{free}"]
    assert (kept, now_free) == ([block.anchor for block in made], free + 1)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_anchors_stand_once_and_equal_texts_pass_them_on(old: list[str], new: list[str]) -> None:
    before, free = first_anchors(blocks(old))
    after, now_free = carry_anchors(before, blocks(new), free)
    first = {block.anchor: block.text for block in before}
    passed_on = sorted(block.text for block in after if first.get(block.anchor) == block.text)
    common = [text for text in set(old) for _ in range(min(old.count(text), new.count(text)))]
    assert len({block.anchor for block in after}) == len(new)
    assert passed_on == sorted(common)
    assert now_free == free + sum(block.anchor not in first for block in after)


def test_two_thousand_rewritten_paragraphs_keep_their_anchors() -> None:
    old = [f"{RELIABLE} Case {n}." for n in range(2_000)]
    made, free = first_anchors(blocks(old))
    after, _ = carry_anchors(made, blocks([text.replace("three", "five") for text in old]), free)
    assert [block.anchor for block in after] == [block.anchor for block in made]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), max_size=12))
def test_a_longest_common_subsequence_is_common_rising_and_longest(old: list[int], new: list[int]) -> None:
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, left in enumerate(old):
        for j, right in enumerate(new):
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else max(table[i][j + 1], table[i + 1][j])
    found = longest_common(old, new)
    assert len(found) == table[-1][-1]
    assert all(old[i] == new[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


def test_it_finds_at_least_what_difflib_finds() -> None:
    old, new = f"{RELIABLE} {BALANCED}".split(), f"{BALANCED} {RELIABLE_EDITED}".split()
    theirs = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert len(longest_common(old, new)) >= sum(block.size for block in theirs)


def test_past_ten_thousand_only_the_common_ends_are_paired() -> None:
    assert longest_common([1, *range(2, 10_004), 0], [1, 5, 0]) == ((0, 0), (10_003, 2))


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_words_come_without_signs_and_blanks() -> None:
    assert words("**Say** it: don't wait - हिन्दी, 同意!\n") == [
        "Say",
        "it",
        "don't",
        "wait",
        "हिन्दी",
        "同",
        "意",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Recommendation 3. Pay them.", "Pay them."),
        ("**Recommendation 3.** Pay them.", "Pay them."),
        ("**Recommendation 3**: Pay them.", "Pay them."),
        ("**Recommendation 3. Pay them.**", "**Pay them.**"),
        ("We pay them.", "We pay them."),
    ],
)
def test_a_recommendation_is_read_without_its_number(text: str, words: str) -> None:
    assert unnumbered(text) == words
