"""What people write in answer to a consensus call is read as they write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.positions import MOST, Stated, read


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("support", "support"),
        ("I support it.", "support"),
        ("Support!", "support"),
        ("I can live with it", "live_with"),
        ("live with", "live_with"),
        ("live_with", "live_with"),
        ("Abstain", "abstain"),
        ("not my field", "not_my_field"),
        ("It is not my field.", "not_my_field"),
        ("I object", "objection"),
    ],
)
def test_each_option_is_read_as_people_write_it(text: str, option: str) -> None:
    assert [one.option for one in read(text)] == [option]


def test_a_concern_keeps_all_its_lines() -> None:
    said = read("Concern: the rate is low.\n\nIn the countryside above all.")
    assert said == (Stated(0, "concern", "the rate is low.\n\nIn the countryside above all."),)


def test_one_mail_speaks_of_several_recommendations() -> None:
    said = read(
        "1: support\n2. objection, evidence: nobody counted.\nResolve: count them\nfor a year.\nR3: abstain"
    )
    assert said == (
        Stated(1, "support", ""),
        Stated(2, "objection", "nobody counted.", "evidence", "count them\nfor a year."),
        Stated(3, "abstain", ""),
    )


def test_an_objection_may_leave_open_what_it_is_about_and_what_would_resolve_it() -> None:
    assert read("objection: I am against it") == (Stated(0, "objection", "I am against it"),)


@pytest.mark.parametrize("text", ["", "Thanks for asking.", "Supportive words only", "objection-free", "12"])
def test_what_states_no_position_is_none(text: str) -> None:
    assert read(text) == ()


def test_a_long_list_is_cut() -> None:
    assert len(read("\n".join(f"{n}: support" for n in range(1, 200)))) == MOST


@given(st.text())
def test_whatever_is_written_nothing_breaks_and_no_word_is_invented(text: str) -> None:
    for one in read(text):
        assert all(line in text for line in one.reason.splitlines())
