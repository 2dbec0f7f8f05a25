"""A call that is over below a floor: it stays until they are heard, it is extended, or the reason is public."""

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import talanoa
from conftest import day
from mail.example_mails import Postbox, words
from steps import line, new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.balancing import explain_floors, find_floors
from talanoa.contributions.room import board
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Group, Person
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.actions.stages import extend_call, keep_stages
from talanoa.processes.models import FloorFinding, Participant, Process, Stage
from talanoa.processes.queries import published_charter
from web import Hands, Reader

Send = Callable[..., Input]


@pytest.fixture
def floors(process: Process, convenor: Participant) -> Process:
    """The process, whose charter wants two of government and one of Africa to speak."""
    charter = published_charter(process)
    assert charter
    facts = charter.facts | {"floors": ["government; 20-60; 2", "africa; ; 1"]}
    write_charter(process, by=convenor, facts=facts, at=day(0.1))
    publish_charter(process, by=convenor, at=day(0.1), channel="web")
    return process


def call_of(process: Process) -> Stage:
    return process.stages.get(kind=Stage.Kind.INPUT)


def over(process: Process, at: float = 41) -> None:
    find_floors(at=day(at))
    keep_stages(at=day(at))


def test_a_call_without_floors_closes_by_the_clock(process: Process) -> None:
    over(process)
    assert call_of(process).closed_at == day(41)
    assert not FloorFinding.objects.exists()


def test_a_call_whose_floors_are_reached_closes_by_the_clock(
    floors: Process, send: Send, sione: Person, yusuf: Person, lucia: Person
) -> None:
    for person in (sione, yusuf, lucia):
        type(person).objects.filter(pk=person.pk).update(group=Group.GOVERNMENT, country="KE")
        person.refresh_from_db()
        send(person)
    assert [entry["k"] for entry in new_entries(lambda: over(floors))] == ["stage.closed.1", "stage.opened.1"]
    assert board(floors).below == []


def test_a_call_below_a_floor_stays_and_says_so_once(floors: Process, send: Send, yusuf: Person) -> None:
    send(yusuf)
    told = new_entries(lambda: over(floors))
    assert told == [
        line("floors.missed.1", r="system", ch="tick", at=day(41), stage="input", gaps="government:0/2")
    ]
    assert new_entries(lambda: over(floors, 42)) == []
    assert (call_of(floors).closed_at, call_of(floors).is_open(day(41))) == (None, False)


def test_the_clock_alone_never_closes_it(floors: Process) -> None:
    keep_stages(at=day(41))
    assert call_of(floors).closed_at is None


def test_who_is_heard_late_still_counts(floors: Process, send: Send, sione: Person, yusuf: Person) -> None:
    send(yusuf)
    late = [send(person) for person in (sione,)]
    over(floors)
    floors.contributions.filter(pk=late[0].contribution_id).update(state="unconfirmed")
    type(late[0].contribution.authorship).objects.update(group="government", country="KE")
    over(floors, 42)
    assert call_of(floors).closed_at is None
    floors.contributions.update(state="published")
    over(floors, 43)
    assert call_of(floors).closed_at == day(43)


def test_a_public_reason_closes_it(floors: Process, convenor: Participant) -> None:
    over(floors)
    told = new_entries(
        lambda: explain_floors(
            floors, by=convenor, reason="Both ministries declined.", at=day(42), channel="web"
        )
    )
    assert [entry["k"] for entry in told] == ["floors.explained.1", "stage.closed.1", "stage.opened.1"]
    page = Reader().open("/p/nm/room/").text
    assert "Government: 0 spoke, 2 were wanted; Africa: 0 spoke, 1 were wanted" in page
    assert "Both ministries declined." in page


def test_only_the_convenor_says_why(floors: Process, dalia: Participant) -> None:
    over(floors)
    with pytest.raises(NotAllowed):
        explain_floors(floors, by=dalia, reason="They declined.", at=day(42), channel="web")


def test_no_floor_missed(floors: Process, convenor: Participant) -> None:
    why = {"by": convenor, "reason": "They declined.", "channel": "web"}
    assert refusal(lambda: explain_floors(floors, at=day(39), **why)) == "no_floor_missed"
    over(floors)
    explain_floors(floors, at=day(42), **why)
    assert refusal(lambda: explain_floors(floors, at=day(43), **why)) == "no_floor_missed"


def test_a_reason_has_words(floors: Process, convenor: Participant) -> None:
    over(floors)
    why = {"by": convenor, "reason": "  ", "at": day(42), "channel": "web"}
    assert refusal(lambda: explain_floors(floors, **why)) == "reason_missing"


def test_a_call_that_waits_can_be_extended_from_now_on(
    floors: Process, convenor: Participant, send: Send, yusuf: Person
) -> None:
    over(floors)
    extend_call(floors, by=convenor, days=7, reason="outreach", at=day(43), channel="web")
    assert call_of(floors).closes_at == day(50)
    assert call_of(floors).is_open(day(44))
    told = new_entries(lambda: over(floors, 51))
    assert [entry["k"] for entry in told] == ["floors.missed.1"]


def test_the_convenor_gets_a_letter_and_a_duty_and_closes_by_web(
    floors: Process, amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postbox = Postbox(tmp_path, monkeypatch)
    hands = Hands(monkeypatch, day(41))
    tick(at=day(41))
    letter = next(one for one in postbox.letters(amina.address) if "missing" in str(one["Subject"]))
    assert "government" in words(letter).lower()
    hands.turn_to(day(42))
    desk = Reader(amina, in_office=True)
    assert "Say why the call closes without some" in desk.open("/me/").text
    assert "The call for input is over." in desk.open("/p/nm/").text
    desk.open("/p/nm/desk/floors/")
    page = desk.press("Publish the reason and close the call", reason="Both ministries declined.")
    assert "Both ministries declined." in page.text
    assert call_of(floors).closed_at == day(42)


def test_by_command_line(floors: Process, amina: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    Hands(monkeypatch, day(42))
    find_floors(at=day(41))
    shown = talanoa("room", "show", "nm").out
    assert "government: 0 spoke, 0 inputs below" in shown
    told = talanoa("room", "explain", "nm", "They declined.", "--as", amina.address)
    assert "They declined." in told.out


def test_the_board_shows_what_is_wanted_beside_what_is(floors: Process, send: Send, yusuf: Person) -> None:
    send(yusuf)
    page = Reader().open("/p/nm/room/").text
    assert "Governmentwanted: 20–60% of the speakers; floor: 2 · below the floor" in page
    assert [seat.code for seat in board(floors).below] == ["government"]


def test_an_employer_behind_many_speakers_of_a_group_is_named(floors: Process, send: Send) -> None:
    for n in range(3):
        person = Person.objects.create(
            name=f"P{n}", group=Group.ACADEMIA, organization="Lagoon Bank", address=f"p{n}@bank.example"
        )
        send(person, text=f"Pay {n}.")
    assert (
        "Lagoon Bank employs, funds or stands behind 3 of the 3 who speak"
        in Reader().open("/p/nm/room/").text
    )
