"""Announcing on the web: the mail is shown before it goes out; the page and its text are for everybody."""

from collections.abc import Callable

import pytest

from conftest import day
from talanoa.processes.actions.announcing import announce, follow_list
from talanoa.processes.models import Announcement, FollowedList, Participant, Process
from web import Hands, Reader

WHERE = {"list_id": "talk.lists.example", "name": "Talk", "post": "talk@lists.example", "archive": ""}
Made = Callable[..., Announcement]


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


@pytest.fixture
def desk(dalia: Participant) -> Reader:
    return Reader(dalia.person, in_office=True)


@pytest.fixture
def made(process: Process, convenor: Participant) -> Announcement:
    said = {"title": "Who pays?", "text": "Please **tell** us.", "language": "en", "lists": []}
    return announce(process, by=convenor, **said, at=day(1), channel="web")  # type: ignore[arg-type]


def test_a_list_is_followed_and_left_at_the_desk(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/desk/")
    page = desk.follow("Lists that are followed")
    assert "nm+list@" in page.text
    page = desk.press("Follow the list", **WHERE)
    assert "talk@lists.example" in page.text
    page = desk.press("Stop following: Talk")
    assert "followed until 4 March 2026" in " ".join(page.text.split())
    assert FollowedList.objects.get().until == day(2)


def test_what_is_no_list_is_told_on_the_page(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/desk/lists/")
    page = desk.press("Follow the list", list_id="talk")
    assert "Give the List-Id as it stands in a mail of the list" in page.text
    assert not FollowedList.objects.exists()


def test_the_mail_is_shown_before_it_goes_out_and_nothing_is_published_yet(
    process: Process, convenor: Participant, desk: Reader
) -> None:
    follow_list(process, by=convenor, **WHERE, at=day(1), channel="web")
    desk.open("/p/nm/desk/")
    desk.follow("Announce the process")
    words = {"title": "Who pays?", "text": "Please **tell** us.", "lists": "talk.lists.example"}
    page = desk.press("See the mail", **words)
    assert "This mail would go out" in page.text
    assert "HOW TO ANSWER" in page.text
    assert not Announcement.objects.exists()
    desk.press("Publish and send", **words)
    found = Announcement.objects.get()
    assert (found.title, found.text, found.lists) == (
        "Who pays?",
        "Please **tell** us.",
        ["talk.lists.example"],
    )


def test_the_page_is_found_from_the_process_and_its_mail_can_be_taken_along(made: Announcement) -> None:
    visitor = Reader()
    visitor.open("/p/nm/")
    visitor.follow("Announcements")
    page = visitor.follow("Who pays?")
    assert "Please tell us." in " ".join(page.text.split())
    got = visitor.client.get("/p/nm/announcements/1/mail.txt")
    assert got["Content-Type"] == "text/plain; charset=utf-8"
    assert got["Content-Disposition"] == 'attachment; filename="nm-announcement-1.txt"'
    assert "HOW TO ANSWER" in got.content.decode()


def test_without_an_announcement_the_page_says_so(process: Process) -> None:
    assert "Nothing was announced yet." in Reader().open("/p/nm/announcements/").text


def test_a_draft_cannot_be_announced_and_the_page_says_when(nino: Participant) -> None:
    page = Reader(nino.person, in_office=True).open("/p/geo/desk/announce/")
    assert "There is nothing to announce before the charter is published" in page.text
