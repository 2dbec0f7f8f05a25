"""The pages of the place, as a browser without scripts sees them."""

import pytest

from conftest import day
from place.conftest import DECIDED_ON
from talanoa.lib.processkeys import PLACE
from talanoa.place.actions import correct_news, publish_news
from talanoa.processes.actions.announcing import announce
from talanoa.processes.models import Announcement, DefaultChange, Participant, Process
from talanoa.reports.models import Report
from web import Hands, Reader


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(DECIDED_ON + 2))


@pytest.fixture
def desk(host: Participant) -> Reader:
    return Reader(host.person, in_office=True)


def test_there_is_no_such_page_before_init(log: object) -> None:
    visitor = Reader()
    visitor.open("/place/")
    assert visitor.status == 404
    assert "Not declared yet." in visitor.open("/").text


def test_everybody_reads_who_hosts_and_what_is_not_declared(place: Process) -> None:
    visitor = Reader()
    assert "Who runs it Amina's foundation." in visitor.open("/").text
    page = visitor.follow("How this place is run: charter, seats, defaults, handover")
    for told in (
        "Who runs it Amina's foundation.",
        "Who pays Not declared yet.",
        "no funder is named with an amount",
        "no stakeholder group has a seat",
        "Version 1 of the defaults.",
    ):
        assert told in page.text
    assert "Carry out a decision" not in page.links


def test_the_host_writes_funders_and_seats_at_the_desk_and_readers_see_tables(desk: Reader) -> None:
    desk.open(f"/p/{PLACE}/desk/charter/")
    desk.press(
        "Save",
        funders="Lagoon Fund; 20000 CHF; 2026-01-01; 2026-12-31",
        seats="government; 1; the ministers in turn",
        handover="A university takes data and record.",
    )
    desk.press("Publish the charter")
    page = Reader().open("/place/")
    for told in ("Lagoon Fund", "20000 CHF", "2026-12-31", "the ministers in turn", "A university takes"):
        assert told in page.text
    assert "20000 CHF" in Reader().open("/").text


def test_other_charters_are_not_asked_about_the_place(convenor: Participant, place: Process) -> None:
    desk = Reader(convenor.person, in_office=True)
    assert "Community seats" not in desk.open("/p/nm/desk/charter/").text
    assert "Community seats" not in desk.open("/p/nm/charter/").text
    assert "Community seats not said yet" in desk.open(f"/p/{PLACE}/charter/").text


def test_a_decision_is_carried_out_on_the_page_and_read_with_its_source(
    desk: Reader, decided: Report
) -> None:
    desk.open("/place/")
    desk.follow("Carry out a decision")
    said = {"default": "appeal", "days": "36", "decided": str(decided.process.pk), "recommendation": "1"}
    page = desk.press("Change the default", **said)
    assert "A default changes only by a decided process" in page.text
    assert not DefaultChange.objects.exists()
    page = desk.press("Change the default", **(said | {"days": "35"}))
    assert "appeal 35 nm, recommendation 1" in page.text
    assert "within 35 days" in Reader().open("/conduct/").text


def test_news_is_written_read_corrected_and_fed(desk: Reader) -> None:
    desk.open("/news/")
    desk.follow("Write news")
    desk.press("Publish", title="Two seats are open", text="Write by **Friday**.")
    desk.follow("Correct it")
    page = desk.press("Publish the correction", title="Three seats are open", correction="It is three.")
    assert "It is three." in page.text
    assert "As it read before" in page.text
    visitor = Reader()
    assert "Three seats are open" in visitor.open("/").text
    visitor.follow("Three seats are open")
    assert "Two seats are open" in visitor.page.text
    assert "Correct it" not in visitor.page.links
    feed = visitor.client.get("/news/feed.atom")
    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    said = feed.content.decode()
    assert "<title>Three seats are open</title>" in said
    assert "Corrected: It is three." in said


def test_a_correction_without_its_reason_is_refused_on_the_page(desk: Reader, host: Participant) -> None:
    publish_news(host.process, by=host, title="A", text="B", language="en", at=day(1), channel="web")
    desk.open("/news/1/correct/")
    page = desk.press("Publish the correction", correction="")
    assert "What was wrong: This field is required." in page.text
    visitor = Reader()
    visitor.open("/news/2/")
    assert visitor.status == 404


def test_what_processes_announced_stands_beside_the_news(convenor: Participant, place: Process) -> None:
    said = {"title": "Who pays?", "text": "Tell us.", "language": "en", "lists": []}
    made: Announcement = announce(convenor.process, by=convenor, **said, at=day(1), channel="web")  # type: ignore[arg-type]
    visitor = Reader()
    visitor.open("/news/")
    assert "There is no news yet." in visitor.page.text
    assert made.text in visitor.follow("Who pays?").text


def test_the_news_asks_the_database_as_often_for_one_row_as_for_three(
    host: Participant, django_assert_num_queries: object
) -> None:
    for rows in (1, 2):
        for _row in range(rows):
            said = {"title": "A", "text": "B", "language": "en"}
            made = publish_news(host.process, by=host, **said, at=day(1), channel="web")
            told = {"title": "C", "text": "D", "correction": "E"}
            correct_news(host.process, by=host, number=made.number, **told, at=day(2), channel="web")
        with django_assert_num_queries(3):  # type: ignore[operator]
            Reader().client.get("/news/")
