"""Recommendations say in one form that a default is to change; nothing else is taken for it."""

import pytest

from talanoa.lib.standing_days import stated


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Give them time. Default appeal: 35 days.", {"appeal": 35}),
        ("default `overlap-reply`: 20 days, and Default input: 50 days", {"overlap-reply": 20, "input": 50}),
        ("The appeal should have a default of 35 days.", {}),
        ("Default appeal: 35 weeks.", {}),
        ("Default appeal: 3500 days.", {}),
        ("Undefault appeal: 35 days.", {}),
        ("Default appeal:\n35 days.", {}),
        ("Default appeal: 35 days. No: Default appeal: 30 days.", {"appeal": 30}),
        ("", {}),
    ],
)
def test_only_the_stated_form_counts(text: str, days: dict[str, int]) -> None:
    assert stated(text) == days
