"""Interests as somebody says them, before they are a statement."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib import ties
from talanoa.lib.ties import Tie


@dataclass(frozen=True, slots=True)
class Interests:
    """What somebody says of their interests: ties to organizations and words, or that they do not say."""

    ties: tuple[Tie, ...] = ()
    text: str = ""
    is_declined: bool = False


def interests_in(text: str) -> Interests:
    """Return the interests that lines of text name (as `lib.ties` reads them). Raises RuleBroken: tie_unreadable."""
    try:
        found, words = ties.read(text.splitlines())
    except ValueError as wrong:
        raise tie_unreadable(str(wrong)) from wrong
    return Interests(found, words)


def tie_unreadable(part: str) -> RuleBroken:
    """Return the refusal of a line of which `part` cannot be read."""
    return RuleBroken(
        _(
            "This line cannot be read: “%(part)s”. Write it as: employer: Example University; 2019-03; 2024. After the"
            " organization come since when, until when, and the evidence; write times as 2019, 2019-03 or 2019-03-14."
        )
        % {"part": part[:200]},
        code="tie_unreadable",
    )
