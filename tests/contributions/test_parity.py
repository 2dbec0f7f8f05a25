"""The same act on the web, by mail and on the command line leaves the same entry, save for the channel."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from command_line import refused, talanoa, told
from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from steps import new_entries
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.models import Appeal, Contribution, Flag, ModerationAct
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.models import Entry
from talanoa.record.queries import opened
from web import Hands, Reader

Send = Callable[..., Input]
AT = day(5)
ABUSE, NAMES = "abuse", "It calls me a thief."


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, AT)


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def three(send: Send, yusuf: Person) -> list[Contribution]:
    """Three inputs of Yusuf's, one for each channel."""
    return [send(yusuf, f"Words {n}").contribution for n in (1, 2, 3)]


def entries(act: Callable[[], object], field: str = "") -> tuple[dict[str, Any], list[str | None]]:
    """The one entry that `act` leaves, without what differs by number and place, and the values it commits to."""
    [made] = new_entries(act)
    values = [value.value for value in opened(Entry.objects.latest("index"))]
    return {k: v for k, v in made.items() if k not in ("ch", "n", "entry")} | {"ch": made["ch"] != ""}, values


@pytest.fixture
def letter(postbox: Postbox, send: Send, lucia: Person) -> EmailMessage:
    """Lucía's receipt for an input of her own, which lets her speak by mail."""
    send(lucia, "Hers.")
    tick(at=day(4))
    return postbox.last(lucia.address)


def test_a_flag_is_the_same_on_every_channel(
    three: list[Contribution], letter: EmailMessage, postbox: Postbox, lucia: Person
) -> None:
    reader = Reader(lucia)
    one, two, three_ = (row.number for row in three)

    def on_the_web() -> None:
        reader.open(f"/p/nm/inputs/{one}/")
        reader.follow("Flag it")
        reader.press("Flag it", reason=ABUSE, text=NAMES)

    def by_mail() -> None:
        raw = answer(letter, f"flag {two}: Abuse: {NAMES}", sender=LUCIA)
        assert postbox.receive(raw, at=AT).code == ""

    def on_the_line() -> None:
        words_ = ("moderate", "flag", "nm", three_, "--reason", ABUSE, "--text", NAMES)
        assert told(*words_, "--as", lucia.address)["state"] == "published"

    found = [entries(act) for act in (on_the_web, by_mail, on_the_line)]
    assert found[0] == found[1] == found[2]
    assert [flag.text for flag in Flag.objects.all()] == [NAMES] * 3
    assert "nobody is told that it was you" in " ".join(words(postbox.last(lucia.address)).split())


def test_an_appeal_is_the_same_on_every_channel(
    three: list[Contribution], postbox: Postbox, yusuf: Person, dalia: Participant
) -> None:
    for row in three:
        hold_contribution(row, by=dalia, reason=ABUSE, at=day(3), channel="web")
    tick(at=day(4))
    letters = {x["Subject"]: x for x in postbox.letters(yusuf.address)}
    reader = Reader(yusuf)

    def on_the_web() -> None:
        reader.open("/me/")
        reader.follow("You can appeal: nm-1")
        reader.press("Appeal", text="I name nobody.")

    def by_mail() -> None:
        raw = answer(letters["Your contribution nm-2 is held"], "appeal 2: I name nobody.")
        assert postbox.receive(raw, at=AT).code == ""

    def on_the_line() -> None:
        done = told("moderate", "appeal", "nm", "nm-3", "--text", "I name nobody.", "--as", yusuf.address)
        assert done["decide_by"] == "2026-03-21T09:00:00Z"

    found = [entries(act) for act in (on_the_web, by_mail, on_the_line)]
    assert found[0] == found[1] == found[2]
    assert [(row.text, row.person) for row in Appeal.objects.all()] == [("I name nobody.", yusuf)] * 3
    assert "decides until Saturday 21 March 2026, 09:00 UTC" in " ".join(words(postbox.last()).split())


