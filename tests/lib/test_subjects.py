"""The subject of an answer."""

import pytest

from talanoa.lib.subjects import answer_to, base, is_answer


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Training", "Re: Training"),
        ("Re: RE: Aw: Training", "Re: Training"),
        ("Re[2]: Training", "Re: Training"),
        ("Recall", "Re: Recall"),
        ("Re: ", ""),
        ("", ""),
    ],
)
def test_the_marks_of_earlier_answers_do_not_add_up(subject: str, answer: str) -> None:
    assert answer_to(subject) == answer


def test_marks_of_answers_and_tags_of_lists_are_no_part_of_a_subject() -> None:
    assert base("Re: [commons] AW: Who  Pays?") == base("[commons] who pays?") == "who pays?"
    assert base("Re: ") == base("[commons]") == ""


def test_an_answer_is_seen_behind_the_tag_of_a_list() -> None:
    assert [is_answer(one) for one in ("Re: x", "[commons] Re: x", "Re: [commons] x", "[commons] x")] == [
        True, True, True, False,
    ]  # fmt: skip
