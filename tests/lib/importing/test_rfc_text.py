"""A plain text as RFCs are written becomes headings, paragraphs and lists; its pages leave no trace."""

import pytest

from architecture.source import ROOT
from talanoa.lib.extraction import ExtractionRefused
from talanoa.lib.importing import Unit, read

CONTRIBUTIONS = ROOT.parent / "shared" / "data" / "netmundial-2014" / "contributions"
MEMO = """



Network Working Group                                    A. Wanjiru
Request for Comments: 9999                               Red del Sur
Category: Informational                                  March 2026

          Teaching by Radio and by Other Means Where Nothing
                            Else Arrives

Status of This Memo

   This memo is an example.  It is made for
   a test.

Table of Contents

   1. Introduction . . . . . . . . . . . . . . . . . . . . . . . . . .  1
   2. Who Pays. . . . . . . . . . . . . . . . . . . . . . . . . . . . .  2

1.  Introduction

   Radio reaches people whom nothing else reaches, and a multi-
   stakeholder group found that it costs little, as long as those who



Wanjiru                      Informational                      [Page 1]
\f
RFC 9999                   Teaching by Radio                  March 2026


   speak are paid for what they do.  See [1] and * for more_than_that.

   o  The first reason is that it
      is cheap.

   o  The second:

      -  it is near

2.  Who Pays

2.1.  Hosts

   Hosts pay.

    +------+-------+
    | who  | what  |
    +------+-------+

   Recommendation 1. Pay the
   trainers.
   Recommendation 2. Publish what it costs.

Appendix A.  Thanks

   To all.

Wanjiru                      Informational                      [Page 2]
"""

RADIO = (
    "text: Radio reaches people whom nothing else reaches, and a multi-stakeholder group found that it costs"
    " little, as long as those who speak are paid for what they do. See [1] and * for more_than_that."
)


def units(text: str) -> tuple[Unit, ...]:
    return read(text.encode(), "a.txt").units


def said(text: str) -> list[str]:
    return [f"{unit.kind}{unit.level or ''}: {unit.text}" for unit in units(text)]


def test_a_memo_with_pages_becomes_its_sections_and_paragraphs() -> None:
    assert said(MEMO)[1:] == [
        "heading1: Teaching by Radio and by Other Means Where Nothing Else Arrives",
        "heading2: Status of This Memo",
        "text: This memo is an example. It is made for a test.",
        "heading2: 1. Introduction",
        RADIO,
        "list: - The first reason is that it is cheap.\n- The second:\n  - it is near",
        "heading2: 2. Who Pays",
        "heading3: 2.1. Hosts",
        "text: Hosts pay.",
        "code: ```\n+------+-------+\n| who  | what  |\n+------+-------+\n```",
        "recommendation: Recommendation 1. Pay the trainers.",
        "recommendation: Recommendation 2. Publish what it costs.",
        "heading2: Appendix A. Thanks",
        "text: To all.",
    ]


def test_pages_without_form_feeds_are_found_by_their_feet() -> None:
    assert units(MEMO.replace("\f", "")) == units(MEMO)
    assert units(MEMO.replace("\n", "\r\n")) == units(MEMO)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line\nand its rest.\n\nAnother.", ["text: One line and its rest.", "text: Another."]),
        (
            f"{'long ' * 30}\n{'words ' * 30}",
            [f"text: {('long ' * 30).strip()}", f"text: {('words ' * 30).strip()}"],
        ),
        ("Title\n=====\n\nPart\n----\n\nx.", ["heading1: Title", "heading2: Part", "text: x."]),
        ("1. Scope\n\nWords of\nit.", ["heading1: 1. Scope", "text: Words of it."]),
        ("SUMMARY\n\nWords.", ["heading1: SUMMARY", "text: Words."]),
        ("4. we agree that\nit is so\n5. and so on", ["list: 4. we agree that it is so\n5. and so on"]),
        ("- one\n- two\n1. a\n2. b", ["list: - one\n- two", "list: 1. a\n2. b"]),
        ("> said\n> so\n>\n> twice", ["quote: > said so\n>\n> twice"]),
        ("o objetivo é claro.", ["text: o objetivo é claro."]),
        ("# 5 is no heading.", ["text: \\# 5 is no heading."]),
        ("In 2014 we met.\nPage 3 of it.", ["text: In 2014 we met. Page 3 of it."]),
    ],
)
def test_other_plain_texts_keep_what_they_show(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.shared_data
def test_the_contributions_to_netmundial_lose_no_word() -> None:
    if not CONTRIBUTIONS.is_dir():
        pytest.skip("../shared/data/netmundial-2014 is not here")
    for path in sorted(CONTRIBUTIONS.glob("*B.txt"))[:40]:
        data = path.read_bytes()
        if not data.strip():
            continue
        try:
            found = read(data, "a.txt").units
        except ExtractionRefused as refused:
            pytest.fail(f"{path.name}: {refused.code}")
        letters = sum(map(str.isalnum, data.decode("cp1252", "replace")))
        kept = sum(sum(map(str.isalnum, unit.text)) for unit in found)
        # Page numbers and tables of contents go; nothing else does.
        assert kept > 0.99 * letters, path.name
