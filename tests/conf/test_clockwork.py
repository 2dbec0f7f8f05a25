"""What happens by itself: the clock moves stages, the record moves letters, and nothing happens twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from conftest import day
from mail.example_mails import Postbox, answer
from steps import answer_all, finish, seal
from talanoa.conf import clockwork
from talanoa.conf.clockwork import NOTICES, Ticked, tick
from talanoa.contributions.actions.moderating import quarantine
from talanoa.contributions.actions.standing import withdraw
from talanoa.inputs.models import Input
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.models import Cursor, OutgoingMessage
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.record.events import KINDS
from talanoa.record.models import Entry, Log

Send = Callable[..., Input]


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def test_the_call_closes_when_its_time_is_over_and_only_once(postbox: Postbox, process: Process) -> None:
    assert [tick(at=day(number)).stages for number in (39, 41, 41)] == [0, 1, 0]
    process.refresh_from_db()
    assert process.state == Process.State.REPORT_DRAFT


def test_a_report_becomes_final_when_its_review_is_over_and_only_once(
    postbox: Postbox, send: Send, yusuf: Person, convenor: Participant
) -> None:
    send(yusuf)
    seal(convenor)
    assert [tick(at=day(number)).final for number in (62, 64, 64)] == [0, 1, 0]


def test_a_comment_without_an_answer_keeps_the_report_from_becoming_final(
    postbox: Postbox, send: Send, process: Process, yusuf: Person, convenor: Participant
) -> None:
    send(yusuf)
    seal(convenor)
    tick(at=day(43))
    postbox.receive(answer(postbox.last(), "Who publishes it?"), at=day(50))
    assert tick(at=day(64)).final == 0
    answer_all(convenor, process.contributions.filter(number=2))
    assert tick(at=day(65)).final == 1


def test_what_the_clock_held_for_being_new_is_shown_when_its_time_is_over_and_only_once(
    postbox: Postbox, send: Send, yusuf: Person
) -> None:
    quarantine(send(yusuf).contribution, until=day(2), at=day(1.5), channel="mail")
    assert [tick(at=day(number)).released for number in (1.9, 2, 2)] == [0, 1, 0]


def test_each_entry_is_read_once(postbox: Postbox, send: Send, yusuf: Person, log: Log) -> None:
    send(yusuf)
    n_entries = Entry.objects.count()
    assert tick(at=day(2)) == Ticked(stages=0, final=0, entries=n_entries, mails=1)
    assert tick(at=day(2)) == Ticked(stages=0, final=0, entries=0, mails=0)
    assert Cursor.objects.get().position == n_entries


def test_more_entries_than_one_batch_are_all_read(
    postbox: Postbox, send: Send, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clockwork, "BATCH", 3)
    for number in range(7):
        send(yusuf, f"Text {number}")
    assert tick(at=day(2)) == Ticked(stages=0, final=0, entries=Entry.objects.count(), mails=7)


def test_an_act_that_was_rolled_back_is_told_to_nobody(
    postbox: Postbox, send: Send, yusuf: Person, process: Process
) -> None:
    @transaction.atomic
    def send_and_take_back_twice() -> None:
        made = send(yusuf)
        by = process.participants.get(person=yusuf)
        for _twice in range(2):
            withdraw(made.contribution, by=by, at=day(1), channel="web")

    tick(at=day(0))
    with pytest.raises(RuleBroken):
        send_and_take_back_twice()
    assert (tick(at=day(2)).mails, OutgoingMessage.objects.count()) == (0, 0)


def test_a_tick_that_fails_tells_the_same_people_the_next_time(
    postbox: Postbox, send: Send, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(yusuf)

    def fail(entry: Entry) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as broken:
        broken.setitem(NOTICES, "input.received.1", fail)
        with pytest.raises(OSError, match="power"):
            tick(at=day(2))
    assert tick(at=day(2)).mails == 1


def test_a_whole_process_tells_each_person_of_each_event_once(
    postbox: Postbox, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    send(yusuf)
    send(lucia)
    finish(convenor)
    first = tick(at=day(65)).mails
    keys = list(OutgoingMessage.objects.values_list("key", flat=True))
    assert (first, len(keys), len(set(keys)), tick(at=day(66)).mails) == (8, 8, 8, 0)


def test_notices_are_for_kinds_that_exist() -> None:
    assert NOTICES.keys() <= KINDS.keys()
