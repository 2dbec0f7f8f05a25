"""The moment of a Date field."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.archive.dating import moment
from talanoa.lib.rfc5322.dates import moment_of

ZONES = st.tuples(st.sampled_from("+-"), st.integers(0, 15), st.integers(0, 59))


@given(st.datetimes(timezones=st.just(UTC)), ZONES)
def test_the_fast_way_says_what_the_slow_one_says(at: datetime, zone: tuple[str, int, int]) -> None:
    written = f"{at:%a, %d %b} {at.year:04} {at:%H:%M:%S} {zone[0]}{zone[1]:02}{zone[2]:02}"

    assert moment(written.encode(), []) == moment_of(written, [])


@pytest.mark.parametrize(
    "written", [b"Mon, 31 Feb 2014 10:00:00 +0000", b"", b"3 Mar 2014", b"Mon, 3 Mar 2014 10:00:00 +9900"]
)
def test_a_bad_date_is_noted(written: bytes) -> None:
    notes: list[str] = []
    moment(written, notes)

    assert notes[0].startswith("date_")


def test_seconds_and_names_of_zones_may_be_left_out() -> None:
    assert moment(b"Mon, 3 Mar 2014 09:30 -0300", []) == datetime(2014, 3, 3, 12, 30, tzinfo=UTC)
