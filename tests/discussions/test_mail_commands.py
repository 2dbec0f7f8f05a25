"""Saying something by mail: which thread a mail joins, what of it is shown, and parity with web and command line."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from command_line import told as commanded
from conftest import Say, day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from steps import new_entries
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Contribution
from talanoa.discussions.models import Message, Thread
from talanoa.lib.messageids import permalink_hash
from talanoa.mail.actions import follow
from talanoa.mail.models import RawMessage
from talanoa.people.models import Person
from talanoa.processes.models import Process
from web import Hands, Reader

TALK = "nm+talk@talanoa.example"
pytestmark = pytest.mark.usefixtures("process")


def threads() -> list[tuple[int, int, int | None]]:
    """Of each message its number, its thread, and the number of what it answers."""
    rows = Message.objects.order_by("contribution__number")
    order = {pk: place for place, pk in enumerate(Thread.objects.order_by("pk").values_list("pk", flat=True))}
    return [
        (row.contribution.number, order[row.thread_id], row.parent and row.parent.contribution.number)
        for row in rows
    ]


def test_a_mail_to_the_talk_address_begins_a_thread(postbox: Postbox) -> None:
    got = postbox.receive(
        mail("Who trains?", to=TALK, subject="Trainers", name="a@garissa.example"), at=day(1)
    )
    made = Message.objects.get()
    assert (got.number, made.subject, made.text) == (1, "Trainers", "Who trains?")
    assert (made.message_id, made.hash) == ("a@garissa.example", permalink_hash("a@garissa.example"))
    assert made.contribution.state == "unconfirmed"
    assert f"/p/nm/talk/{made.hash}/" in words(postbox.last())


def test_the_answer_with_one_word_confirms_it(postbox: Postbox) -> None:
    postbox.receive(mail("Who trains?", to=TALK), at=day(1))
    postbox.receive(answer(postbox.last(), "confirm"), at=day(1))
    assert Contribution.objects.get().state == "published"


def test_one_takes_a_message_back_by_mail(postbox: Postbox) -> None:
    postbox.receive(mail("Who trains?", to=TALK), at=day(1))
    postbox.receive(answer(postbox.last(), "withdraw"), at=day(1))
    assert Contribution.objects.get().state == "withdrawn"


def test_an_answer_to_the_receipt_goes_on_in_the_thread(postbox: Postbox) -> None:
    postbox.receive(mail("Who trains?", to=TALK), at=day(1))
    postbox.receive(answer(postbox.last(), "And who pays them?"), at=day(1.01))
    assert threads() == [(1, 0, None), (2, 0, 1)]
    second = Message.objects.get(contribution__number=2)
    assert (second.text, second.contribution.state) == ("And who pays them?", "published")
    assert "> Thank you." in second.quoted


@pytest.mark.parametrize("to", ["nm@talanoa.example", TALK])
def test_a_mail_that_refers_to_a_known_message_joins_its_thread_wherever_it_is_sent(
    postbox: Postbox, say: Say, yusuf: Person, to: str
) -> None:
    first = say(yusuf)
    refers = f"References: <far@away.example> <{first.message_id}>\n"
    postbox.receive(mail("We do.", sender=LUCIA, to=to, headers=refers), at=day(1))
    assert threads() == [(1, 0, None), (2, 0, 1)]


@pytest.mark.parametrize(
    "headers",
    [
        "",
        "In-Reply-To: <nobody@knows.example>\n",
        "In-Reply-To: your message of Monday\nReferences: garbage <> <<>> <\u00e4>\n",
        "References: <" + "x" * 900 + "@y>\n",
        "Subject-Of: Re: Trainers\n",
    ],
)
def test_nothing_but_a_stored_identifier_joins_a_thread(
    postbox: Postbox, say: Say, yusuf: Person, headers: str
) -> None:
    say(yusuf)
    postbox.receive(
        mail("[nm-1] Re: We do.", sender=LUCIA, to=TALK, subject="Re: Trainers", headers=headers), at=day(1)
    )
    assert threads() == [(1, 0, None), (2, 1, None)]


def test_a_message_of_another_process_is_nothing_known_here(
    postbox: Postbox, say: Say, yusuf: Person, process: Process
) -> None:
    first = say(yusuf)
    Message.objects.update(process=Process.objects.create(**_elsewhere(process)))
    refers = f"In-Reply-To: <{first.message_id}>\n"
    postbox.receive(mail("We do.", to=TALK, headers=refers), at=day(1))
    made = Message.objects.latest("pk")
    assert (made.parent, made.thread == first.thread) == (None, False)


def _elsewhere(process: Process) -> dict[str, Any]:
    document = type(process.charter).objects.create(kind="charter", title="Maps")
    return {"key": "geo", "title": "Maps", "question": "?", "charter": document, "created_at": day(0)}


def test_the_nearest_of_several_is_answered(postbox: Postbox, say: Say, yusuf: Person, lucia: Person) -> None:
    first = say(yusuf)
    second = say(lucia, "We do.", to=first)
    refers = f"References: <{first.message_id}> <{second.message_id}>\nIn-Reply-To: <lost@x.example>\n"
    postbox.receive(mail("Thank you both.", headers=refers), at=day(1))
    assert threads()[-1] == (3, 0, 2)


def test_an_input_stays_an_input(postbox: Postbox, say: Say, yusuf: Person) -> None:
    say(yusuf)
    postbox.receive(mail("Please pay."), at=day(1))
    assert list(Contribution.objects.order_by("number").values_list("kind", flat=True)) == [
        "message",
        "input",
    ]


def test_the_same_mail_twice_is_one_message_and_the_same_identifier_with_other_words_is_another(
    postbox: Postbox,
) -> None:
    raw = mail("Who trains?", to=TALK, name="a@x.example")
    assert [postbox.receive(raw, at=day(1)).number for _twice in range(2)] == [1, 1]
    assert postbox.receive(mail("Somebody else.", to=TALK, name="a@x.example"), at=day(1)).number == 2
    first, second = Message.objects.order_by("pk")
    assert first.message_id == "a@x.example"
    assert second.message_id.startswith("nm.")
    assert RawMessage.objects.latest("pk").outcome == "id_reused"


@pytest.mark.parametrize("name", ["a b@x.example", "x" * 300 + "@x.example"])
def test_an_identifier_that_cannot_stand_in_a_header_gets_one_of_ours(postbox: Postbox, name: str) -> None:
    postbox.receive(mail("Who trains?", to=TALK, name=name), at=day(1))
    made = Message.objects.get()
    assert made.message_id == "ab@x.example" or made.message_id.startswith("nm.")


def test_inline_answers_stay_where_they_are_and_what_is_carried_along_is_folded_not_dropped(
    postbox: Postbox, say: Say, yusuf: Person
) -> None:
    first = say(yusuf)
    text = "> Who trains the trainers?\nWe do.\n> Who pays?\nNobody.\n\n> the rest\n> of it\n"
    postbox.receive(mail(text, sender=LUCIA, headers=f"In-Reply-To: <{first.message_id}>\n"), at=day(1))
    made = Message.objects.latest("pk")
    assert made.text == "> Who trains the trainers?\nWe do.\n> Who pays?\nNobody."
    assert made.quoted == "> the rest\n> of it"


def test_a_closed_discussion_says_so_to_the_sender(postbox: Postbox, process: Process) -> None:
    Process.objects.filter(pk=process.pk).update(state="final")
    got = postbox.receive(mail("Too late.", to=TALK), at=day(80))
    assert (got.code, Contribution.objects.count()) == ("discussion_closed", 0)
    assert "discussion_closed" in words(postbox.last())


# --- every message, as it happens


@pytest.fixture
def every(lucia: Person) -> Person:
    """Lucía wants every message at once."""
    follow(lucia, process_key="nm", level="every")
    return lucia


def sent(postbox: Postbox) -> list[EmailMessage]:
    tick(at=day(1))
    return [one for one in postbox.letters("lucia@nic.example") if "Message-ID-Hash" in one]


def test_who_wants_every_message_gets_it_as_its_authors(
    postbox: Postbox, say: Say, yusuf: Person, every: Person
) -> None:
    first = say(yusuf, said={"subject": "Señal\nBcc: x"})
    say(yusuf, "And who pays?", to=first, said={"references": ("far@away.example",)})
    one, two = sent(postbox)
    assert (one["Message-ID"], one["Subject"]) == (f"<{first.message_id}>", "Señal Bcc: x")
    [author] = one["From"].addresses
    assert (author.display_name, author.addr_spec) == ("Yusuf Abdi", "talanoa@localhost")
    assert one["Reply-To"].addresses[0].username.startswith("nm+")
    assert two["Subject"] == "Re: Señal Bcc: x"
    assert two["In-Reply-To"] == f"<{first.message_id}>"
    assert str(two["References"]).split() == ["<far@away.example>", f"<{first.message_id}>"]
    assert one["Message-ID-Hash"] == first.hash
    assert words(one).startswith("Who trains the trainers?\n\n-- \n")
    assert "yusuf@garissa.example" not in one.as_string()


def test_the_answer_to_a_message_joins_its_thread_as_its_readers_own(
    postbox: Postbox, say: Say, yusuf: Person, every: Person
) -> None:
    say(yusuf)
    [letter] = sent(postbox)
    postbox.receive(answer(letter, "We do.", sender=LUCIA), at=day(2))
    made = Message.objects.latest("pk")
    assert threads() == [(1, 0, None), (2, 0, 1)]
    assert (made.text, made.contribution.state, made.contribution.person) == ("We do.", "published", every)


def test_each_goes_once_and_only_when_it_is_public(
    postbox: Postbox, say: Say, yusuf: Person, every: Person
) -> None:
    postbox.receive(mail("A held one.", to=TALK), at=day(1))
    assert sent(postbox) == []
    postbox.receive(answer(postbox.last(), "confirm"), at=day(1))
    assert [words(one).split("\n")[0] for one in sent(postbox)] == ["A held one."]
    tick(at=day(2))
    assert len(sent(postbox)) == 1


def test_nobody_gets_their_own_message_nor_one_while_they_pause(
    postbox: Postbox, say: Say, yusuf: Person, every: Person
) -> None:
    say(every, "Mine.")
    follow(every, process_key="nm", level="every", paused_until=day(9))
    say(yusuf)
    assert sent(postbox) == []


# --- the same act on every channel


def test_a_message_stands_on_the_record_alike_whatever_the_channel(
    postbox: Postbox, say: Say, yusuf: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(yusuf, "The first.")
    tick(at=day(1))
    letter = postbox.letters("yusuf@garissa.example")[-1]
    Hands(monkeypatch, day(1))
    reader = Reader(yusuf)
    reader.open(f"/p/nm/talk/{Message.objects.get().hash}/reply/")
    file = tmp_path / "words.txt"
    file.write_text("By command.", encoding="utf-8")
    to = ("--to", Message.objects.get().hash, "--as", "yusuf@garissa.example")
    entries = [
        *new_entries(lambda: reader.press("Send my answer", text="By web.")),
        *new_entries(lambda: postbox.receive(answer(letter, "By mail."), at=day(1.01))),
        *new_entries(lambda: commanded("talk", "say", "nm", file, *to)),
    ]
    assert [entry.pop("ch") for entry in entries] == ["web", "mail", "cli"]
    assert [entry.pop("n") for entry in entries] == [2, 3, 4]
    assert entries[0] == entries[1] == entries[2]
    assert (entries[0]["thread"], entries[0]["answers"]) == (1, 1)
