"""Parts of groups: the charter tells them apart, people choose theirs, and the board counts them."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from command_line import told
from conftest import day
from mail.example_mails import Postbox, answer, words
from steps import refusal
from talanoa.contributions.room import board
from talanoa.inputs.models import Input
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.letters import write_to
from talanoa.mail.outbox import write_outbox
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.actions.roles import choose_subgroup
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import published_charter
from web import Hands, Reader

Send = Callable[..., Input]
PARTS = ["civil_society; Consumer organizations", "civil_society; Unions", "academia; Libraries"]


@pytest.fixture
def parted(process: Process, convenor: Participant, yusuf: Person) -> Process:
    """The process, whose charter tells parts of civil society apart; Yusuf is of civil society."""
    made = published_charter(process)
    assert made
    assert yusuf.group == "civil_society"
    write_charter(process, by=convenor, facts=made.facts | {"subgroups": PARTS}, at=day(0.1))
    publish_charter(process, by=convenor, at=day(0.1), channel="web")
    return process


def test_a_part_stands_beside_what_is_said_from_then_on(parted: Process, send: Send, yusuf: Person) -> None:
    before = send(yusuf, text="Before.")
    choose_subgroup(parted, by=yusuf, name=" unions ", at=day(0.5))
    after = send(yusuf, text="After.")
    assert [row.contribution.authorship.subgroup for row in (before, after)] == ["", "Unions"]
    assert [(seat.name, seat.inputs) for seat in board(parted).parts] == [("Unions", 1)]
    assert "Civil society, Unions" in Reader().open("/p/nm/inputs/2/").text


def test_subgroup_unknown(parted: Process, yusuf: Person) -> None:
    for name in ("Libraries", "Elsewhere"):
        assert (
            refusal(lambda name=name: choose_subgroup(parted, by=yusuf, name=name, at=day(1)))
            == "subgroup_unknown"
        )


def test_a_part_can_be_taken_back(parted: Process, yusuf: Person) -> None:
    choose_subgroup(parted, by=yusuf, name="Unions", at=day(1))
    assert choose_subgroup(parted, by=yusuf, name="", at=day(2)).subgroup == ""


def test_a_part_belongs_to_a_group_that_there_is(process: Process) -> None:
    facts = charter.template("open-consultation", title="T") | {"subgroups": ["fishers; Coast"]}
    with pytest.raises(RuleBroken) as broken:
        charter.check_complete(facts)
    assert broken.value.rule in {"charter_unreadable", "charter_incomplete", "overlap_unrecorded"}


def test_by_web(parted: Process, yusuf: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    Hands(monkeypatch, day(1))
    reader = Reader(yusuf)
    reader.open("/p/nm/interests/")
    assert "Kept." in reader.press("Keep this part", part="Unions").text
    assert Participant.objects.get(person=yusuf, process=parted).subgroup == "Unions"


def test_by_mail(parted: Process, yusuf: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postbox = Postbox(tmp_path, monkeypatch)
    write_to(yusuf, key="k", subject="Open", lines=["Words."], at=day(1), process_key="nm")
    write_outbox()
    letter: EmailMessage = postbox.last()
    postbox.receive(answer(letter, "part: Consumer organizations"), at=day(2))
    assert "you speak for: Consumer organizations" in words(postbox.last())
    assert Participant.objects.get(person=yusuf, process=parted).subgroup == "Consumer organizations"


def test_by_command_line(parted: Process, yusuf: Person) -> None:
    assert told("interests", "part", "nm", "Unions", "--as", yusuf.address)["part"] == "Unions"
