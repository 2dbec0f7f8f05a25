"""The pages of the registry, as somebody without scripts reads them."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from icalendar import Calendar

from conftest import START
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.registry.actions import answer_correction, load_registry, receive_correction
from talanoa.registry.models import Body, Correction
from talanoa.registry.skin import CONTENT
from web import Hands, Reader


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, START)


def test_from_home_one_finds_every_body_and_its_own_pages(forum: Body) -> None:
    reader = Reader()
    reader.open("/")
    page = reader.follow("Find who works on it")
    assert page.links["Forum of Crossings (FC)"] == "https://forum.example/"
    page = reader.follow("about it: Forum of Crossings (FC)")
    assert page.links["Go to its own pages"] == "https://forum.example/"
    for told in ("Once a year everybody", "all who cross", "the world", "Crossing *", "1 February 2026"):
        assert told in page.text
    assert page.links["What should a ferry cost?"] == "https://forum.example/fees"
    assert "Technical community, Intergovernmental organization" in page.text
    assert "Pavers of Africa" in page.links


def test_a_search_leads_outward_first(forum: Body) -> None:
    page = Reader().open("/registry/?words=bridges")
    assert page.links["Money for small bridges"] == "https://pavers.example/money"
    assert "1 answer, the closest first" in page.text
    assert "Nothing here speaks of that." in Reader().open("/registry/?words=volcano").text


def test_an_empty_registry_says_what_comes_next(log: object) -> None:
    assert "The operator loads the registry from its files." in Reader().open("/registry/").text
    assert "None is known at the moment." in Reader().open("/registry/take-part/").text


def test_what_others_offer_is_told_with_its_end(forum: Body) -> None:
    reader = Reader()
    reader.open("/registry/")
    page = reader.follow("Where you can take part")
    for told in ("What should a ferry cost?", "until 1 April 2026", "Technical community"):
        assert told in page.text
    page = reader.follow("Trainings")
    for told in ("Rowing for beginners", "every spring", "School of Rowing", "Kenya", "en, sw", "Free"):
        assert told in page.text
    page = reader.follow("Money")
    for told in ("until 20 March 2026", "up to a thousand stones", "Pavers of Africa"):
        assert told in page.text


def test_what_nobody_checked_for_half_a_year_is_marked(forum: Body) -> None:
    assert "may be out of date" in Reader().open("/registry/trainings/").text
    assert "may be out of date" not in Reader().open("/registry/take-part/").text
    assert "Nobody has checked this page against its sources yet" in Reader().open("/registry/pavers/").text
    assert "Nobody has checked" not in Reader().open("/registry/forum/").text


def test_what_is_no_longer_listed_says_so(forum: Body) -> None:
    Body.objects.filter(key="forum").update(is_listed=False)
    assert "no longer listed" in Reader().open("/registry/forum/").text
    assert "Forum of Crossings" not in Reader().open("/registry/").text


def test_every_end_stands_in_the_calendar(forum: Body) -> None:
    made = Calendar.from_ical(Client().get("/registry/deadlines.ics").content)
    events = [(str(e["summary"]), e["dtstart"].dt.isoformat(), str(e["url"])) for e in made.walk("VEVENT")]
    assert events == [
        ("Ends: Money for small bridges", "2026-03-20", "https://pavers.example/money"),
        ("Ends: What should a ferry cost?", "2026-04-01", "https://forum.example/fees"),
    ]


def test_a_visitor_corrects_a_body_without_a_name(forum: Body) -> None:
    reader = Reader()
    reader.open("/registry/forum/")
    reader.follow("Correct the registry")
    page = reader.press("Send my correction", text="It moved.")
    made = Correction.objects.get()
    assert (made.about, made.text, made.person, made.channel) == ("body/forum", "It moved.", None, "web")
    assert "Waits for an answer" in page.text
    assert "It moved." not in page.text


def test_a_visitor_may_give_an_address_and_somebody_signed_in_need_not(forum: Body, yusuf: Person) -> None:
    visitor, reader = Reader(), Reader(yusuf)
    visitor.open("/registry/correct/")
    visitor.press("Send my correction", text="It moved.", address="lucia@nic.example")
    reader.open("/registry/correct/?about=process/fees")
    assert "address" not in reader.page.forms[-1].names
    reader.press("Send my correction", text="It ends later.")
    rows = Correction.objects.order_by("number")
    assert [(row.person.address if row.person else "", row.about) for row in rows] == [
        ("lucia@nic.example", ""),
        (yusuf.address, "process/fees"),
    ]


def test_a_correction_without_words_is_told_at_the_field(forum: Body) -> None:
    reader = Reader()
    reader.open("/registry/correct/")
    assert "Please look at this again" in reader.press("Send my correction", text=" ").text
    assert not Correction.objects.exists()


def test_an_answer_stands_beside_its_correction(forum: Body, yusuf: Person, amina: Person) -> None:
    made = receive_correction(by=yusuf, about="", text="It moved.", dedup_key="a", at=START, channel="web")
    answer_correction(made, by=amina, outcome="kept", text="It did <b>not</b>.", at=START, channel="web")
    page = Reader().open("/registry/corrections/")
    assert "Kept as it was It did <b>not</b>." in " ".join(page.text.split())


def test_the_pages_with_everything_that_ships_stay_small(log: object) -> None:

    load_registry(read(CONTENT), at=datetime(2026, 11, 25, tzinfo=UTC), channel="cli")
    client = Client()
    sizes = {
        path: len(client.get(path).content)
        for path in ("/registry/", "/registry/take-part/", "/registry/trainings/", "/registry/igf/")
    }
    assert {path: size for path, size in sizes.items() if size >= 50_000} == {}
