"""One instant by many clocks, and what a clock on a wall means, over the days on which clocks change."""

from datetime import UTC, datetime

import pytest

from talanoa.lib.meeting_times import EVERYWHERE, TimeUnclear, ZoneUnknown, everywhere, utc_of, zones


def shown(at: datetime) -> dict[str, str]:
    return {one.city: f"{one.at:%a %H:%M} {one.offset}" for one in everywhere(at)}


def test_every_clock_stands_in_a_zone_of_the_list_and_in_a_region_of_its_own_or_two() -> None:
    assert set(EVERYWHERE) <= set(zones())
    assert {zone.partition("/")[0] for zone in EVERYWHERE} == {
        "Africa",
        "America",
        "Asia",
        "Australia",
        "Europe",
        "Pacific",
    }


def test_half_hours_and_the_other_side_of_the_date_line_are_told() -> None:
    told = shown(datetime(2026, 11, 24, 20, 0, tzinfo=UTC))
    assert told["Kolkata"] == "Wed 01:30 +05:30"
    assert told["Fiji"] == "Wed 08:00 +12:00"
    assert told["Los Angeles"] == "Tue 12:00 -08:00"
    assert told["Nairobi"] == "Tue 23:00 +03:00"


def test_the_same_hour_in_utc_moves_where_the_clocks_change_and_stays_where_they_do_not() -> None:
    before, after = (shown(datetime(2026, 3, day, 15, 0, tzinfo=UTC)) for day in (27, 30))
    assert (before["Zurich"], after["Zurich"]) == ("Fri 16:00 +01:00", "Mon 17:00 +02:00")
    assert (before["Nairobi"], after["Nairobi"]) == ("Fri 18:00 +03:00", "Mon 18:00 +03:00")
    # New York changed three weeks earlier, Sydney a week later, the other way.
    assert (before["New York"], after["New York"]) == ("Fri 11:00 -04:00", "Mon 11:00 -04:00")
    assert shown(datetime(2026, 4, 6, 3, 0, tzinfo=UTC))["Sydney"] == "Mon 13:00 +10:00"


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-03-27T15:00", "Europe/Zurich", "2026-03-27T14:00"),
        ("2026-03-30T15:00", "Europe/Zurich", "2026-03-30T13:00"),
        ("2026-11-24T01:30", "Asia/Kolkata", "2026-11-23T20:00"),
        ("2026-11-24T15:00", "UTC", "2026-11-24T15:00"),
    ],
)
def test_a_local_time_means_one_instant(local: str, zone: str, instant: str) -> None:
    assert utc_of(datetime.fromisoformat(local), zone) == datetime.fromisoformat(f"{instant}+00:00")


@pytest.mark.parametrize("local", ["2026-03-29T02:30", "2026-10-25T02:30"])
def test_a_time_that_clocks_skip_or_show_twice_is_refused(local: str) -> None:
    with pytest.raises(TimeUnclear):
        utc_of(datetime.fromisoformat(local), "Europe/Zurich")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "EEST+3"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(ZoneUnknown):
        utc_of(datetime(2026, 3, 2, 9, 0), zone)  # noqa: DTZ001 - the time on a wall
