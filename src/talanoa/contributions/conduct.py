"""The code of conduct: for which reasons something may be held or rejected, and what is no reason.

The codes are public and stand on the record. What is not listed here is no reason, whoever asks.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text

WORDS_LIMIT = 4_000
NEWCOMER = "newcomer"
"""The reason of an automatic hold: the first message of somebody new. Nobody can choose it."""
ELSEWHERE = "moderated_elsewhere"
"""The reason where something was not shown at the place that it was imported from. Nobody can choose it either."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: its code, its name, what it means, what it does not mean; whether it holds for inputs too."""

    code: str
    label: Any
    meaning: Any
    never: Any
    holds_for_inputs: bool = True


REASONS = (
    Reason(
        "personal_data",
        lazy("It holds personal data of somebody"),
        lazy(
            "A private address or number, a matter of health, or another fact about somebody who did not agree to it."
        ),
        lazy("the name of somebody in office, or what people tell of themselves."),
    ),
    Reason(
        "unlawful",
        lazy("It is unlawful"),
        lazy("A law that binds this place forbids to publish it; whoever decides can name that law."),
        lazy("criticism of a government, a company or the convenor."),
    ),
    Reason(
        "abuse",
        lazy("It attacks a person"),
        lazy("It threatens, insults or degrades somebody, or calls on others to do so."),
        lazy("disagreeing, however firmly; a harsh tone about a text, a plan or an institution."),
    ),
    Reason(
        "spam",
        lazy("It is advertising"),
        lazy("It sells something, or says the same again and again, and has no bearing on the question."),
        lazy("speaking for an organization, or many people who ask for the same."),
    ),
    Reason(
        "off_topic",
        lazy("It is about something else"),
        lazy("It has no bearing on the question of the process and gets in the way of those who discuss it."),
        lazy(
            "being early or late, doubting the question itself, or naming a side effect that nobody thought of."
        ),
        holds_for_inputs=False,
    ),
)
REASON_LABELS: dict[str, Any] = {reason.code: reason.label for reason in REASONS} | {
    NEWCOMER: lazy("The first message of somebody new waits for a short time"),
    ELSEWHERE: lazy("It was not shown where it was imported from"),
}


def reasons_for(kind: str) -> tuple[Reason, ...]:
    """Return the reasons that hold for a contribution of this kind; an input is never off topic: it is answered."""
    return tuple(reason for reason in REASONS if reason.holds_for_inputs or kind != "input")


def reason_called(code: str) -> Reason | None:
    """Return the reason with this code, if it is one that people can give."""
    return next((reason for reason in REASONS if reason.code == code), None)


def check_reason(code: str, *, kind: str) -> None:
    """Raise RuleBroken(reason_unknown) unless `code` is a reason for a contribution of this kind."""
    codes = [reason.code for reason in reasons_for(kind)]
    if code not in codes:
        raise RuleBroken(
            _("Give one of these reasons: %(reasons)s.") % {"reasons": ", ".join(codes)},
            code="reason_unknown",
        )


def checked_words(text: str, limit: int = WORDS_LIMIT) -> str:
    """Return clean words of somebody who must give some, up to `limit` characters.

    Raises RuleBroken: reason_missing, text_too_long.
    """
    try:
        said = clean_text(text, limit).strip()
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": limit}, code="text_too_long"
        ) from long
    if not said:
        raise RuleBroken(_("Say why, in a sentence or two."), code="reason_missing")
    return said


def parted(text: str) -> tuple[str, str]:
    """Part `abuse: he calls me names` into the code of a reason and the words after it; no code is "".

    The code may be written as people write it: “Personal data”, “off-topic”.
    """
    for reason in REASONS:
        written = re.escape(reason.code).replace("_", r"[\s_-]+")
        found = re.match(rf"\s*{written}(?![\w-])[\s.,;:!-]*", text, re.IGNORECASE)
        if found:
            return reason.code, text[found.end() :].strip()
    return "", text.strip()
