"""A list that is followed: its mail flows into an archive, once, whatever else brings the same messages."""

import json
from pathlib import Path

import pytest

from archives.conftest import COMMONS, Import
from archives.test_importing import counts, entries
from command_line import refused, talanoa, told
from conftest import day
from mail.example_lists import LIST_ID, POST, listed, munged
from mail.example_mails import Postbox, mail
from talanoa.archives.actions.erasing import erase_message
from talanoa.archives.actions.following import follow_into, leave_list
from talanoa.archives.actions.importing import About
from talanoa.archives.models import Archive, ArchivedMessage, Following
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.people.models import Person
from web import Hands, Reader

SINA, TUPOU = "Sina Faleolo <sina@village.example>", "Tupou Fifita <tupou@nukualofa.example>"
AS = ("--as", "amina@talanoa.example")


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def following(amina: Person) -> Following:
    return follow_into(COMMONS, by=amina, list_id=f"<{LIST_ID}>", at=day(0), channel="web")


def hear(postbox: Postbox, following: Following, raw: bytes, *, on: float = 1) -> str:
    """Let the subscribed address get a mail; return what it was taken for."""
    got = postbox.receive(raw, to=f"archive+{following.secret}@talanoa.example", at=day(on))
    assert (got.number, got.code) == (None, "")
    return RawMessage.objects.latest("pk").outcome


def filed(raw: bytes, *, footer: bool = False) -> bytes:
    """The same mail as the archive of the list has it in its file."""
    head, _blank, text = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept = text if footer else text.partition(b"\n____")[0] + b"\n"
    return b"From sina  Tue Mar  3 10:00:00 2026\n" + head + b"\n\n" + kept + b"\n"


def test_a_mail_of_the_list_is_a_message_of_the_archive_without_what_the_list_adds(
    postbox: Postbox, following: Following
) -> None:
    assert (
        hear(postbox, following, listed("Who pays?", sender=SINA, name="one@village.example"))
        == "list_message"
    )

    [message] = following.archive.messages.select_related("sender")
    assert (message.text.strip(), message.message_id, message.by_mail) == (
        "Who pays?",
        "one@village.example",
        True,
    )
    assert (message.sender.name, message.sender.address) == ("Sina Faleolo", "sina@village.example")
    assert (bytes(RawMessage.objects.get().data), OutgoingMessage.objects.count()) == (b"", 0)


def test_answers_are_threaded(postbox: Postbox, following: Following) -> None:
    hear(postbox, following, listed("Who pays?", sender=SINA, name="one@village.example"))
    hear(postbox, following, listed("We do.", sender=TUPOU, answers="one@village.example"))

    assert list(following.archive.messages.values_list("parent_number", flat=True)) == [None, 1]


def test_the_author_is_told_where_the_list_stands_in_from(postbox: Postbox, following: Following) -> None:
    name, headers = munged("Tupou Fifita", "tupou@nukualofa.example")
    hear(postbox, following, listed("We do.", sender=name, headers=headers))

    sender = ArchivedMessage.objects.get().sender
    assert (sender.name, sender.address) == ("Tupou Fifita", "tupou@nukualofa.example")


def test_a_mailbox_that_is_fetched_knows_the_address_by_what_its_server_wrote(
    postbox: Postbox, following: Following
) -> None:
    top = f"Delivered-To: archive+{following.secret}@talanoa.example\r\nReceived: by mx.talanoa.example\r\n"
    postbox.receive(top.encode() + listed("Who pays?", sender=SINA), to="", at=day(1))

    assert ArchivedMessage.objects.get().text.strip() == "Who pays?"


@pytest.mark.parametrize("footer", [True, False])
def test_the_file_of_the_list_brings_nothing_twice(
    postbox: Postbox, following: Following, bring: Import, *, footer: bool
) -> None:
    one, two = (listed(text, sender=SINA) for text in ("Who pays?", "Nobody yet."))
    hear(postbox, following, one)

    assert counts(bring(filed(one, footer=footer) + filed(two))) == (2, 1, 1, 0)
    hear(postbox, following, two)
    assert ArchivedMessage.objects.count() == 2


def test_the_same_mail_twice_is_one_message(postbox: Postbox, following: Following) -> None:
    raw = listed("Who pays?", sender=SINA)
    hear(postbox, following, raw)
    hear(postbox, following, raw.replace(b"Precedence: list", b"Precedence: bulk"))

    assert ArchivedMessage.objects.count() == 1


def test_other_words_under_the_same_identifier_are_kept_and_noted(
    postbox: Postbox, following: Following, bring: Import
) -> None:
    one = listed("Who pays?", sender=SINA, name="one@village.example")
    hear(postbox, following, one)

    assert counts(bring(filed(one.replace(b"Who pays", b"Nobody pays")))) == (1, 1, 0, 0)
    assert ArchivedMessage.objects.get(by_mail=False).notes == "identifier_again"


def test_an_erased_message_does_not_come_back_by_mail(
    postbox: Postbox, following: Following, bring: Import, amina: Person
) -> None:
    one = listed("Who pays?", sender=SINA)
    message = bring(filed(one)).archive.messages.get()
    erase_message(message, by=amina, ground="author_request", at=day(1), channel="web")
    hear(postbox, following, one)

    assert [(one.text, one.erased_at) for one in ArchivedMessage.objects.all()] == [("", day(1))]


def test_the_archive_stays_private(postbox: Postbox, following: Following) -> None:
    hear(postbox, following, listed("Who pays?", sender=SINA))

    assert not Archive.objects.visible_to(None).exists()


