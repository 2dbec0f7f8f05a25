"""`talanoa talk`: list, show and say; each good, refused, and by somebody who may not read."""

from pathlib import Path

import pytest

from command_line import talanoa, told
from conftest import Say
from talanoa.contributions.models import Assurance
from talanoa.discussions.models import Message
from talanoa.kernel import clock
from talanoa.people.models import Person
from talanoa.processes.models import Process, Stage

YUSUF = ("--as", "yusuf@garissa.example")


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "words.txt"
    file.write_text("Who trains?\n", encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _open_now(process: Process) -> None:
    Stage.objects.filter(kind="input").update(opened_at=clock.now(), closes_at=None)


def test_somebody_says_something_and_answers(words: Path, yusuf: Person) -> None:
    first = told("talk", "say", "nm", words, "--subject", "Trainers", *YUSUF)
    second = told("talk", "say", "nm", words, "--to", first["hash"].lower(), *YUSUF)
    assert (first["number"], second["number"]) == (1, 2)
    assert first["receipt"].startswith("Talanoa receipt: number nm-1")
    listed = told("talk", "list", "nm", *YUSUF)["threads"]
    assert [(row["hash"], row["subject"], row["messages"], row["people"]) for row in listed] == [
        (first["hash"], "Trainers", 2, 1)
    ]
    shown = told("talk", "show", "nm", second["hash"], *YUSUF)["messages"]
    assert [(row["number"], row["answers"], row["text"]) for row in shown] == [
        (1, "", "Who trains?"),
        (2, "nm-1", "Who trains?"),
    ]
    assert "in answer to nm-1" in talanoa("talk", "show", "nm", first["hash"], *YUSUF).out


def test_what_one_may_not_read_is_not_told(say: Say, yusuf: Person, lucia: Person) -> None:
    held = say(yusuf, "secret", assurance=Assurance.CLAIMED, said={"subject": "secret"})
    for words in (("list", "nm"), ("show", "nm", held.hash)):
        asked = [
            talanoa("talk", *words, "--as", person.address, *more).out
            for person in (lucia, yusuf)
            for more in ((), ("--json",))
        ]
        assert ["secret" in out for out in asked] == [False, False, True, True]


def test_message_unknown(words: Path, yusuf: Person) -> None:
    ended = talanoa("talk", "show", "nm", "A" * 32, *YUSUF)
    assert (ended.code, "message_unknown" in ended.err) == (3, True)


def test_a_file_that_is_not_there_is_named(yusuf: Person) -> None:
    assert talanoa("talk", "say", "nm", "/nowhere/x", *YUSUF).code == 5
    assert not Message.objects.exists()
