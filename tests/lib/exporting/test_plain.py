"""Plain text that can be read in a mail: short lines, underlined headings, numbers."""

import pytest

from talanoa.lib.exporting import as_plain


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Training", "Training\n========\n"),
        ("## Who\n\n### Pays", "Who\n---\n\nPays\n~~~~\n"),
        ("We **all** agree.", "We all agree.\n"),
        ("[here](https://a.example/) <https://b.example/>", "here <https://a.example/> https://b.example/\n"),
        ("- a\n- b\n  - c\n\n3. d\n4. e", "- a\n- b\n   - c\n\n3. d\n4. e\n"),
        ("> a\n>\n> b", "> a\n>\n> b\n"),
        ("```\na  b\n```", "    a  b\n"),
        ("| a | bb |\n| - | - |\n| ccc | d |", "a   | bb\n----+---\nccc | d\n"),
        ("---", " " * 33 + "* * *\n"),
        ("one\\\ntwo", "one\ntwo\n"),
    ],
)
def test_each_part_has_its_form(markdown: str, expected: str) -> None:
    assert as_plain(markdown) == expected


def test_lines_have_72_characters_at_most_and_items_hang() -> None:
    made = as_plain("1. " + "word " * 40).splitlines()
    assert [len(line) <= 72 for line in made] == [True] * 3
    assert [line[:4] for line in made] == ["1. w", "   w", "   w"]


def test_an_address_is_never_broken() -> None:
    address = "https://a.example/" + "x" * 100
    assert address in as_plain(f"See <{address}>.")


def test_a_table_too_wide_is_told_row_by_row() -> None:
    wide = "word " * 14
    assert as_plain(f"| who | {wide}|\n| - | - |\n| a | b |").splitlines()[:2] == [
        "who: a",
        f"{wide.strip()}: b",
    ]
