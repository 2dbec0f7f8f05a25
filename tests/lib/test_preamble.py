"""Lines at the top of a mail in which its sender says who they are; everything else stays text."""

import pytest

from talanoa.lib.preamble import read_preamble


def test_lines_at_the_top_are_read_and_the_rest_is_the_text() -> None:
    said = (
        "Group: civil society\nCOUNTRY : Kenya\nOrganisation: Wells: Dug Well\n\nDig two.\nname: of a well\n"
    )
    told = {"group": "civil society", "country": "Kenya", "organization": "Wells: Dug Well"}
    assert read_preamble(said) == (told, "Dig two.\nname: of a well")


@pytest.mark.parametrize(
    "text",
    [
        "Dig two.\ncountry: Kenya",
        "Note: dig two.",
        "country:\nKenya",
        "https://wells.example is ours",
        "",
        ":",
    ],
)
def test_what_is_no_such_line_is_text(text: str) -> None:
    assert read_preamble(text) == ({}, text)


def test_a_line_that_tells_something_twice_is_text() -> None:
    assert read_preamble("name: A\nname: B\nDig.") == ({"name": "A"}, "name: B\nDig.")


def test_a_mail_of_such_lines_alone_has_no_words() -> None:
    assert read_preamble("show: private") == ({"show": "private"}, "")
