"""What speakers say of their lines, and what the chair states of what a meeting decided."""

from datetime import timedelta

import pytest

from conftest import START, day
from meetings.conftest import LINES, REPLY_OVER, SPOKEN
from steps import line as leaf
from steps import new_entries, refusal
from talanoa.consensus.models import Call, Designation
from talanoa.kernel.errors import NotAllowed
from talanoa.meetings.actions.confirming import confirm_lines, correct_line, state_decision
from talanoa.meetings.models import MeetingDecision, Minutes, SpokenLine
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

WEB = {"at": day(7), "channel": "web"}
HEARD = {"reason": "Nobody spoke against it.", "at": day(SPOKEN), "channel": "web"}


@pytest.fixture
def speaker(process: Process, yusuf: Person) -> Participant:
    return enter(process, yusuf, at=START)


def states() -> list[str]:
    return list(SpokenLine.objects.order_by("number").values_list("state", flat=True))


def test_a_speaker_confirms_all_of_their_lines_and_nobody_elses(
    minutes: Minutes, speaker: Participant
) -> None:
    [entry] = new_entries(lambda: confirm_lines(minutes.meeting, by=speaker, **WEB))  # type: ignore[arg-type]
    assert entry == leaf("minutes.confirmed.1", r="participant", at=day(7), meeting=1, lines="1,4")
    assert states() == ["confirmed", "unasked", "asked", "confirmed"]
    assert refusal(lambda: confirm_lines(minutes.meeting, by=speaker, **WEB)) == "wrong_state"  # type: ignore[arg-type]


def test_a_correction_stands_beside_the_line_and_not_in_its_place(
    line: SpokenLine, speaker: Participant
) -> None:
    [entry] = new_entries(lambda: correct_line(line, by=speaker, text="Teach by radio and post.", **WEB))  # type: ignore[arg-type]
    assert entry == leaf("minutes.corrected.1", r="participant", at=day(7), meeting=1, line=1, correction=1)
    line.refresh_from_db()
    assert (line.text, line.state) == (LINES[0].text, "corrected")
    assert [row.text for row in line.corrections.all()] == ["Teach by radio and post."]
    confirm_lines(line.minutes.meeting, by=speaker, **WEB)  # type: ignore[arg-type]
    assert states() == ["corrected", "unasked", "asked", "confirmed"]


def test_line_unknown(minutes: Minutes, speaker: Participant, sione: Person, process: Process) -> None:
    other = enter(process, sione, at=START)
    for by, numbers in ((speaker, (3,)), (speaker, (1, 9)), (other, ()), (other, (2,))):
        assert (
            refusal(lambda: confirm_lines(minutes.meeting, by=by, numbers=numbers, **WEB)) == "line_unknown"  # type: ignore[arg-type] # noqa: B023 - called at once
        )
    assert states() == ["asked", "unasked", "asked", "asked"]


def test_nobody_corrects_what_another_one_said(line: SpokenLine, dalia: Participant, lucia: Person) -> None:
    for by in (dalia, enter(dalia.process, lucia, at=START)):
        with pytest.raises(NotAllowed):
            correct_line(line, by=by, text="Never.", **WEB)  # type: ignore[arg-type]


def test_reply_over(line: SpokenLine, speaker: Participant) -> None:
    last, over = (
        {"at": at, "channel": "web"} for at in (day(REPLY_OVER) - timedelta(seconds=1), day(REPLY_OVER))
    )
    assert refusal(lambda: correct_line(line, by=speaker, text="x", **over)) == "reply_over"  # type: ignore[arg-type]
    assert refusal(lambda: confirm_lines(line.minutes.meeting, by=speaker, **over)) == "reply_over"  # type: ignore[arg-type]
    assert len(confirm_lines(line.minutes.meeting, by=speaker, **last)) == 2  # type: ignore[arg-type]


def test_too_many_corrections(line: SpokenLine, speaker: Participant) -> None:
    for number in range(5):
        correct_line(line, by=speaker, text=f"No, {number}.", **WEB)  # type: ignore[arg-type]
    assert refusal(lambda: correct_line(line, by=speaker, text="x", **WEB)) == "too_many_corrections"  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "code"), [(" \n", "text_empty"), ("x" * 4001, "text_too_long")])
def test_a_correction_has_words(line: SpokenLine, speaker: Participant, text: str, code: str) -> None:
    assert refusal(lambda: correct_line(line, by=speaker, text=text, **WEB)) == code  # type: ignore[arg-type]


def test_confirmation_running(decision: MeetingDecision, chair: Participant) -> None:
    early = HEARD | {"at": day(SPOKEN) - timedelta(seconds=1)}
    act = {"by": chair, "finding": "confirmed"}
    assert refusal(lambda: state_decision(decision, **act, **early)) == "confirmation_running"  # type: ignore[arg-type]
    assert decision.standing == "Not confirmed yet"
    [entry] = new_entries(lambda: state_decision(decision, **act, **HEARD))  # type: ignore[arg-type]
    assert entry == leaf(
        "meetingdecision.stated.1", r="chair", at=day(SPOKEN), meeting=1, decision=1, finding="confirmed"
    )
    stated = MeetingDecision.objects.get(number=1)
    assert (stated.standing, stated.reason, stated.name) == ("Confirmed", HEARD["reason"], "Ivana Horvat")


def test_decision_stated(decision: MeetingDecision, chair: Participant) -> None:
    state_decision(decision, by=chair, finding="not_confirmed", **HEARD)  # type: ignore[arg-type]
    act = {"by": chair, "finding": "confirmed"}
    assert refusal(lambda: state_decision(decision, **act, **HEARD)) == "decision_stated"  # type: ignore[arg-type]
    assert MeetingDecision.objects.get(number=1).standing == "Not confirmed"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"finding": "full_consensus"}, "finding_unknown"),
        ({"finding": "confirmed", "reason": " "}, "reason_missing"),
        ({"finding": "confirmed", "reason": "x" * 4001}, "text_too_long"),
    ],
)
def test_the_chair_states_one_of_two_things_with_reasons(
    decision: MeetingDecision, chair: Participant, said: dict[str, str], code: str
) -> None:
    assert refusal(lambda: state_decision(decision, by=chair, **{**HEARD, **said})) == code  # type: ignore[arg-type]


def test_the_chair_states_it_and_the_convenor_where_there_is_none(
    decision: MeetingDecision, convenor: Participant, dalia: Participant
) -> None:
    with pytest.raises(NotAllowed):
        state_decision(decision, by=dalia, finding="confirmed", **HEARD)  # type: ignore[arg-type]
    state_decision(decision, by=convenor, finding="confirmed", **HEARD)  # type: ignore[arg-type]
    assert MeetingDecision.objects.get(number=1).finding == "confirmed"


def test_where_there_is_a_chair_the_convenor_states_nothing(
    decision: MeetingDecision, convenor: Participant, chair: Participant
) -> None:
    with pytest.raises(NotAllowed):
        state_decision(decision, by=convenor, finding="confirmed", **HEARD)  # type: ignore[arg-type]


def test_what_a_meeting_decided_is_never_a_designation(decision: MeetingDecision, chair: Participant) -> None:
    state_decision(decision, by=chair, finding="confirmed", **HEARD)  # type: ignore[arg-type]
    assert (Call.objects.count(), Designation.objects.count()) == (0, 0)
