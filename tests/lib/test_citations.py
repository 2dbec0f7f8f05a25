"""Citations of contributions and themes in a report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.lib.citations import Citations, citations, link, name_themes
from talanoa.lib.paragraphs import MAX_CHARS, TextTooLong

MARKDOWN = st.lists(
    st.sampled_from(
        [
            "[nm-1]",
            "[#2]",
            "[theme:a]",
            "`",
            "``",
            "[",
            "](u)",
            "]",
            "![",
            "\\",
            "\n",
            "    ",
            "> ",
            "x ",
            "<",
        ]
    )
).map("".join)


def linked(markdown: str) -> str:
    numbers = {3: "/c/3", 17: "/c/17"}
    themes = {"access": "/t/access"}
    return link(markdown, "nm", number_url=numbers.get, theme_url=themes.get)


def test_a_report_cites_inputs_and_themes() -> None:
    found = citations("As [nm-17] and [#3] say under [theme:access], again [nm-17].", "nm")
    assert found == Citations(frozenset({3, 17}), frozenset({"access"}))


def test_a_theme_is_called_by_its_name_whatever_signs_it_holds() -> None:
    made = link(
        "See [theme:access] and [theme:none].",
        "nm",
        number_url={}.get,
        theme_url=lambda _slug: "/t",
        theme_name={"access": "Who *pays* [and why]"}.get,
    )
    assert made == r"See [Who \*pays\* \[and why\]](/t) and [theme:none](/t)."


def test_plain_text_names_the_themes_that_are_known_and_leaves_the_rest() -> None:
    told = name_themes("[#3] [theme:access] [theme:none] `[theme:access]`", "nm", {"access": "Access"}.get)
    assert told == "[#3] [Access] [theme:none] `[theme:access]`"


def test_case_does_not_matter() -> None:
    assert citations("[NM-17] [Theme:Access]", "nm") == Citations(frozenset({17}), frozenset({"access"}))


def test_a_key_may_hold_hyphens_and_is_taken_literally() -> None:
    assert citations("[model-2-5] [model-2] [2-7]", "model-2").numbers == frozenset({5})
    assert citations("[a.b-1] [axb-2]", "a.b").numbers == frozenset({1})


@pytest.mark.parametrize(
    "text",
    [
        "[igf-17]",
        "[nm-0]",
        "[nm-017]",
        "[nm17]",
        "[nm-17 ]",
        "nm-17",
        "[nm-12345678]",
        "[theme:]",
        "[#x]",
        "[theme:ä]",
    ],
)
def test_other_brackets_are_no_citations(text: str) -> None:
    assert citations(text, "nm") == Citations(frozenset(), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "`[nm-17]`",
        "``a ` [nm-17]``",
        "`over two\nlines [nm-17]`",
        "    [nm-17]",
        "```\n[nm-17]\n```",
        "> ~~~\n> [nm-17]",
        "- x\n\n      [nm-17]",
        "[nm-17](https://example.org/)",
        "[nm-17](<a b>)",
        "[says [nm-17] so](https://example.org/)",
        "[x](https://example.org/[nm-17])",
        '[x](/y "[nm-17]")',
        "<https://example.org/[nm-17]>",
        "![of [nm-17]](a.png)",
        "![nm-17](a.png)",
        "![nm-17]",
        r"\[nm-17]",
        "[nm-17]\n\n[nm-17]: https://example.org/",
        "[see][nm-17]\n\n[NM-17]: https://example.org/",
    ],
)
def test_code_links_and_images_hold_no_citation(text: str) -> None:
    assert (citations(text, "nm").numbers, linked(text)) == (frozenset(), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [nm-17].", "See [nm-17](/c/17)."),
        ("[#3][nm-17]", "[#3](/c/3)[nm-17](/c/17)"),
        ("**[#3]**", "**[#3](/c/3)**"),
        ("[theme:access]: many say", "[theme:access](/t/access): many say"),
        ("[nm-17](not a link)", "[nm-17](/c/17)(not a link)"),
        ("(see [a [#3] b])", "(see [a [#3](/c/3) b])"),
        ("| a |\n|---|\n| [#3] |", "| a |\n|---|\n| [#3](/c/3) |"),
        ("# [#3]\r\n- [#3]\r\n> [#3]", "# [#3](/c/3)\r\n- [#3](/c/3)\r\n> [#3](/c/3)"),
        ("`open [#3]", "`open [#3](/c/3)"),
        ("`code` [#3] `code`", "`code` [#3](/c/3) `code`"),
        ("[nm-17] [#3]\n\n[nm-17]: /x", "[nm-17] [#3](/c/3)\n\n[nm-17]: /x"),
    ],
)
def test_known_citations_become_links(text: str, expected: str) -> None:
    assert linked(text) == expected


def test_unknown_citations_stay_text_and_are_still_found() -> None:
    text = "[nm-18], [theme:cost] and [#3]"
    assert linked(text) == "[nm-18], [theme:cost] and [#3](/c/3)"
    assert citations(text, "nm") == Citations(frozenset({3, 18}), frozenset({"cost"}))


def test_a_url_cannot_break_out_of_its_link() -> None:
    made = link("[#1]", "nm", number_url=lambda _: "/a b)<(\n", theme_url=lambda _: None)
    assert made == "[#1](/a%20b%29%3C%28%0A)"


def test_marks_in_the_text_itself_fool_nobody() -> None:
    text = "`[nm-17]` \ue0000\ue001[x"
    assert citations(text, "nm").numbers == frozenset()


def test_text_too_long() -> None:
    with pytest.raises(TextTooLong):
        citations("x" * (MAX_CHARS + 1), "nm")


def test_ten_thousand_open_brackets_hold_one_citation() -> None:
    assert citations("[" * 10_000 + " [nm-17]", "nm").numbers == frozenset({17})


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_linking_twice_changes_nothing_more(markdown: str) -> None:
    def url(_: object) -> str:
        return "/x"

    once = link(markdown, "nm", number_url=url, theme_url=url)
    assert link(once, "nm", number_url=url, theme_url=url) == once


@settings(max_examples=200, deadline=None)
@given(MARKDOWN)
def test_unknown_citations_leave_the_text_alone(markdown: str) -> None:
    assert link(markdown, "nm", number_url=lambda _: None, theme_url=lambda _: None) == markdown