@pytest.mark.parametrize(
    ("button", "words_", "state"),
    [
        ("Hold it", ("hold", "--reason", ABUSE), "withheld"),
        ("Reject it", ("reject", "--reason", ABUSE, "--text", NAMES), "rejected"),
    ],
)
def test_what_keeps_something_back_is_the_same_on_the_web_and_on_the_command_line(
    three: list[Contribution], dalia: Participant, button: str, words_: tuple[str, ...], state: str
) -> None:
    reader = Reader(dalia.person, in_office=True)

    def on_the_web() -> None:
        reader.open("/p/nm/desk/moderation/1/")
        reader.press(button, reason=ABUSE, text=NAMES)

    def on_the_line() -> None:
        verb, *more = words_
        assert told("moderate", verb, "nm", 2, *more, "--as", dalia.person.address)["state"] == state

    assert entries(on_the_web) == entries(on_the_line)
    assert [row.state for row in Contribution.objects.order_by("number")[:2]] == [state] * 2


def test_release_and_ruling_are_the_same_on_the_web_and_on_the_command_line(
    three: list[Contribution], yusuf: Person, dalia: Participant, chair: Participant
) -> None:
    for row in three[:2]:
        hold_contribution(row, by=dalia, reason=ABUSE, at=day(3), channel="web")
        told("moderate", "appeal", "nm", row.number, "--text", "No.", "--as", yusuf.address)
    reader = Reader(chair.person, in_office=True)

    def on_the_web() -> None:
        reader.open("/p/nm/desk/")
        reader.follow("Decide an appeal: nm-1")
        reader.press("Decide the appeal", outcome="overturned", reasons="It names nobody.")

    def on_the_line() -> None:
        rule = ("rule", "nm", 2, "--outcome", "overturned", "--text", "It names nobody.")
        assert told("moderate", *rule, "--as", chair.person.address)["outcome"] == "overturned"

    assert entries(on_the_web) == entries(on_the_line)
    for row in three[:2]:
        hold_contribution(row, by=dalia, reason="spam", at=day(4), channel="web")
    desk = Reader(dalia.person, in_office=True)

    def on_the_web_again() -> None:
        desk.open("/p/nm/desk/moderation/1/")
        desk.press("Release it")

    def on_the_line_again() -> None:
        assert told("moderate", "release", "nm", 2, "--as", dalia.person.address)["state"] == "published"

    assert entries(on_the_web_again) == entries(on_the_line_again)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("flag 1: I do not like it", "reason_unknown"),
        ("flag 1: abuse", "reason_missing"),
        ("flag 99: abuse, names", "number_unknown"),
        ("appeal 1: It is not mine", "not_allowed"),
        ("flag 4: abuse, my own", "own_case"),
    ],
)
def test_what_cannot_be_done_by_mail_is_refused_with_its_code(
    three: list[Contribution], letter: EmailMessage, postbox: Postbox, text: str, code: str
) -> None:
    assert postbox.receive(answer(letter, text, sender=LUCIA), at=AT).code == code
    assert not Flag.objects.exists()


@pytest.mark.parametrize("text", ["flag 1: abuse, names", "appeal 1: why"])
def test_a_name_alone_flags_and_appeals_nothing(
    three: list[Contribution], postbox: Postbox, text: str
) -> None:
    assert postbox.receive(mail(text), at=AT).code == "not_allowed"


def test_the_same_mail_twice_is_one_flag_and_one_appeal(
    three: list[Contribution], letter: EmailMessage, postbox: Postbox, yusuf: Person, dalia: Participant
) -> None:
    raw = answer(letter, "flag 1: abuse, names", sender=LUCIA)
    assert [postbox.receive(one, at=AT).code for one in (raw, b"X-Again: 1\r\n" + raw)] == ["", ""]
    hold_contribution(three[0], by=dalia, reason=ABUSE, at=day(3), channel="web")
    tick(at=day(4))
    raw = answer(postbox.last(yusuf.address), "appeal: I name nobody.")
    assert [postbox.receive(one, at=AT).code for one in (raw, b"X-Again: 1\r\n" + raw)] == ["", ""]
    assert (Flag.objects.count(), Appeal.objects.count()) == (1, 1)


