"""No sign of a text turns into a mark, and no mark into words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.lib.spans import Span, even, plain, read, safe_link, write

TEXT = st.text(st.sampled_from("ab 1.)*_`[]()<>#|~&!\\-+=:;\n\u00e9\u0639 "), max_size=30)
LOOK = st.builds(Span, TEXT, st.booleans(), st.booleans(), is_struck=st.booleans())


@pytest.mark.parametrize(
    ("markdown", "spans"),
    [
        ("We agree.", [Span("We agree.")]),
        ("We **all** agree.", [Span("We "), Span("all", is_bold=True), Span(" agree.")]),
        ("*One* `x = 1`", [Span("One", is_italic=True), Span(" "), Span("x = 1", is_code=True)]),
        ("~~gone~~", [Span("gone", is_struck=True)]),
        ("[here](https://a.example/b)", [Span("here", link="https://a.example/b")]),
        ("<https://a.example/>", [Span("https://a.example/", link="https://a.example/")]),
        ("one\\\ntwo", [Span("one\ntwo")]),
        ("2 * 3 and snake_case, #1 & co.", [Span("2 * 3 and snake_case, #1 & co.")]),
    ],
)
def test_what_is_read_is_written_as_it_stood(markdown: str, spans: list[Span]) -> None:
    assert read(markdown) == tuple(spans)
    assert write(spans) == markdown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# 1", r"\# 1"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("> no quote", r"\> no quote"),
        ("*a* is no stress", r"\*a\* is no stress"),
        ("~~a~~ stays", r"\~\~a\~\~ stays"),
        ("&amp; stays", r"\&amp; stays"),
        ("[a](https://a.example)", r"\[a\](https://a.example)"),
        ("one\n- two", "one\\\n\\- two"),
    ],
)
def test_signs_that_would_be_marks_get_a_backslash(text: str, written: str) -> None:
    assert write([Span(text)]) == written
    assert plain(read(written)) == text


@pytest.mark.parametrize("text", ["1 #", "1\n##", "One #2 ###"])
def test_the_signs_at_the_end_of_a_heading_stay_words(text: str) -> None:
    assert plain(read("# " + write([Span(text)], "# "))) == text.replace("\n", " ")


@pytest.mark.parametrize("opening", ["", "# ", "- ", "1. ", "> "])
@settings(max_examples=60, deadline=None)
@given(spans=st.lists(LOOK, max_size=4))
def test_whatever_is_written_reads_with_the_same_words(opening: str, spans: list[Span]) -> None:
    wanted = plain(even(spans))
    said = plain(read(opening + write(spans, opening))) if wanted else ""
    assert said.split() == wanted.split()


def test_blanks_are_single_and_none_at_the_ends() -> None:
    spans = [Span("  We \t all", is_bold=True), Span("  "), Span(" agree \n  now ")]
    assert even(spans) == (Span("We all", is_bold=True), Span(" agree\nnow"))


def test_the_blanks_at_the_ends_of_bold_words_stay_outside_the_marks() -> None:
    assert write([Span("We"), Span(" all ", is_bold=True), Span("agree")]) == "We **all** agree"


def test_a_link_leads_to_the_web_or_to_mail_only() -> None:
    good = "https://a.example/b?c=d"
    assert (safe_link(good), safe_link("mailto:a@b.example")) == (good, "mailto:a@b.example")
    others = ("javascript:x", "file:///x", "https://a b", "#x", "https://a.example/(", "")
    assert {safe_link(other) for other in others} == {""}
