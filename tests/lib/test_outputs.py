"""What came of an award is read from lines, and told what it lacks."""

from dataclasses import replace
from datetime import date

import pytest

from talanoa.lib.labeled import LineUnreadable
from talanoa.lib.outputs import Author, Fault, OutputText, Sent, author, author_line, faults, is_address, read

TEXT = """title: Who stays in the
  room?
kind: data set
date: 2027-12-01
author: Yusuf Abdi; https://orcid.org/0000-0002-1825-0097; Garissa University; 02mhbdp94
author: Ama Owusu
license: CC-BY-4.0
doi: https://doi.org/10.5555/ABC
embargo: 2028-06-01"""
YUSUF = Author("Yusuf Abdi", "0000-0002-1825-0097", "Garissa University", "https://ror.org/02mhbdp94")
TOLD = OutputText(
    "Who stays in the room?",
    "Dataset",
    date(2027, 12, 1),
    (YUSUF, Author("Ama Owusu")),
    "CC-BY-4.0",
    "10.5555/abc",
    embargo_until=date(2028, 6, 1),
)


def test_an_output_is_read_from_its_lines() -> None:
    assert read(TEXT) == Sent(TOLD)
    assert faults(TOLD) == ()
    assert read(f"number: 2\n{TEXT}").number == 2


def test_an_author_is_a_name_and_identifiers_with_their_check_digits() -> None:
    assert author(author_line(YUSUF)) == YUSUF
    assert author_line(Author("Ama Owusu")) == "Ama Owusu"
    for line in ("A; 0000-0002-1825-0098", "A; ; B; 02mhbdp95", "; 0000-0002-1825-0097", "A; ; ; ; B"):
        with pytest.raises(LineUnreadable):
            author(line)


@pytest.mark.parametrize(
    "line", ["date: soon", "doi: 11.5/a", "embargo: never", "number: two", "number: 1234"]
)
def test_what_cannot_be_read_is_told(line: str) -> None:
    with pytest.raises(LineUnreadable):
        read(line)


def test_all_that_lacks_is_told_at_once() -> None:
    assert [one.field for one in faults(OutputText())] == [
        "title",
        "kind",
        "date",
        "author",
        "license",
        "doi",
    ]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"title": "x" * 301}, Fault("long", "title")),
        ({"kind": "Song"}, Fault("unknown", "kind", "Song")),
        ({"authors": (YUSUF,) * 51}, Fault("many", "author")),
        ({"authors": (Author("x" * 201),)}, Fault("long", "author")),
        ({"license": "mine; all of it"}, Fault("wrong", "license", "mine; all of it")),
        ({"url": "javascript:alert(1)"}, Fault("wrong", "url", "javascript:alert(1)")),
    ],
)
def test_what_does_not_fit_is_told(changed: dict[str, object], fault: Fault) -> None:
    assert faults(replace(TOLD, **changed)) == (fault,)  # type: ignore[arg-type]


def test_an_address_leads_to_a_page() -> None:
    assert is_address("https://data.example/sets/1")
    assert not any(
        map(
            is_address,
            ("data.example", "ftp://a.example", "https://", "https://a b", 'https://a"', "https://[", ""),
        )
    )
