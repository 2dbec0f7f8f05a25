"""One form for all that is done in a room."""

from dataclasses import replace

import pytest

from talanoa.lib.practice_acts import Act, digest, paragraphs_named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What does paragraph 3 mean for you?", {3}),
        ("¶3 and § 4, please", {3, 4}),
        ("Para. 5 or par. 12", {5, 12}),
        ("Three things about the list", set()),
        ("in 72 hours", set()),
        ("the app 3 times", set()),
    ],
)
def test_a_text_names_the_paragraphs_whose_numbers_it_gives(text: str, named: set[int]) -> None:
    assert paragraphs_named(text) == named


def test_the_same_acts_have_the_same_digest_and_any_change_another() -> None:
    acts = (Act(1, "small", "ask", to="large", slot="review", text="Why?"),)
    assert digest(acts) == digest((replace(acts[0]),))
    assert len({digest(acts), digest((replace(acts[0], day=2),)), digest(()), digest(acts * 2)}) == 4
