"""What authors are told: each of them once, complete, and nothing of what others said in confidence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, words
from steps import answer_all, theme_with
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.answering import (
    approve_response,
    dispute_response,
    draft_response,
    reply_to_dispute,
)
from talanoa.contributions.actions.desk import file_under
from talanoa.contributions.models import Answer
from talanoa.inputs.models import Input
from talanoa.mail.models import OutgoingMessage
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]
LONG = "We read this twice. " * 30


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def told(postbox: Postbox, address: str) -> list[str]:
    return [letter["Subject"] for letter in postbox.letters(address)]


def test_an_answer_is_told_to_each_author_once_however_often_the_clock_runs(
    postbox: Postbox, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    send(yusuf)
    send(lucia)
    answer_all(convenor)
    assert [tick(at=day(4)).mails for _again in range(3)] == [4, 0, 0]
    assert told(postbox, yusuf.address) == ["Received: nm-1", "The answer to your input nm-1"]
    assert told(postbox, lucia.address) == ["Received: nm-2", "The answer to your input nm-2"]


def test_the_letter_holds_theme_summary_status_reason_change_and_place(
    postbox: Postbox, send: Send, yusuf: Person, convenor: Participant
) -> None:
    theme = theme_with(convenor, send(yusuf).contribution)
    facts = {"status": "out_of_scope", "text": LONG, "change": "None here.", "where": "The regional forum"}
    said = draft_response(convenor.process, by=convenor, theme=theme, at=day(3), **facts)
    approve_response(said, by=convenor, at=day(3), channel="web")
    tick(at=day(4))
    lines = words(postbox.last()).splitlines()
    assert max(map(len, lines)) <= 72
    joined = " ".join(" ".join(lines).split())
    for part in ("“Money”: They speak of Money.", "Out of scope.", LONG.strip(), "What changes: None here."):
        assert part in joined
    assert "Where: The regional forum" in joined
    assert "answer with the one word: thanks" in joined


def test_who_joins_a_theme_later_gets_its_answer_and_the_others_no_second_letter(
    postbox: Postbox, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    theme = theme_with(convenor, send(yusuf).contribution)
    said = draft_response(convenor.process, by=convenor, theme=theme, status="noted", text="Read.", at=day(3))
    approve_response(said, by=convenor, at=day(3), channel="web")
    file_under([send(lucia).contribution], theme, by=convenor)
    approve_response(said, by=convenor, at=day(3), channel="web")
    tick(at=day(4))
    letters = OutgoingMessage.objects.filter(subject__startswith="The answer").values_list("to", flat=True)
    assert sorted(letters) == [lucia.address, yusuf.address]


def test_people_without_an_address_get_no_letter(send: Send, postbox: Postbox, convenor: Participant) -> None:
    send(know_person(name="Tupou Fifita"))
    answer_all(convenor)
    assert tick(at=day(4)).mails == 0


def test_the_author_of_a_private_input_is_answered_and_nobody_else_reads_a_word_of_it(
    postbox: Postbox, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    send(yusuf, "CANARY-TEXT", title="CANARY-TITLE", publication="private")
    send(lucia)
    answer_all(convenor)
    tick(at=day(4))
    assert told(postbox, yusuf.address)[-1] == "The answer to your input nm-1"
    others = [letter for letter in postbox.letters() if letter["To"] != yusuf.address]
    assert others
    assert not [
        letter for letter in others if "CANARY" in letter.as_string() or "Yusuf" in letter.as_string()
    ]


def test_the_reply_to_a_dispute_is_told_to_the_one_who_raised_it(
    postbox: Postbox, send: Send, process: Process, yusuf: Person, convenor: Participant
) -> None:
    send(yusuf)
    answer_all(convenor)
    by = enter(process, yusuf, at=day(4))
    dispute = dispute_response(Answer.objects.get(), by=by, text="I said fees.", at=day(4), channel="web")
    reply_to_dispute(dispute, by=convenor, reply="You did. We corrected it.", at=day(5), channel="web")
    tick(at=day(6))
    assert postbox.last()["Subject"] == "The reply to your dispute of nm-1"
    assert words(postbox.last()).endswith("You did. We corrected it.\n")
