"""Inviting on the web without scripts: one person, a list that is looked at first, and the page of the one invited."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import day
from mail.example_mails import Postbox, words
from talanoa.conf.clockwork import tick
from talanoa.people.models import Person
from talanoa.processes.actions.inviting import invite
from talanoa.processes.models import Invitation, InvitationRound, Invitee, Participant, Process
from talanoa.record.models import Entry
from web import Hands, Reader

LIST = "name;address;group\nSelam Haile;selam@addis.example;Academia\nAma;ama;\n"
ONE = {"name": "Selam Haile", "address": "selam@addis.example", "group": "academia", "country": "Ethiopia"}
Link = Callable[[], str]


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


@pytest.fixture
def desk(dalia: Participant) -> Reader:
    return Reader(dalia.person, in_office=True)


@pytest.fixture
def letter(
    process: Process, dalia: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> EmailMessage:
    postbox = Postbox(tmp_path, monkeypatch)
    one = Invitee("Selam Haile", "selam@addis.example", group="academia")
    invite(process, [one], by=dalia, at=day(1), channel="web")
    tick(at=day(1))
    return postbox.last("selam@addis.example")


@pytest.fixture
def link(letter: EmailMessage) -> str:
    [found] = [line.strip() for line in words(letter).splitlines() if "/invitation/" in line]
    return urlparse(found).path


def test_one_person_is_invited_at_the_desk(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/desk/")
    desk.follow("Invitations")
    page = desk.press("Invite", **ONE)
    assert "1 person is invited." in page.text
    assert "selam@addis.example" in page.text
    made = Invitation.objects.get()
    assert (made.group, made.country, made.state) == ("academia", "ET", "waiting")
    page = desk.press("Invite", **ONE)
    assert "1 was passed over: selam@addis.example was invited before" in page.text


def test_what_is_wrong_with_somebody_is_told_on_the_page(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/invitations/")
    page = desk.press("Invite", **ONE | {"country": "Atlantis"})
    assert "We know no country or region called “Atlantis”." in page.text
    assert not Invitation.objects.exists()


def test_a_list_is_looked_at_before_anybody_is_invited(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/desk/people/")
    desk.follow("Invite people by name")
    page = desk.press("See what the list says", list=LIST)
    assert "Line 3: This is no mail address of a person: ama" in page.text
    assert not Invitation.objects.exists()
    page = desk.press("Invite 1 person")
    assert "1 person is invited." in page.text
    assert Invitation.objects.get().address == "selam@addis.example"


def test_a_list_that_was_changed_after_the_look_is_looked_at_again(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/invitations/")
    desk.press("See what the list says", list=LIST)
    page = desk.press("Invite 1 person", list=LIST + "Zoe;zoe@x.example;\n")
    assert "Nobody is invited yet." in page.text
    assert not Invitation.objects.exists()
    desk.press("Invite 2 people")
    assert Invitation.objects.count() == 2


def test_a_file_is_a_list_as_well(process: Process, desk: Reader) -> None:
    desk.open("/p/nm/invitations/")
    file = SimpleUploadedFile("people.csv", LIST.replace("ama;", "ama@accra.example;").encode("utf-8-sig"))
    desk.press("See what the list says", file=file)
    desk.press("Invite 2 people")
    assert InvitationRound.objects.get().people == 2


@pytest.mark.parametrize(
    "sent", [{"list": "Selam"}, {"list": ""}, {"file": SimpleUploadedFile("a.csv", b"\xff")}]
)
def test_what_is_no_list_is_told_on_the_page(process: Process, desk: Reader, sent: dict[str, object]) -> None:
    desk.open("/p/nm/invitations/")
    page = desk.press("See what the list says", **sent)
    assert "The first line names the columns" in page.text or "UTF-8; these are other" in page.text
    assert desk.status == 200


def test_the_table_is_handed_out_with_states(process: Process, desk: Reader, letter: EmailMessage) -> None:
    desk.open("/p/nm/invitations/")
    answer = desk.client.get("/p/nm/invitations.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "Selam Haile,selam@addis.example,,academia,,waiting,2026-03-03" in answer.content.decode()


def test_the_chair_reads_and_does_not_invite(
    process: Process, chair: Participant, letter: EmailMessage
) -> None:
    reader = Reader(chair.person, in_office=True)
    page = reader.open("/p/nm/invitations/")
    assert "selam@addis.example" in page.text
    assert "Invite one person" not in page.text


def test_to_open_the_link_of_the_letter_changes_nothing(link: str) -> None:
    for method in ("get", "head"):
        assert getattr(Client(), method)(link).status_code == 200
    assert Invitation.objects.get().state == "waiting"


def test_somebody_joins_by_the_link_with_a_group_of_their_own(process: Process, link: str) -> None:
    reader = Reader()
    page = reader.open(link)
    assert process.question in page.text
    page = reader.press("Join", group="civil_society")
    assert "You take part" in page.text
    made = Invitation.objects.get()
    assert (made.state, Participant.objects.get(person=made.person).group) == ("joined", "civil_society")
    assert Entry.objects.latest("index").kind == "invitation.accepted.1"


def test_somebody_declines_by_the_link_and_can_change_their_mind(link: str) -> None:
    reader = Reader()
    reader.open(link)
    page = reader.press("No, thank you")
    assert "You declined" in page.text
    assert Invitation.objects.get().state == "declined"
    reader.press("Join", group="other")
    assert Invitation.objects.get().state == "joined"


def test_to_join_a_group_must_be_one(link: str) -> None:
    reader = Reader()
    reader.open(link)
    reader.press("Join", group="kings")
    assert Invitation.objects.get().state == "waiting"


def test_after_the_call_the_link_says_that_it_is_over(link: str, hands: Hands) -> None:
    hands.turn_to(day(40))
    page = Reader().open(link)
    assert "The time to join by this invitation is over." in page.text
    answer = Client().post(link, {"join": "yes", "group": "other"})
    assert "is over. Its page says what comes next" in answer.content.decode()
    assert Invitation.objects.get().state == "waiting"


@pytest.mark.parametrize("token", ["wrong", "a" * 26])
def test_another_link_leads_to_nobodys_invitation(link: str, token: str) -> None:
    assert Client().get(f"/p/nm/invitation/{token}/").status_code == 404


def test_the_one_click_in_the_header_declines_by_post_alone(letter: EmailMessage) -> None:
    page = urlparse(str(letter["List-Unsubscribe"]).partition(">")[0].strip("<")).path
    assert Client().get(page).status_code == 200
    assert Invitation.objects.get().state == "waiting"
    Client().post(page, {"List-Unsubscribe": "One-Click"})
    assert Invitation.objects.get().state == "declined"


def test_who_was_invited_finds_in_their_data_what_was_written_about_them(letter: EmailMessage) -> None:
    own = Invitation.objects.get().person
    assert Reader(own).client.get("/me/data.json").json()["invitations"] == [
        {
            "process": "nm",
            "name": "Selam Haile",
            "organization": "",
            "group": "academia",
            "country": "",
            "state": "waiting",
            "invited_at": "2026-03-03T09:00:00Z",
        }
    ]


def test_a_long_list_has_pages(process: Process, dalia: Participant, desk: Reader) -> None:
    people = [Invitee(f"Person {n}", f"p{n}@list.example") for n in range(101)]
    invite(process, people, by=dalia, at=day(1), channel="web")
    assert "p100@list.example" not in desk.open("/p/nm/invitations/").text
    assert "p100@list.example" in desk.follow("Next page").text


def test_no_name_or_address_stands_on_a_page_for_others(
    process: Process, letter: EmailMessage, yusuf: Person
) -> None:
    for reader in (Reader(), Reader(yusuf)):
        for page in ("/p/nm/", "/record/", "/p/nm/room/"):
            assert "selam" not in reader.open(page).text.lower()
        assert reader.client.get("/p/nm/invitations/").status_code in (302, 403)
