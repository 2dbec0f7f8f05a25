"""Four issues at the desk, brought by form and by mail, one for each outcome; the clock and the letters that follow."""

from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox, answer, mail, words
from registry.example_files import REGISTRY
from steps import draft
from talanoa.conf.clockwork import tick
from talanoa.desk.models import Answer, Issue, Referral
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.record.models import Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Body
from web import Hands, Reader

AMINA, FORUM = "Amina Wanjiru <amina@talanoa.example>", "The Forum <office@forum.example>"
CABLES, ROADS, FERRIES, TRAINING = (
    "Cables to small islands",
    "Holes in the road",
    "What a ferry costs",
    "Who trains?",
)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(1))


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def forum(log: Log) -> Body:
    load_registry(read(REGISTRY), at=START, channel="cli")
    Body.objects.filter(key="forum").update(contact="office@forum.example")
    return Body.objects.get(key="forum")


def bring(reader: Reader, title: str, **more: str) -> None:
    """Bring an issue by the form that the home page leads to."""
    reader.open("/")
    reader.follow("Bring an issue")
    reader.follow("Bring an issue")
    reader.press("Send my issue", title=title, text=f"{title}: nobody looks after it.", **more)


def by_mail(postbox: Postbox, title: str) -> None:
    """Bring an issue by a mail, whose sender confirms it by answering the receipt."""
    asked = mail(f"{title}: nobody looks after it.", to="issues@talanoa.example", subject=title)
    assert postbox.receive(asked, at=day(1)).code == ""
    assert postbox.receive(answer(postbox.last(), "Confirm. Kind regards, Yusuf"), at=day(1)).code == ""


def convened(desk: Reader, amina: Person) -> None:
    """Convene for issue 1, on the web: the process was begun as a draft."""
    draft(amina)
    desk.open("/issues/1/")
    desk.follow("Answer it")
    desk.press("Answer in public", outcome="convene", process="nm", reason="It concerns many.")
    assert "The process: nm. It is a draft" in shown("/issues/1/")


def declined(postbox: Postbox) -> None:
    """Decline issue 2, by mail: in answer to the letter that told the desk of it."""
    told = "An issue waits for an answer: 2"
    letter = next(one for one in postbox.letters("amina@talanoa.example") if one["Subject"] == told)
    said = answer(letter, "decline: the office of roads decides that.", sender=AMINA)
    assert postbox.receive(said, at=day(2)).code == ""


def referred(desk: Reader, postbox: Postbox) -> None:
    """Refer issue 3: the body finds a letter in its mailbox, and its answer to that arrives."""
    desk.open("/issues/3/answer/")
    desk.press("Answer in public", outcome="refer", body="forum", reason="It works on fees.")
    tick(at=day(2))
    liaison = postbox.last("office@forum.example")
    assert liaison["Subject"] == "Referred to you: issue 3"
    assert str(liaison["Reply-To"]).startswith("issues+")
    assert "> What a ferry costs: nobody looks after it." in words(liaison)
    assert postbox.receive(answer(liaison, "We take it up in June.", sender=FORUM), at=day(3)).code == ""
    assert Referral.objects.get().reply == "We take it up in June."
    assert "Forum of Crossings (FC) wrote back" in shown("/issues/3/")
    tick(at=day(3))
    assert "> We take it up in June." in words(postbox.last())


def offered_late(desk: Reader, hands: Hands) -> None:
    """Offer expertise for issue 4, too late: meanwhile the home page names it."""
    hands.turn_to(day(14))
    assert "Overdue" not in shown("/")
    hands.turn_to(day(17))
    assert f"Issue 4: {TRAINING} overdue by 2 days" in shown("/")
    desk.open("/issues/4/answer/")
    desk.press("Answer in public", outcome="expertise", reason="Lucía Pereira offers two days.")
    assert "Overdue" not in shown("/")


def shown(path: str) -> str:
    """What a visitor reads there."""
    return " ".join(Reader().open(path).text.split())


def test_four_issues_have_one_outcome_each_and_the_fourth_was_late(
    *, forum: Body, postbox: Postbox, amina: Person, lucia: Person, hands: Hands
) -> None:
    bring(Reader(lucia), CABLES)
    bring(Reader(), ROADS, name="Sione Vea", address="sione@gov.example", group="government")
    by_mail(postbox, FERRIES)
    by_mail(postbox, TRAINING)
    tick(at=day(1))
    sender = "Sione Vea <sione@gov.example>"
    confirmed = answer(postbox.last("sione@gov.example"), "confirm", sender=sender)
    assert postbox.receive(confirmed, at=day(1)).code == ""
    tick(at=day(1))
    assert list(Issue.objects.order_by("number").values_list("title", "state", "channel")) == [
        (CABLES, "open", "web"),
        (ROADS, "open", "web"),
        (FERRIES, "open", "mail"),
        (TRAINING, "open", "mail"),
    ]
    desk = Reader(amina, in_office=True)
    convened(desk, amina)
    declined(postbox)
    referred(desk, postbox)
    offered_late(desk, hands)
    outcomes = Answer.objects.order_by("issue__number").values_list("issue__number", "outcome")
    assert list(outcomes) == [(1, "convene"), (2, "decline"), (3, "refer"), (4, "expertise")]
    tick(at=day(17))
    told = [str(one["Subject"]) for one in postbox.letters() if "The answer to issue" in str(one["Subject"])]
    assert sorted(told) == [f"The answer to issue {number}" for number in (1, 2, 3, 4)]
