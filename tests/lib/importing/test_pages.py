"""Heads, feet and form feeds of a paged text go; nothing else does."""

from talanoa.lib.importing.pages import indent, without_pages


def test_a_text_without_pages_keeps_all_its_lines() -> None:
    assert without_pages("\n  one  \n\ntwo\n") == ["  one", "", "two"]
    assert without_pages("") == []


def test_heads_that_stand_on_other_pages_but_for_their_number_go() -> None:
    text = "Report, page 1\n\nOne.\n\f\nReport, page 2\n\nTwo.\n\f\nReport, page 3\n\nThree."
    assert [line for line in without_pages(text) if line] == ["Report, page 1", "One.", "Two.", "Three."]


def test_a_page_number_alone_at_the_foot_goes() -> None:
    assert [line for line in without_pages("One.\n\n- 1 -\n\fTwo.\n\n2\n") if line] == ["One.", "Two."]


def test_a_paragraph_goes_on_where_its_sentence_does() -> None:
    assert without_pages("it goes\n\fon and\n\f3. ends.") == ["", "it goes", "on and", "", "3. ends."]


def test_an_indent_is_counted_in_blanks() -> None:
    assert (indent("   a"), indent("a"), indent("")) == (3, 0, 0)
