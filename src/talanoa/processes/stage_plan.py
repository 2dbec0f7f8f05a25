"""The stages that a charter plans: which there are, in which order, and how long each lasts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.processes.models import REVIEW_FLOOR, Stage

ALWAYS = (Stage.Kind.INPUT, Stage.Kind.REPORT, Stage.Kind.REVIEW, Stage.Kind.DECISION)
WITH_DRAFTS = (Stage.Kind.INPUT, Stage.Kind.DRAFTING, Stage.Kind.CONSENSUS, *ALWAYS[1:])


def check_plan(stages: Sequence[Mapping[str, Any]]) -> None:
    """Refuse stages in an order that no process has, and those too short for what is done in them.

    Raises RuleBroken: charter_incomplete, review_too_short, charter_unreadable.
    """
    kinds = tuple(stage["kind"] for stage in stages)
    if kinds not in (ALWAYS, WITH_DRAFTS):
        raise RuleBroken(
            _("The stages of a process are: %(plain)s; or, with drafts that are agreed on: %(drafts)s.")
            % {"plain": ", ".join(ALWAYS), "drafts": ", ".join(WITH_DRAFTS)},
            code="charter_incomplete",
            subjects=["stages"],
        )
    if days_of(stages, Stage.Kind.REVIEW) < REVIEW_FLOOR:
        raise RuleBroken(
            _("A review period lasts at least %(days)s days.") % {"days": REVIEW_FLOOR},
            code="review_too_short",
        )
    if not days_of(stages, Stage.Kind.INPUT):
        raise RuleBroken(_("A call for input lasts at least one day."), code="charter_incomplete")
    if Stage.Kind.DRAFTING in kinds and not days_of(stages, Stage.Kind.DRAFTING):
        raise RuleBroken(_("Drafts are open for comments for at least one day."), code="charter_incomplete")
    if opens := stages[0].get("opens_at"):
        _check_end(opens, days_of(stages, Stage.Kind.INPUT))


def days_of(stages: Sequence[Mapping[str, Any]], kind: str) -> int:
    """Return how many days the stage of this kind lasts by plan; 0 where it is not planned, or lasts until done."""
    return next((stage["days"] or 0 for stage in stages if stage["kind"] == kind), 0)


def draws_up(facts: Mapping[str, Any]) -> bool:
    """Tell whether a charter plans drafts that are agreed on before there is a report."""
    return any(stage["kind"] == Stage.Kind.CONSENSUS for stage in facts["stages"])


def _check_end(opens: str, days: int) -> None:
    """Refuse a call whose end lies beyond the calendar."""
    try:
        instant(opens) + timedelta(days=days)
    except OverflowError as wrong:
        raise RuleBroken(
            _("The call for input ends after the year 9999."), code="charter_unreadable"
        ) from wrong


def instant(value: str) -> datetime:
    """Return the aware UTC time written as `2017-07-19T00:00Z`. Raises RuleBroken: charter_unreadable."""
    try:
        when = datetime.fromisoformat(value)
        in_utc = when.astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise RuleBroken(
            _("Write times as 2017-07-19T00:00Z, not “%(value)s”.") % {"value": value},
            code="charter_unreadable",
        ) from wrong
    if when.tzinfo is None:
        raise RuleBroken(_("A time needs its zone, such as the Z for UTC."), code="charter_unreadable")
    return in_utc
