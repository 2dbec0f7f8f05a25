"""The subject of an answer."""

import pytest

from talanoa.lib.subjects import answer_to


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
