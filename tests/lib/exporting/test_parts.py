"""What stands in a Markdown text, part by part."""

from talanoa.lib.exporting.parts import Part, parts
from talanoa.lib.spans import Span


def test_items_know_their_depth_number_and_whether_they_begin_a_list() -> None:
    found = [
        (part.kind, part.level, part.number, part.is_first)
        for part in parts("3. a\n   - b\n\n     more\n4. c")
    ]
    assert found == [("item", 0, 3, True), ("item", 1, 0, True), ("text", 1, 0, False), ("item", 0, 4, False)]


def test_a_table_has_its_cells_and_a_quote_its_words() -> None:
    a, b = (Span("a"),), (Span("b"),)
    assert list(parts("| a |\n| - |\n| b |\n\n> a")) == [Part("table", rows=((a,), (b,))), Part("quote", a)]
