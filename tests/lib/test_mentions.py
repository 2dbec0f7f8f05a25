"""Numbers that a text names."""

import pytest

from talanoa.lib.mentions import mentions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See nm-17.", [17]),
        ("See #17, NM-18 and (nm-19)!", [17, 18, 19]),
        ("nm-17: as I said", [17]),
        ("geo-17 is of another process", []),
        ("nm-0 and nm-007 are none", []),
        ("/p/nm/inputs/nm-17/ and a+nm-17@talanoa.example", []),
        ("nm-17b, xnm-17, nm-17.5, &#17; and C#17", []),
        ("nm-12345678", []),
    ],
)
def test_a_number_of_this_process_is_found_and_no_part_of_something_else(text: str, found: list[int]) -> None:
    assert [one.number for one in mentions(text, "nm")] == found


def test_a_mention_says_where_it_stands() -> None:
    text = "Like nm-17 says."
    [one] = mentions(text, "nm")
    assert text[one.start : one.end] == "nm-17"
