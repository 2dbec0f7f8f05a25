"""How an instant is written in letters and refusals."""

from datetime import UTC, datetime, timedelta, timezone

from talanoa.kernel.instants import moment


def test_an_instant_is_told_in_utc_with_its_weekday() -> None:
    assert moment(datetime(2017, 9, 18, 23, 59, tzinfo=UTC)) == "Monday 18 September 2017, 23:59 UTC"


def test_an_instant_of_another_zone_is_told_in_utc_all_the_same() -> None:
    local = datetime(2026, 11, 25, 2, 59, tzinfo=timezone(timedelta(hours=3)))
    assert moment(local) == "Tuesday 24 November 2026, 23:59 UTC"
