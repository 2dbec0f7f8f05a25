"""Whether a text holds one idea, and which others say the same."""

import pytest

from talanoa.lib.statement_texts import nearest, same, says_one_thing


@pytest.mark.parametrize(
    "text",
    [
        "The ministry should pay the trainers.",
        "The ministry should pay the trainers",
        "Art. 5 of the law binds Dr. Otieno.",
        "Fees should stay under 2.50 a day.",
        "Pay - and pay on time.",
        "培训费用应由部里支付。",
        "The ministry should\npay the trainers.",
    ],
)
def test_one_sentence_says_one_thing(text: str) -> None:
    assert says_one_thing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pay the trainers. Publish the budget.",
        "Pay the trainers; publish the budget.",
        "Should the ministry pay?",
        "- Pay the trainers\n- Publish the budget",
        "1. Pay the trainers\n2. Publish the budget",
        "Pay the trainers\n\nPublish the budget",
        "培训费用应由部里支付。预算应公开。",
        "“Pay the trainers.” They said so.",
    ],
)
def test_two_sentences_a_list_and_a_question_do_not(text: str) -> None:
    assert not says_one_thing(text)


OTHERS = {3: "The ministry should pay all trainers by the day.", 4: "Publish the budget."}


def test_the_same_words_are_the_same_whatever_case_accents_and_punctuation() -> None:
    assert same("the MINISTRY should pay all trainérs, by the day", OTHERS) == 3
    assert same("The ministry should pay all trainers by the hour.", OTHERS) is None


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("The ministry should pay all trainers by the hour.", 3),
        ("The ministry should not pay all trainers by the day.", None),
        ("Trainers deserve a contract of their own in every district.", None),
        ("Publish the plan.", None),
    ],
)
def test_a_text_is_near_where_a_word_differs_and_not_where_it_says_no(text: str, near: int | None) -> None:
    assert nearest(text, OTHERS) == near
