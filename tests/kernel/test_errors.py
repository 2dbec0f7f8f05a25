"""A refusal says which rule it was, in words and as a code."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import NotAllowed, RuleBroken


def test_a_broken_rule_has_a_code_a_text_and_subjects() -> None:
    broken = RuleBroken(_("Yusuf's input has no answer."), code="input_unanswered", subjects=["nm-1"])
    assert (broken.rule, broken.text, broken.subjects) == (
        "input_unanswered",
        "Yusuf's input has no answer.",
        ("nm-1",),
    )


def test_it_reads_as_its_text() -> None:
    assert str(RuleBroken("The call is closed.", code="call_closed")) == "The call is closed."


def test_a_form_shows_it_like_any_other_error() -> None:
    with pytest.raises(ValidationError) as shown:
        raise RuleBroken("The call is closed.", code="call_closed")
    assert (shown.value.messages, shown.value.code) == (["The call is closed."], "call_closed")


def test_whoever_lacks_the_role_is_not_allowed() -> None:
    with pytest.raises(PermissionDenied) as refused:
        raise NotAllowed(_("This step belongs to the chair."))
    assert isinstance(refused.value, NotAllowed)
    assert (refused.value.rule, refused.value.text) == ("not_allowed", "This step belongs to the chair.")