def test_the_command_line_refuses_with_codes(three: list[Contribution], dalia: Participant) -> None:
    as_dalia = ("--as", dalia.person.address)
    assert refused("moderate", "rule", "nm", 1, "--outcome", "upheld", "--text", "x", *as_dalia) == (
        3,
        "appeal_missing",
    )
    assert refused("moderate", "release", "nm", 99, *as_dalia) == (3, "number_unknown")
    assert refused("moderate", "hold", "nm", 1, "--reason", "dull", *as_dalia) == (3, "reason_unknown")


def test_the_log_is_listed_as_everybody_reads_it(three: list[Contribution], dalia: Participant) -> None:
    hold_contribution(three[0], by=dalia, reason=ABUSE, at=day(3), channel="web")
    [row] = told("moderate", "log", "nm", "--as", dalia.person.address)["acts"]
    assert row == {
        "hour": "2026-03-05T09Z",
        "act": "hold",
        "number": 1,
        "reason": "abuse",
        "role": "secretariat",
        "outcome": "",
        "appeal": "",
        "entry": Entry.objects.latest("index").index,
    }
    out = talanoa("moderate", "log", "nm", "--as", dalia.person.address).out
    assert out.split() == ["2026-03-05T09Z", "nm-1", "hold", "abuse", "secretariat"]


def test_the_letter_is_shown_before_it_is_sent_and_nothing_is_done_yet(
    three: list[Contribution], dalia: Participant
) -> None:
    desk = Reader(dalia.person, in_office=True)
    desk.open("/p/nm/desk/moderation/1/")
    page = desk.press("See the letter", reason=ABUSE, text=NAMES)
    assert "Your contribution nm-1 is rejected" in page.text
    assert f"They write: {NAMES}" in page.text
    assert not ModerationAct.objects.exists()


def test_to_reject_without_words_is_told_at_the_field(three: list[Contribution], dalia: Participant) -> None:
    desk = Reader(dalia.person, in_office=True)
    desk.open("/p/nm/desk/moderation/1/")
    page = desk.press("Reject it", reason=ABUSE)
    assert "Say why, in a sentence or two." in page.text
    assert not ModerationAct.objects.exists()


def test_the_log_page_and_its_table_show_acts_to_everybody_and_people_to_nobody(
    three: list[Contribution], lucia: Person, dalia: Participant
) -> None:
    told("moderate", "hold", "nm", 1, "--reason", ABUSE, "--as", dalia.person.address)
    visitor = Reader()
    page = visitor.open("/p/nm/")
    page = visitor.follow("What was held or rejected, and why")
    assert "Held: It attacks a person" in page.text
    assert "Secretariat" in page.text
    assert not [name for name in ("Dalia", "Yusuf", "Words 1") if name in page.text]
    table = visitor.client.get("/p/nm/moderation.csv").content.decode().splitlines()
    assert table[0] == "when,act,number,reason,role,outcome,appeal,entry"
    assert table[1].startswith("2026-03-07T09Z,hold,nm-1,abuse,secretariat,,,")


def test_without_an_act_the_log_says_so(process: object) -> None:
    assert "Nothing was flagged or held here." in Reader().open("/p/nm/moderation/").text


def test_the_code_of_conduct_stands_beside_the_boxes_that_people_write_in(
    three: list[Contribution], yusuf: Person
) -> None:
    reader = Reader(yusuf)
    for path in ("/p/nm/inputs/write/", "/p/nm/inputs/1/replace/"):
        reader.open(path)
        page = reader.follow("Conduct: what is held back, and what never is")
        assert "Disagreeing, with anybody, about anything." in page.text
