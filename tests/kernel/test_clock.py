"""The one clock."""

from datetime import UTC, datetime

from talanoa.kernel import clock


def test_the_clock_tells_the_present_in_utc() -> None:
    before = datetime.now(UTC)
    told = clock.now()
    assert before <= told <= datetime.now(UTC)
    assert told.tzinfo is UTC
