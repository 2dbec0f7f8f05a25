"""One block gives way to other words, and nothing else moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.paragraphs import split
from talanoa.lib.replacing import replace_block, stays_one_block

TEXT = "# Head\n\n\n  One\ntwo.\n***\nOne\ntwo.\n\n    code\n\n- a\n- b\n"
PARTS = st.sampled_from(
    ["# Head", "One.", "One.\ntwo", "- a\n- b", "> said", "***", "    code", "| a |\n|---|\n| b |"]
)


@pytest.mark.parametrize("position", range(6))
def test_every_other_block_and_every_blank_line_stays(position: int) -> None:
    blocks = split(TEXT)
    replaced = replace_block(TEXT, position, "@@")
    assert len(blocks) == 6
    assert replaced.count("@@") == 1
    assert replaced.replace("@@", blocks[position].text) == TEXT


def test_of_two_equal_blocks_the_one_that_is_meant_is_replaced() -> None:
    assert replace_block("One.\n\nOne.", 1, "Two.") == "One.\n\nTwo."


@given(st.lists(PARTS, min_size=1, max_size=6), st.data())
def test_a_block_replaced_by_itself_leaves_the_text_as_it_was(parts: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(parts)
    blocks = split(text)
    position = data.draw(st.integers(0, len(blocks) - 1))
    assert replace_block(text, position, blocks[position].text) == text


@pytest.mark.parametrize("position", [-1, 6])
def test_there_is_no_such_block(position: int) -> None:
    with pytest.raises(IndexError):
        replace_block(TEXT, position, "@@")


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("Three.", True),
        ("Three\nfour.", True),
        ("a\n\nb", False),
        ("", False),
        ("- c", False),
        ("a\n---", True),
    ],
)
def test_words_that_are_one_block_among_their_neighbors(words: str, fits: bool) -> None:
    assert stays_one_block("- a\n\nOne.\n\n- b", 1, words) is fits
