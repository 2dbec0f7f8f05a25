"""An application is read from lines, written as the same lines, and told what it lacks."""

from pathlib import Path

import pytest

from talanoa.lib.applications import ApplicationText, Fault, Fellow, as_lines, faults, read
from talanoa.lib.calls import read as read_call
from talanoa.lib.labeled import LineUnreadable

ROOT = Path(__file__).resolve().parents[2]
CALL = read_call(
    "first-questions.yaml", (ROOT / "content/calls/first-questions.yaml").read_text(encoding="utf-8")
)
TOLD = ApplicationText(
    "Who stays in a room?",
    {"question": "Who stays,\nand why?", "method": "We count.", "team": "Two of us.", "ethics": "None."},
    {"people": 9000, "travel": 1000},
    (Fellow("Ama Owusu", "ama@legon.example", "University", "GH", "academia", "0000-0002-1825-0097"),),
)


def test_lines_are_read_as_they_are_written() -> None:
    assert read(as_lines(TOLD), CALL) == TOLD
    assert faults(TOLD, CALL) == ()


def test_a_label_that_the_call_does_not_ask_is_words_of_the_answer() -> None:
    assert read("hello\nmethod: We do this:\nfirst: count\n", CALL).answers == {
        "method": "We do this:\nfirst: count"
    }


def test_what_lacks_or_is_too_much_is_told_field_by_field() -> None:
    told = ApplicationText("", {"question": "word " * 401}, {"travel": 4001, "boat": 20000})
    assert faults(told, CALL) == (
        Fault("missing", "title"),
        Fault("long", "question", 400),
        Fault("missing", "method"),
        Fault("missing", "team"),
        Fault("missing", "ethics"),
        Fault("costly", "travel", 4000),
        Fault("unknown", "boat"),
        Fault("total", "budget", 20000),
    )
    assert Fault("missing", "budget") in faults(ApplicationText(), CALL)


@pytest.mark.parametrize(
    "line", ["budget people: much", "with: Ama Owusu", "with: Ama; a@b.example;;;;0000-0002-1825-0098"]
)
def test_a_line_that_cannot_be_read_is_told(line: str) -> None:
    with pytest.raises(LineUnreadable):
        read(line, CALL)
