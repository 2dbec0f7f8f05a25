"""What stands above a letter: its list, how to end it, where it stands on the web, and that a machine wrote it."""

from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, mail
from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.mail.letters import write_to
from talanoa.mail.outbox import write_outbox
from talanoa.people.models import Person
from talanoa.processes.models import Process


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def written(person: Person, postbox: Postbox, **more: object) -> dict[str, str]:
    values: dict[str, object] = {"key": "k", "subject": "S", "lines": ["Words."], "process_key": "nm"}
    write_to(person, at=day(1), **{**values, **more})  # type: ignore[arg-type]
    write_outbox()
    return {name: str(value) for name, value in postbox.last().items()}


def test_a_letter_to_many_says_its_list_and_how_to_end_it(postbox: Postbox, yusuf: Person) -> None:
    head = written(yusuf, postbox)
    page, _comma, mailto = head["List-Unsubscribe"].partition(", ")
    token = page.split("/")[-2]
    assert (head["List-Id"], head["X-Loop"]) == ("<nm.talanoa.example>", "talanoa.example")
    assert page == f"<http://localhost:8000/p/nm/mail/{token}/>"
    assert mailto == f"<mailto:nm+{token}@talanoa.example?subject=unsubscribe>"
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (head["Auto-Submitted"], "Precedence" in head) == ("auto-generated", False)


def test_the_token_that_ends_letters_is_another_than_the_one_that_answers(
    postbox: Postbox, yusuf: Person
) -> None:
    head = written(yusuf, postbox)
    reply = head["Reply-To"].partition("+")[2].partition("@")[0]
    leave = head["List-Unsubscribe"].split("/")[-2].split(">")[0]
    rows = [tokens.find(token, process_key="nm", at=day(2)) for token in (reply, leave)]
    assert [row.word for row in rows if row] == ["", "unsubscribe"]


def test_what_is_addressed_to_one_alone_cannot_be_ended(postbox: Postbox, yusuf: Person) -> None:
    head = written(yusuf, postbox, number=7, alone=True)
    assert (head["List-Id"], "List-Unsubscribe" in head) == ("<nm.talanoa.example>", False)
    assert head["Archived-At"] == "<http://localhost:8000/p/nm/inputs/7/>"


def test_what_has_no_page_names_none(postbox: Postbox, yusuf: Person) -> None:
    assert "Archived-At" not in written(yusuf, postbox)


def test_an_answer_to_a_mail_belongs_to_its_process_too(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    letter = postbox.last()
    assert (letter["List-Id"], letter["Auto-Submitted"]) == ("<nm.talanoa.example>", "auto-replied")


@pytest.mark.parametrize("key", ["", "help", "talanoa"])
def test_a_letter_of_no_process_is_of_no_list(postbox: Postbox, key: str) -> None:
    queue_mail(key="k", to="yusuf@garissa.example", subject="S", text="W.", at=day(1), process_key=key)
    write_outbox()
    assert postbox.last()["List-Id"] is None
