"""What readers find becomes units that are blocks of a revision."""

import pytest

from talanoa.lib.importing.units import Piece, Unit, as_markdown, gathered, table, units_of
from talanoa.lib.paragraphs import MAX_BLOCKS, TextTooLong
from talanoa.lib.spans import Span


def piece(kind: str, text: str, level: int = 0, *, is_ordered: bool = False, number: int = 0) -> Piece:
    return Piece(kind, (Span(text),), level, is_ordered=is_ordered, number=number)


def test_items_are_one_list_and_never_jump_deeper_by_two() -> None:
    found = gathered([piece("item", "a"), piece("item", "b", 4), piece("item", "c")])
    assert found == (Unit("list", 0, "- a\n  - b\n- c"),)


def test_numbers_begin_where_the_document_began() -> None:
    items = [piece("item", "a", is_ordered=True, number=9), piece("item", "b", is_ordered=True)]
    assert gathered(items) == (Unit("list", 0, "9. a\n10. b"),)


def test_lines_of_code_are_one_block_whatever_they_hold() -> None:
    found = gathered([Piece("code", text="a ``` b"), Piece("code", text="  c")])
    assert found == (Unit("code", 0, "````\na ``` b\n  c\n````"),)


def test_empty_pieces_leave_nothing() -> None:
    assert gathered([piece("text", " "), piece("heading", "", 1), Piece("code"), table([[[]]])]) == ()


def test_without_a_title_headings_keep_their_level() -> None:
    assert [unit.level for unit in gathered([piece("heading", "a", 1), piece("heading", "b", 2)])] == [1, 2]
    assert [unit.level for unit in gathered([piece("heading", "t", 0), piece("heading", "b", 2)])] == [1, 3]


def test_too_many_pieces_are_refused_before_they_are_written() -> None:
    with pytest.raises(TextTooLong):
        gathered([piece("text", "a")] * (MAX_BLOCKS + 1))


@pytest.mark.parametrize("markdown", ["# a\n\nb", "### c ###", "a b\n---", "#\n\nx", "- a\n\n  b\n\n1. c"])
def test_units_come_back_from_the_markdown_that_they_are(markdown: str) -> None:
    assert units_of(as_markdown(units_of(markdown))) == units_of(markdown)
