"""What somebody said on a list, decided about by its author: the acts, on the web and on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from command_line import refused, told
from conftest import day
from mail.example_lists import ARCHIVE, LIST_ID
from mail.example_mails import Postbox, answer, words
from steps import line, new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.listed import confirm_listed, decline_listed, note_reply
from talanoa.inputs.models import Input, ListReply
from talanoa.inputs.queries import list_counts
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.models import RawMessage
from talanoa.people.models import Person
from talanoa.processes.actions.announcing import follow_list
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import FollowedList, Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from web import Hands, Reader

AT = day(2)
LINK = f"{ARCHIVE}message/XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP/"
Keep = Callable[..., ListReply]


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, AT)


@pytest.fixture
def followed(process: Process, convenor: Participant) -> FollowedList:
    where = {"list_id": LIST_ID, "name": "Talk", "post": "", "archive": ARCHIVE}
    return follow_list(process, by=convenor, **where, at=day(0), channel="web")


@pytest.fixture
def keep(process: Process, followed: FollowedList, yusuf: Person) -> Keep:
    """Something said on the list waits: keep("text"), of Yusuf's where nobody else is named."""

    def keeping(
        text: str = "Pay them by the hour.", person: Person | None = yusuf, **more: object
    ) -> ListReply:
        n = RawMessage.objects.count()
        raw = RawMessage.objects.create(
            received_at=day(1), sha256=f"{n:064}", data=text.encode(), process_key="nm", outcome="list_reply"
        )
        facts = {
            "followed": followed,
            "name": "Yusuf A.",
            "text": text,
            "message_id": f"{n}@garissa.example",
            "permalink": LINK,
            "dedup_key": f"{n:064}",
        } | more
        return note_reply(process, raw, person=person, at=day(1), **facts)  # type: ignore[arg-type]

    return keeping


def by(reply: ListReply, person: Person) -> Participant:
    return enter(reply.process, person, at=AT)


def test_confirmed_it_is_received_as_any_input_and_a_second_entry_says_where_it_was_said(
    keep: Keep, yusuf: Person, log: Log
) -> None:
    reply = keep()
    received, listed = new_entries(lambda: confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="mail"))
    assert (received["k"], received["ch"], received["n"]) == ("input.received.1", "mail", 1)
    assert listed == line("input.listed.1", r="participant", at=AT, ch="mail", n=1, list=LIST_ID)
    made = Input.objects.get().contribution
    assert (made.authorship.name, made.person, made.publication) == ("Yusuf A.", yusuf, "named")
    assert reply.raw.number is None
    assert RawMessage.objects.get().number == 1
    assert audit(log).wrong == []


def test_to_confirm_it_again_is_the_same_input(keep: Keep, yusuf: Person) -> None:
    reply = keep()
    first, second = (confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="web") for _n in range(2))
    assert first == second
    assert refusal(lambda: decline_listed(reply, by=by(reply, yusuf))) == "wrong_state"


def test_only_ones_own_words_can_be_decided_about(keep: Keep, yusuf: Person, lucia: Person) -> None:
    reply = keep()
    for act in (
        lambda: confirm_listed(reply, by=by(reply, lucia), at=AT, channel="web"),
        lambda: decline_listed(reply, by=by(reply, lucia)),
    ):
        with pytest.raises(NotAllowed):
            act()
    words_ = ("input", "confirm-listed", "nm", reply.pk, "--as", lucia.address)
    assert refused(*words_) == (3, "list_reply_unknown")


def test_of_an_unknown_author_nobody_decides(keep: Keep, yusuf: Person) -> None:
    reply = keep(person=None)
    assert reply.state == ListReply.State.UNANSWERABLE
    with pytest.raises(NotAllowed):
        confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="web")


def test_declined_words_are_forgotten_and_leave_no_entry(keep: Keep, yusuf: Person) -> None:
    reply = keep()
    assert new_entries(lambda: decline_listed(reply, by=by(reply, yusuf))) == []
    decline_listed(reply, by=by(reply, yusuf))
    reply.refresh_from_db()
    assert (reply.state, reply.text, reply.name, reply.permalink) == ("declined", "", "", "")
    assert bytes(reply.raw.data) == b""
    assert refusal(lambda: confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="web")) == "wrong_state"


def test_after_the_call_it_can_be_no_input(keep: Keep, yusuf: Person) -> None:
    reply = keep()
    tick(at=day(41))
    act = lambda: confirm_listed(reply, by=by(reply, yusuf), at=day(41), channel="web")  # noqa: E731
    assert refusal(act) == "call_closed"


