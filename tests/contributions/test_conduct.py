"""The code of conduct: its reasons, how people write them, and what is no reason."""

import pytest

from steps import refusal
from talanoa.contributions.conduct import REASON_LABELS, REASONS, check_reason, parted, reasons_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_each_reason_says_what_it_means_and_what_it_does_not_mean(reason: object) -> None:
    told = [str(getattr(reason, name)) for name in ("label", "meaning", "never")]
    assert all(told)
    assert len(set(told)) == len(told)


def test_an_input_is_never_off_topic_and_a_message_can_be() -> None:
    assert [r.code for r in reasons_for("input")] == ["personal_data", "unlawful", "abuse", "spam"]
    assert [r.code for r in reasons_for("message")][-1] == "off_topic"
    assert refusal(lambda: check_reason("off_topic", kind="input")) == "reason_unknown"


def test_being_new_is_a_reason_of_the_clock_that_nobody_can_give() -> None:
    assert "newcomer" in REASON_LABELS
    assert refusal(lambda: check_reason("newcomer", kind="message")) == "reason_unknown"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("abuse: he calls me names", ("abuse", "he calls me names")),
        ("Personal data, a telephone number\nof mine", ("personal_data", "a telephone number\nof mine")),
        ("OFF-TOPIC", ("off_topic", "")),
        ("spam spam", ("spam", "spam")),
        ("abused words", ("", "abused words")),
        ("I do not like it", ("", "I do not like it")),
        ("", ("", "")),
    ],
)
def test_a_reason_is_read_as_people_write_it(said: str, read: tuple[str, str]) -> None:
    assert parted(said) == read
