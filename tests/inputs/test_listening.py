"""Mail of a list that a process follows: what becomes a request to its author, and what is set aside."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import day
from mail.example_lists import ARCHIVE, LIST_ID, POST, carried, listed, munged
from mail.example_mails import LUCIA, YUSUF, Postbox, answer, mail, words
from talanoa.conf.clockwork import tick
from talanoa.inputs.models import Input, ListReply
from talanoa.inputs.queries import mails_of_lists, mails_refused
from talanoa.lib.announcements import message_id
from talanoa.lib.messageids import permalink_hash
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.people.models import Person
from talanoa.processes.actions.announcing import announce, follow_list, stop_following
from talanoa.processes.models import Announcement, FollowedList, Participant, Process, Seed

OURS = message_id("nm", 1, "talanoa.example")
ASKED = "Is what you wrote on the list to be an input?"
TUPOU = "Tupou Fifita <tupou@nukualofa.example>"
State = ListReply.State
Reply = Callable[..., ListReply]


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def followed(process: Process, convenor: Participant) -> FollowedList:
    told = {"list_id": LIST_ID, "name": "Talk", "post": POST, "archive": ARCHIVE}
    return follow_list(process, by=convenor, **told, at=day(0), channel="web")


@pytest.fixture
def made(followed: FollowedList, convenor: Participant, postbox: Postbox) -> Announcement:
    """An announcement that went to the list."""
    made = announce(
        followed.process,
        by=convenor,
        title="How should training be funded?",
        text="Please tell us.",
        language="en",
        lists=[LIST_ID],
        at=day(0),
        channel="web",
    )
    tick(at=day(0))
    return made


def hear(postbox: Postbox, raw: bytes, *, to: str = "nm+list@talanoa.example", on: float = 1) -> RawMessage:
    """Let the subscribed mailbox get a mail; return what was kept of it."""
    got = postbox.receive(raw, to=to, at=day(on))
    assert (got.number, got.code) == (None, "")
    return RawMessage.objects.latest("pk")


@pytest.fixture
def reply(made: Announcement, postbox: Postbox) -> Reply:
    """Somebody answers the announcement on the list."""

    def replying(text: str = "Pay them by the hour.", *, sender: str = TUPOU, **more: object) -> ListReply:
        hear(postbox, listed(text, sender=sender, **({"answers": OURS} | more)))  # type: ignore[arg-type]
        return ListReply.objects.latest("pk")

    return replying


def letters(postbox: Postbox, address: str = "tupou@nukualofa.example") -> list[str]:
    return [str(letter["Subject"]) for letter in postbox.letters(address)]


def test_the_list_gets_the_announcement_under_our_message_id_and_as_no_list_of_ours(
    made: Announcement, postbox: Postbox
) -> None:
    to_list = postbox.last(POST)
    own = postbox.last("amina@talanoa.example")
    assert to_list["Message-ID"] == own["Message-ID"] == f"<{OURS}>"
    assert to_list["From"] == "How should training be funded? <nm@talanoa.example>"
    assert (to_list["List-Id"], to_list["Auto-Submitted"], to_list["List-Unsubscribe"]) == (None, None, None)
    assert words(to_list) == words(own)


def test_the_announcement_seen_on_the_list_is_a_seed_and_asks_nobody(
    made: Announcement, postbox: Postbox
) -> None:
    link = f"{ARCHIVE}message/ABC/"
    n_letters = len(postbox.letters())
    kept = hear(postbox, carried(postbox.last(POST), archived_at=link))
    assert (kept.outcome, bytes(kept.data), kept.number) == ("list_seed", b"", None)
    assert [(s.message_id, s.permalink) for s in Seed.objects.all()] == [(OURS, link)]
    assert len(postbox.letters()) == n_letters


def test_an_announcement_passed_on_by_hand_is_a_seed_too(made: Announcement, postbox: Postbox) -> None:
    text = "Colleagues, see below.\n\nhttp://localhost:8000/p/nm/announcements/1/"
    kept = hear(postbox, listed(text, sender=LUCIA, name="fwd@nic.example"))
    assert (kept.outcome, Seed.objects.get().message_id) == ("list_seed", "fwd@nic.example")
    kept = hear(postbox, listed("Pay them.", sender=TUPOU, answers="fwd@nic.example"))
    assert kept.outcome == "list_reply"


def test_who_answers_it_is_asked_once_with_their_words_and_nothing_is_an_input_yet(
    reply: Reply, postbox: Postbox
) -> None:
    said = reply()
    assert (said.state, said.text, said.name) == (State.WAITING, "Pay them by the hour.", "Tupou Fifita")
    assert said.person
    assert said.person.address == "tupou@nukualofa.example"
    letter = postbox.last("tupou@nukualofa.example")
    text = words(letter)
    assert letter["Subject"] == ASKED
    assert "| Pay them by the hour." in text
    assert f"{ARCHIVE}message/{permalink_hash(said.message_id)}/" in text
    assert "forget your words on Monday 1 June 2026" in " ".join(text.split())
    assert not Input.objects.exists()
    hear(postbox, b"X-Again: 1\r\n" + bytes(RawMessage.objects.latest("pk").data))
    tick(at=day(5))
    assert letters(postbox) == [ASKED]
    assert ListReply.objects.count() == 1


def test_an_answer_to_an_answer_is_asked_too(reply: Reply, postbox: Postbox) -> None:
    first = reply()
    second = reply("I agree with her.", sender=LUCIA, answers=first.message_id)
    assert second.person
    assert second.person.address == "lucia@nic.example"
    assert letters(postbox, "lucia@nic.example") == [ASKED]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"answers": "other@lists.example"},
        {"answers": OURS, "headers": "Auto-Submitted: auto-replied\n"},
        {"answers": OURS, "headers": "X-Auto-Response-Suppress: All\n"},
        {"answers": OURS, "subject": "Out of office"},
    ],
)
def test_all_other_traffic_of_the_list_is_set_aside_and_not_kept(
    made: Announcement, postbox: Postbox, more: dict[str, str]
) -> None:
    n_letters = len(postbox.letters())
    kept = hear(postbox, listed("Who has a spare transmitter?", sender=TUPOU, **more))
    assert (kept.outcome, bytes(kept.data), kept.message_id) == ("list_other", b"", "")
    assert not ListReply.objects.exists()
    assert not Person.objects.filter(address="tupou@nukualofa.example").exists()
    assert len(postbox.letters()) == n_letters


def test_a_list_that_stands_in_from_is_not_asked_but_the_author_behind_it(
    reply: Reply, postbox: Postbox
) -> None:
    sender, headers = munged("Tupou Fifita", "tupou@nukualofa.example")
    said = reply(sender=sender, headers=headers)
    assert said.person
    assert (said.name, said.person.address) == ("Tupou Fifita", "tupou@nukualofa.example")
    assert letters(postbox) == [ASKED]
    assert letters(postbox, POST) == ["How should training be funded?"]


def test_x_original_from_names_the_author_as_well(reply: Reply, postbox: Postbox) -> None:
    headers = f"Reply-To: talk <{POST}>\nX-Original-From: {TUPOU}\n"
    reply(sender=f"Tupou via talk <{POST}>", headers=headers)
    assert letters(postbox) == [ASKED]


@pytest.mark.parametrize(
    "headers",
    [
        "",
        f"Reply-To: {POST}\n",
        "Reply-To: a@nukualofa.example, b@nukualofa.example\n",
        "Reply-To: talk-request@lists.garissa.example\n",
        "Reply-To: nm@talanoa.example\n",
    ],
)
def test_where_nobody_can_tell_the_author_nobody_is_asked_and_the_desk_sees_it(
    reply: Reply, postbox: Postbox, headers: str
) -> None:
    n_letters = len(postbox.letters())
    said = reply(sender=f"Somebody via talk <{POST}>", headers=headers)
    assert (said.state, said.person, said.text) == (State.UNANSWERABLE, None, "")
    assert said.raw.outcome == "list_unanswerable"
    assert bytes(said.raw.data) != b""
    assert len(postbox.letters()) == n_letters


def test_confirmed_by_mail_it_is_an_input_of_its_author_with_a_permalink(
    reply: Reply, postbox: Postbox
) -> None:
    said = reply()
    got = postbox.receive(answer(postbox.last("tupou@nukualofa.example"), "Confirm", sender=TUPOU), at=day(2))
    made = Input.objects.get()
    contribution = made.contribution
    assert (got.number, made.text) == (1, "Pay them by the hour.")
    assert (contribution.state, contribution.channel) == ("published", "mail")
    assert (contribution.authorship.name, contribution.authorship.assurance) == ("Tupou Fifita", "proven")
    said.refresh_from_db()
    assert (said.state, said.text, said.contribution) == (State.CONFIRMED, "", contribution)
    assert letters(postbox) == [ASKED, "Received: nm-1"]
    assert contribution.person.address_proven_at == day(2)


@pytest.mark.parametrize("text", ["Yes, please.", "confirm\n\nTupou", "Yes\n\nKind regards\nTupou Fifita"])
def test_a_plain_yes_confirms(reply: Reply, postbox: Postbox, text: str) -> None:
    reply()
    raw = answer(postbox.last("tupou@nukualofa.example"), text, sender=TUPOU)
    assert postbox.receive(raw, at=day(2)).number == 1


@pytest.mark.parametrize(
    "text",
    [
        "Please pay them by the day instead.",
        "I confirm nothing of the kind.",
        "Yes, but not under my name",
        "yes\nbut not under my name",
        "No problem, yes.",
        "replace: Pay them by the day.",
        "",
    ],
)
def test_any_other_answer_changes_nothing_and_asks_again(reply: Reply, postbox: Postbox, text: str) -> None:
    said = reply()
    got = postbox.receive(answer(postbox.last("tupou@nukualofa.example"), text, sender=TUPOU), at=day(2))
    said.refresh_from_db()
    assert (got.number, said.state, Input.objects.count()) == (None, State.WAITING, 0)
    assert letters(postbox) == [ASKED, ASKED]
    again = postbox.last("tupou@nukualofa.example")
    assert postbox.receive(answer(again, "confirm", sender=TUPOU), at=day(3)).number == 1


def test_no_declines_and_the_words_are_forgotten_at_once(reply: Reply, postbox: Postbox) -> None:
    said = reply()
    postbox.receive(answer(postbox.last("tupou@nukualofa.example"), "No, thank you", sender=TUPOU), at=day(2))
    said.refresh_from_db()
    assert (said.state, said.text, said.name, bytes(said.raw.data)) == (State.DECLINED, "", "", b"")
    assert not Input.objects.exists()
    assert letters(postbox) == [ASKED, "Declined"]


@pytest.mark.parametrize(
    ("sender", "to"),
    [
        (TUPOU, "nm@talanoa.example"),
        (TUPOU, "nm+aaaaaaaaaaaaaaaaaaaaaaaaaa@talanoa.example"),
        (YUSUF, ""),
    ],
)
def test_nobody_confirms_without_the_token_or_from_another_address(
    reply: Reply, postbox: Postbox, sender: str, to: str
) -> None:
    said = reply()
    letter = postbox.last("tupou@nukualofa.example")
    raw = mail("confirm", sender=sender, to=to or str(letter["Reply-To"]))
    assert postbox.receive(raw, at=day(2)).code == "not_allowed"
    said.refresh_from_db()
    assert (said.state, Input.objects.count()) == (State.WAITING, 0)


def test_the_token_of_one_reply_confirms_no_other(reply: Reply, postbox: Postbox, yusuf: Person) -> None:
    reply("Hers.")
    letter = postbox.last("tupou@nukualofa.example")
    reply("His.", sender=YUSUF)
    raw = answer(letter, "listed 2\nconfirm", sender=TUPOU)
    assert postbox.receive(raw, at=day(2)).number is None
    assert not Input.objects.exists()


def test_after_90_days_it_is_forgotten(reply: Reply) -> None:
    said = reply()
    tick(at=day(90.9))
    said.refresh_from_db()
    assert said.state == State.WAITING
    tick(at=day(91))
    said.refresh_from_db()
    assert (said.state, said.text, bytes(said.raw.data)) == (State.FORGOTTEN, "", b"")


def test_nobody_is_asked_twice_on_one_day_but_on_the_next(reply: Reply, postbox: Postbox) -> None:
    reply("First.")
    second = reply("Second.")
    assert (letters(postbox), second.asked_at) == ([ASKED], None)
    tick(at=day(1.9))
    assert letters(postbox) == [ASKED]
    tick(at=day(2.1))
    tick(at=day(4))
    assert letters(postbox) == [ASKED, ASKED]
    assert "| Second." in words(postbox.last("tupou@nukualofa.example"))


def test_a_mail_that_came_directly_and_by_the_list_is_one_input(made: Announcement, postbox: Postbox) -> None:
    facts = {"sender": TUPOU, "name": "same@nukualofa.example"}
    direct = mail("Pay them by the hour.", to=f"nm@talanoa.example, {POST}", **facts)  # type: ignore[arg-type]
    assert postbox.receive(direct, at=day(1)).number == 1
    copy = listed("Pay them by the hour.", to=f"nm@talanoa.example, {POST}", answers=OURS, **facts)
    hear(postbox, copy)
    hidden = listed("Pay them by the hour.", answers=OURS, **facts)
    hear(postbox, hidden)
    assert (Input.objects.count(), ListReply.objects.count()) == (1, 0)
    assert letters(postbox) == ["Received: nm-1"]


def test_the_copy_of_the_list_may_come_first(made: Announcement, postbox: Postbox) -> None:
    facts = {"sender": TUPOU, "name": "same@nukualofa.example", "to": f"nm@talanoa.example, {POST}"}
    copy = listed("Pay them by the hour.", answers=OURS, **facts)
    assert postbox.receive(copy, to="nm+list@talanoa.example", at=day(1)).number == 1
    assert postbox.receive(mail("Pay them by the hour.", **facts), at=day(1)).number == 1  # type: ignore[arg-type]
    assert Input.objects.count() == 1


def test_a_reply_that_came_directly_after_it_was_kept_is_the_input_that_is_confirmed(
    reply: Reply, postbox: Postbox
) -> None:
    said = reply(name="same@nukualofa.example")
    letter = postbox.last("tupou@nukualofa.example")
    direct = mail("Pay them by the hour.", sender=TUPOU, name="same@nukualofa.example")
    assert postbox.receive(direct, at=day(1)).number == 1
    assert postbox.receive(answer(letter, "confirm", sender=TUPOU), at=day(2)).number == 1
    said.refresh_from_db()
    assert (Input.objects.count(), said.state) == (1, State.CONFIRMED)


def test_the_mailbox_may_be_subscribed_with_its_plain_address(made: Announcement, postbox: Postbox) -> None:
    kept = hear(postbox, listed("Pay them.", sender=TUPOU, answers=OURS), to="nm@talanoa.example")
    assert kept.outcome == "list_reply"
    raw = b"Delivered-To: talanoa@talanoa.example\r\n" + listed("Or not.", sender=LUCIA, answers=OURS)
    assert hear(postbox, raw, to="").outcome == "list_reply"


def test_who_writes_to_the_process_and_the_list_sends_an_input(made: Announcement, postbox: Postbox) -> None:
    raw = listed("Pay them.", sender=TUPOU, answers=OURS, to=f"{POST}, nm@talanoa.example")
    assert postbox.receive(raw, to="nm+list@talanoa.example", at=day(1)).number == 1


def test_a_list_that_nobody_follows_is_mail_like_any_other_unless_it_answers_our_call(
    made: Announcement, postbox: Postbox
) -> None:
    elsewhere = {"list_id": "x.lists.example", "post": "x@lists.example", "to": "x@lists.example"}
    kept = hear(postbox, listed("Pay them.", sender=TUPOU, answers=OURS, **elsewhere))
    assert (kept.outcome, ListReply.objects.get().list) == ("list_reply", None)
    raw = listed("Buy soap.", sender=LUCIA, **elsewhere)
    assert postbox.receive(raw, to="nm@talanoa.example", at=day(1)).number == 1


def test_our_own_call_by_a_list_that_nobody_follows_is_no_input(made: Announcement, postbox: Postbox) -> None:
    kept = hear(postbox, carried(postbox.last(POST), list_id="x.lists.example"))
    assert (kept.outcome, Seed.objects.count()) == ("list_seed", 0)


def test_of_a_list_that_is_followed_no_more_all_is_set_aside(
    made: Announcement, followed: FollowedList, convenor: Participant, postbox: Postbox
) -> None:
    stop_following(followed, by=convenor, at=day(1), channel="web")
    kept = hear(postbox, listed("Pay them.", sender=TUPOU, answers=OURS))
    assert (kept.outcome, ListReply.objects.count()) == ("list_other", 0)


def test_after_the_call_nobody_is_asked(made: Announcement, postbox: Postbox) -> None:
    tick(at=day(41))
    kept = hear(postbox, listed("Pay them.", sender=TUPOU, answers=OURS), on=42)
    assert kept.outcome == "list_other"


def test_confirmed_too_late_it_is_refused_with_its_code(reply: Reply, postbox: Postbox) -> None:
    reply()
    tick(at=day(41))
    raw = answer(postbox.last("tupou@nukualofa.example"), "confirm", sender=TUPOU)
    assert postbox.receive(raw, at=day(42)).code == "call_closed"


def test_nobody_can_send_us_to_the_list_itself(made: Announcement, postbox: Postbox) -> None:
    """A mail in the list's own name, to the process itself, is an input that gets no letter at the list's address."""
    raw = mail(
        "Pay them.", sender=f"talk <{POST}>", headers=f"List-Id: <{LIST_ID}>\nList-Post: <mailto:{POST}>\n"
    )
    n_letters = len(postbox.letters(POST))
    assert postbox.receive(raw, at=day(1)).number == 1
    assert len(postbox.letters(POST)) == n_letters


def test_what_a_quotation_says_of_our_call_makes_an_answer_and_no_seed(
    made: Announcement, postbox: Postbox
) -> None:
    text = "Pay them.\n\nOn Mon, 2 Mar 2026 at 10:00, A wrote:\n> http://localhost:8000/p/nm/announcements/1/"
    kept = hear(postbox, listed(text, sender=TUPOU, answers="unseen@nic.example"))
    assert (kept.outcome, ListReply.objects.get().text) == ("list_reply", "Pay them.")
    assert not Seed.objects.exists()


def test_no_letter_of_ours_says_more_than_20_kb(reply: Reply) -> None:
    reply("Pay them by the hour. " * 5000)
    assert len(OutgoingMessage.objects.latest("pk").text.encode()) < 20_000


@pytest.mark.parametrize(
    "raw",
    [
        mail(
            "Your confirmation is needed to join the list.",
            sender="talk-confirm+4711@lists.garissa.example",
            to="nm+list@talanoa.example",
            headers="Precedence: bulk\n",
        ),
        listed(
            "You are subscribed.",
            sender="talk-request@lists.garissa.example",
            to="nm+list@talanoa.example",
            headers="Auto-Submitted: auto-generated\n",
        ),
    ],
    ids=["confirm", "welcome"],
)
def test_what_a_list_writes_about_itself_is_kept_for_the_desk_and_gets_no_number(
    made: Announcement, postbox: Postbox, raw: bytes
) -> None:
    n_letters = len(postbox.letters())
    kept = hear(postbox, raw)
    assert (kept.outcome, kept.process_key, bytes(kept.data)) == ("list_administration", "nm", raw)
    assert len(postbox.letters()) == n_letters
    assert [row.pk for row in mails_of_lists(made.process)] == [kept.pk]
    assert not mails_refused(made.process, day(1)).exists()


def test_a_person_who_writes_to_the_address_for_lists_is_heard(made: Announcement, postbox: Postbox) -> None:
    assert postbox.receive(mail("Pay them."), to="nm+list@talanoa.example", at=day(1)).number == 1


def test_of_further_copies_nothing_is_kept_so_that_erasing_and_declining_reach_everything(
    reply: Reply, postbox: Postbox
) -> None:
    said = reply(name="same@nukualofa.example")
    facts = {"sender": TUPOU, "answers": OURS, "name": "same@nukualofa.example"}
    other = hear(postbox, listed("Pay them by the hour.\n\nP.S. Sent to two lists.", **facts))  # type: ignore[arg-type]
    assert (other.outcome, bytes(other.data), other.message_id) == ("received", b"", "")
    postbox.receive(answer(postbox.last("tupou@nukualofa.example"), "no", sender=TUPOU), at=day(2))
    again = listed("Pay them by the hour.", **facts)  # type: ignore[arg-type]
    postbox.receive(again, to="nm+list@talanoa.example", at=day(3))
    said.raw.refresh_from_db()
    assert (bytes(said.raw.data), said.raw.message_id, ListReply.objects.count()) == (b"", "", 1)
    assert letters(postbox) == [ASKED, "Declined"]
