"""Minutes as people write them down."""

from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.minutes_text import Noted, Spoken, read

TEXT = """# Meeting of Tuesday
Amina Wanjiru <amina@example.org>: Teach by radio,
  and pay for it.

Somebody in the third row: Who pays: we or they?
DECISION: Ask three ministries.
Yusuf <nm-17> : We do.
"""


def test_lines_go_on_where_they_are_set_in_and_decisions_stand_apart() -> None:
    assert read(TEXT) == Noted(
        lines=(
            Spoken("Amina Wanjiru", "amina@example.org", "Teach by radio, and pay for it."),
            Spoken("Somebody in the third row", "", "Who pays: we or they?"),
            Spoken("Yusuf", "nm-17", "We do."),
        ),
        decisions=("Ask three ministries.",),
        wrong=(),
    )


def test_what_nobody_can_read_is_named_by_its_line() -> None:
    assert read("One\n\nTwo <a b>: x\n: y\nThree:\nFour: z").wrong == (1, 3, 4, 5)


def test_a_person_called_decision_speaks_where_an_address_says_so() -> None:
    assert read("Decision <d@x.example>: Hello.").lines == (Spoken("Decision", "d@x.example", "Hello."),)


def test_a_colon_of_chinese_parts_as_well() -> None:
    assert read("李：你好。").lines == (Spoken("李", "", "你好。"),)


@given(st.text(max_size=400))
def test_whatever_stands_there_is_read_or_named(text: str) -> None:
    found = read(text)
    assert all(line.name and line.text.strip() for line in found.lines)
    assert all(1 <= number <= text.count("\n") + 1 for number in found.wrong)
