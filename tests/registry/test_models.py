"""When an entry is stale, and when it is over."""

from datetime import date, timedelta

from talanoa.registry.models import Body, Opportunity, OutsideProcess

CHECKED = date(2026, 2, 1)


def test_an_entry_is_stale_after_180_days_or_where_nobody_checked_it() -> None:
    body = Body(checked_on=CHECKED)
    assert not body.is_stale(CHECKED + timedelta(days=180))
    assert body.is_stale(CHECKED + timedelta(days=181))
    assert Body(checked_on=None).is_stale(CHECKED)


def test_what_has_an_end_is_over_on_the_day_after_it() -> None:
    call = OutsideProcess(closes_on=CHECKED)
    assert not call.is_over(CHECKED)
    assert call.is_over(CHECKED + timedelta(days=1))
    assert not Opportunity(closes_on=None).is_over(CHECKED)
