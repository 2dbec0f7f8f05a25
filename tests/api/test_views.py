"""The calendar, the table of inputs, and whether we are well."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client
from icalendar import Calendar

from conftest import day
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Process

Send = Callable[..., Input]
pytestmark = pytest.mark.django_db


def rows(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get("/p/nm/inputs.csv").content.decode())))


def test_the_calendar_has_opening_and_end_of_the_call_in_utc(client: Client, process: Process) -> None:
    made = Calendar.from_ical(client.get("/p/nm/calendar.ics").content)
    events = [(str(e["summary"]), e.decoded("dtstart")) for e in made.walk("VEVENT")]
    title = "How should training be funded?"
    assert events == [(f"Call for input opens: {title}", day(0)), (f"Call for input ends: {title}", day(40))]


def test_the_table_has_number_author_and_title_of_what_is_public(
    client: Client, send: Send, lucia: Person
) -> None:
    send(lucia, title="Fund the trainers")
    [row] = rows(client)
    assert row == {
        "number": "nm-1",
        "state": "published",
        "channel": "web",
        "received": "2026-03-03T09Z",
        "title": "Fund the trainers",
        "author": "Lucía Pereira",
        "organization": "Red del Sur",
        "group": "technical_community",
        "country": "UY",
        "said_on": "",
    }


@pytest.mark.parametrize("how", ["private", "unconfirmed"])
def test_of_what_is_not_public_the_table_has_the_number_only(
    client: Client, send: Send, lucia: Person, how: str
) -> None:
    if how == "private":
        send(lucia, title="CANARY", publication="private")
    else:
        send(lucia, title="CANARY", author=author_of(lucia, assurance=Assurance.CLAIMED))
    [row] = rows(client)
    assert (row["number"], row["title"], row["author"], row["group"]) == ("nm-1", "", "", "")


def test_an_author_without_name_shows_group_and_country(client: Client, send: Send, lucia: Person) -> None:
    send(lucia, publication="group_only")
    [row] = rows(client)
    assert (row["author"], row["organization"], row["group"], row["country"]) == (
        "",
        "",
        "technical_community",
        "UY",
    )


def test_a_title_that_looks_like_a_formula_stays_text(client: Client, send: Send, lucia: Person) -> None:
    send(lucia, title='=HYPERLINK("https://evil.example")')
    assert rows(client)[0]["title"].startswith("'=")


def test_a_monitor_is_told_that_the_site_runs(client: Client, db: None) -> None:
    assert client.get("/healthz").content.startswith(b"ok ")