@pytest.mark.parametrize(
    "raw",
    [
        listed("Buy soap.", sender=SINA, list_id="soap.lists.example"),
        mail("Buy soap.", sender=SINA, to=POST),
    ],
)
def test_what_is_none_of_the_list_is_counted_and_not_kept(
    postbox: Postbox, following: Following, raw: bytes
) -> None:
    assert hear(postbox, following, raw) == "list_other"

    following.refresh_from_db()
    assert (following.n_aside, ArchivedMessage.objects.count()) == (1, 0)
    assert (bytes(RawMessage.objects.get().data), OutgoingMessage.objects.count()) == (b"", 0)


def test_a_stranger_who_names_the_list_but_not_the_secret_puts_nothing_in(
    postbox: Postbox, following: Following
) -> None:
    raw = listed("Buy soap.", sender=SINA)
    postbox.receive(raw, to=f"archive+{'a' * 26}@talanoa.example", at=day(1))

    assert (ArchivedMessage.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_what_the_program_of_the_list_writes_waits_for_the_keeper(
    postbox: Postbox, following: Following, monkeypatch: pytest.MonkeyPatch, amina: Person
) -> None:
    program = mail(
        "Confirm by following this link.",
        sender="talk-confirm+1234@lists.garissa.example",
        to="archive@talanoa.example",
        headers="Auto-Submitted: auto-generated\n",
    )
    assert hear(postbox, following, program) == "list_administration"

    Hands(monkeypatch, day(2))
    page = Reader(amina, in_office=True)
    page.open("/archives/commons/list/")
    link = next(path for name, path in page.page.links.items() if name.startswith("Download the mail"))
    assert b"Confirm by following" in page.client.get(link).content
    assert "Confirm by following" in told("archive", "letters", "commons", *AS)["letters"][0]
    assert OutgoingMessage.objects.count() == 0


def test_the_record_tells_once_a_day_how_many_came(postbox: Postbox, following: Following) -> None:
    for number in range(3):
        hear(postbox, following, listed(f"Number {number}.", sender=SINA), on=number * 0.6)
        tick(at=day(number * 0.6))
    tick(at=day(9))

    heard = [entry["added"] for entry in entries() if entry["k"] == "archive.heard.1"]
    assert heard == [3]


def test_to_follow_and_to_leave_stand_on_the_record(following: Following, amina: Person) -> None:
    leave_list(following, by=amina, at=day(1), channel="web")

    assert [(one["k"], one["list"]) for one in entries()] == [
        ("archive.followed.1", LIST_ID),
        ("archive.left.1", LIST_ID),
    ]


def test_after_leaving_nothing_flows_in_and_following_again_takes_a_new_address(
    postbox: Postbox, following: Following, amina: Person
) -> None:
    leave_list(following, by=amina, at=day(1), channel="web")
    hear(postbox, following, listed("Who pays?", sender=SINA), on=2)
    again = follow_into(COMMONS, by=amina, list_id=LIST_ID, at=day(3), channel="web")

    assert ArchivedMessage.objects.count() == 0
    assert again.secret != following.secret


def test_a_list_is_left_once(following: Following, amina: Person) -> None:
    leave_list(following, by=amina, at=day(1), channel="web")
    with pytest.raises(RuleBroken) as refusal:
        leave_list(following, by=amina, at=day(2), channel="web")
    assert refusal.value.rule == "list_unknown"


def test_what_is_no_list_is_not_followed(amina: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        follow_into(About("commons"), by=amina, list_id="talk@lists", at=day(0), channel="web")
    assert refusal.value.rule == "list_malformed"
    assert not Archive.objects.exists()


def test_only_whom_the_operator_appointed_follows_and_leaves(following: Following, yusuf: Person) -> None:
    with pytest.raises(NotAllowed):
        follow_into(COMMONS, by=yusuf, list_id="other.lists.example", at=day(1), channel="web")
    with pytest.raises(NotAllowed):
        leave_list(following, by=yusuf, at=day(1), channel="web")


def test_a_keeper_follows_a_list_and_leaves_it_by_web(monkeypatch: pytest.MonkeyPatch, amina: Person) -> None:
    Hands(monkeypatch, day(1))
    page = Reader(amina, in_office=True)
    page.open("/archives/")
    page.follow("Follow a list")
    assert "Give the List-Id" in page.press("Follow it", name="talk", title="Talk", list_id="no list").text
    page.press("Follow it", name="talk", title="Talk", list_id=LIST_ID)
    made = Following.objects.get()

    assert f"archive+{made.secret}@talanoa.example" in page.page.text
    assert "It is followed no more." in page.press("Follow it no more").text
    assert "It is followed." in page.press("Follow it", list_id=LIST_ID).text
    assert Following.objects.get().until is None


def test_the_commands_follow_and_leave(amina: Person) -> None:
    made = told("archive", "follow", "talk", LIST_ID, "--title", "Talk", *AS)
    assert (made["list"], made["address"].partition("+")[0]) == (LIST_ID, "archive")
    assert talanoa("archive", "follow", "talk", LIST_ID, *AS).out.strip().endswith(made["address"])
    assert told("archive", "unfollow", "talk", *AS) == {"list": LIST_ID}
    assert refused("archive", "unfollow", "talk", *AS) == (3, "list_unknown")
    assert json.loads(talanoa("archive", "list", "--json", *AS).out)["archives"][0]["title"] == "Talk"