def test_erased_it_leaves_neither_words_nor_link_and_every_proof(
    keep: Keep, yusuf: Person, convenor: Participant, log: Log
) -> None:
    reply = keep()
    made = confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="mail")
    erase_input(made, by=convenor, ground="author_request", at=AT, channel="web")
    reply.refresh_from_db()
    assert (reply.permalink, bytes(RawMessage.objects.get().data)) == ("", b"")
    assert audit(log).wrong == []
    assert "Said on" not in Reader().open("/p/nm/inputs/1/").text


def test_the_page_of_the_input_leads_to_where_it_was_said(keep: Keep, yusuf: Person) -> None:
    reply = keep()
    confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="mail")
    page = Reader().client.get("/p/nm/inputs/1/").content.decode()
    assert f'<a href="{LINK}" rel="nofollow noopener">Said on Talk</a>' in page


def test_the_table_of_inputs_leads_there_too(keep: Keep, yusuf: Person) -> None:
    reply = keep()
    confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="mail")
    head, row = Reader().client.get(reverse("api:inputs", args=["nm"])).content.decode().splitlines()
    assert (head.split(",")[-1], row.split(",")[-1]) == ("said_on", LINK)


def test_on_the_web_the_page_shows_and_the_button_confirms(keep: Keep, yusuf: Person) -> None:
    keep()
    reader = Reader(yusuf)
    reader.open("/me/")
    page = reader.follow("Say whether what you wrote on a list is to be an input")
    assert "Pay them by the hour." in page.text
    assert not Input.objects.exists()
    reader.press("Yes, it is my input")
    made = Input.objects.get().contribution
    assert (made.state, made.channel) == ("published", "mail")
    assert "Nothing waits for you." in reader.open("/me/").text


def test_confirmed_on_the_web_its_receipt_comes_by_mail_too(
    keep: Keep, yusuf: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postbox = Postbox(tmp_path, monkeypatch)
    reply = keep()
    confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="web")
    tick(at=AT)
    assert postbox.last(yusuf.address)["Subject"] == "Received: nm-1"


def test_on_the_web_it_can_be_declined(keep: Keep, yusuf: Person) -> None:
    reply = keep()
    reader = Reader(yusuf)
    reader.open(f"/p/nm/listed/{reply.pk}/")
    page = reader.press("No, forget it")
    assert "Its author does not want it to be an input" in page.text
    assert "Pay them" not in page.text


def test_on_the_command_line_it_is_confirmed_and_declined_by_its_author(keep: Keep, yusuf: Person) -> None:
    first, second = keep(), keep("Or by the day.")
    as_yusuf = ("--as", yusuf.address)
    assert told("input", "confirm-listed", "nm", first.pk, *as_yusuf)["number"] == 1
    assert told("input", "decline-listed", "nm", second.pk, *as_yusuf)["state"] == "declined"


def test_the_word_alone_brings_the_letter_again(
    keep: Keep, yusuf: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postbox = Postbox(tmp_path, monkeypatch)
    keep()
    tick(at=AT)
    letter = postbox.last(yusuf.address)
    postbox.receive(answer(letter, "help"), at=AT)
    postbox.receive(answer(letter, "perhaps"), at=AT)
    again = postbox.last(yusuf.address)
    assert "neither a plain yes nor a plain no" in " ".join(words(again).split())
    assert "| Pay them by the hour." in words(again)
    assert postbox.receive(answer(again, "confirm"), at=AT).number == 1
    receipt = postbox.last(yusuf.address)
    assert postbox.receive(answer(receipt, "listed"), at=AT).code == "list_reply_unknown"


def test_ones_own_data_holds_what_one_said_on_lists(keep: Keep, yusuf: Person) -> None:
    keep()
    told_ = Reader(yusuf).client.get(reverse("site:my-data")).json()["said_on_lists"]
    assert told_ == [
        {
            "process": "nm",
            "name": "Yusuf A.",
            "text": "Pay them by the hour.",
            "state": "waiting",
            "link": LINK,
        }
    ]


def test_the_desk_counts_what_came_by_lists(
    keep: Keep, process: Process, yusuf: Person, dalia: Participant
) -> None:
    reply = keep()
    keep("Another.")
    confirm_listed(reply, by=by(reply, yusuf), at=AT, channel="mail")
    RawMessage.objects.create(received_at=AT, sha256="x", data=b"", process_key="nm", outcome="list_other")
    counts = list_counts(process)
    assert (counts.seeds, [n for _label, n in counts.replies], counts.set_aside) == (0, [1, 1, 0, 0, 0], 1)
    page = Reader(dalia.person, in_office=True).open("/p/nm/desk/mail/")
    assert "Waits for its author" in page.text
    assert "Followed: Talk." in " ".join(page.text.split())
