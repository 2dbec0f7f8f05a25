"""Whoever took part can challenge what the chair found; the chair answers with reasons, and late in public."""

from datetime import datetime

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from consensus.actions.test_calling import FOUND, ask
from consensus.conftest import SETTLED, Object
from consensus.hearing import entry_of, found_on, speak
from remembering import remembered
from steps import line, new_entries, refusal
from talanoa.consensus.actions.challenging import answer_challenge, raise_challenge
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.models import Call, Challenge, Designation
from talanoa.consensus.queries import contested, designations_in_force
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Participant

CHALLENGED = day(92)
WHY = "The hourly rate was never argued for."


@pytest.fixture
@remembered
def designation(call: Call, voice: Participant, chair: Participant) -> Designation:
    """What Henrike found on recommendation 1 on day 91, in a call in which Yusuf took part."""
    speak(call, voice)
    return found_on(call, chair)


def challenge(
    designation: Designation, by: Participant, text: str = WHY, at: datetime = CHALLENGED
) -> Challenge:
    return raise_challenge(designation, by=by, text=text, at=at, channel="mail")


def answer(
    made: Challenge, by: Participant, outcome: str = "kept", text: str = "It was: see wg-1.", **other: object
) -> Challenge:
    said: dict[str, object] = {"at": day(93), "channel": "web"} | other
    return answer_challenge(made, by=by, outcome=outcome, text=text, **said)  # type: ignore[arg-type]


def test_a_challenge_is_public_and_says_until_when_it_is_answered(
    designation: Designation, voice: Participant
) -> None:
    told = new_entries(lambda: challenge(designation, voice))
    assert told == [
        line(
            "challenge.raised.1",
            r="participant",
            at=day(92),
            ch="mail",
            p="wg",
            challenge=1,
            call=1,
            recommendation=1,
            entry=entry_of(designation),
            until="2026-06-16T09:00Z",
        )
    ]
    assert contested(designation.call.process) == ["challenge 1"]


def test_standing_missing_of_who_took_no_part(designation: Designation, second: Participant) -> None:
    assert refusal(lambda: challenge(designation, second)) == "standing_missing"


def test_who_is_in_another_process_challenges_nothing(designation: Designation, nino: Participant) -> None:
    with pytest.raises(NotAllowed):
        challenge(designation, nino)


def test_challenge_too_late_after_14_days(designation: Designation, voice: Participant) -> None:
    late = day(91 + 14)
    assert refusal(lambda: challenge(designation, voice, at=late)) == "challenge_too_late"
    assert challenge(designation, voice, at=day(104)).number == 1


def test_challenged_already_and_the_same_words_are_the_same(
    designation: Designation, voice: Participant
) -> None:
    first = challenge(designation, voice)
    assert challenge(designation, voice) == first
    assert refusal(lambda: challenge(designation, voice, "And another thing.")) == "challenged_already"


def test_a_challenge_says_why(designation: Designation, voice: Participant) -> None:
    assert refusal(lambda: challenge(designation, voice, " ")) == "reason_missing"


def test_the_chair_keeps_the_designation_with_reasons(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    made = challenge(designation, voice)
    told = new_entries(lambda: answer(made, chair))
    assert [(one["k"], one["outcome"]) for one in told] == [("challenge.answered.1", "kept")]
    assert contested(designation.call.process) == []
    assert len(designations_in_force(designation.call.process)) == 2


def test_the_chair_annuls_the_designation_and_the_same_text_can_be_called_again(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    made = challenge(designation, voice)
    told = new_entries(lambda: answer(made, chair, "annulled", "You are right."))
    assert [one["k"] for one in told] == ["challenge.answered.1", "designation.annulled.1"]
    assert [row.recommendation for row in designations_in_force(designation.call.process)] == [2]
    again = ask(designation.call.draft, chair, day(94))
    assert (again.number, again.because) == (2, "")


def test_what_a_later_call_finds_takes_the_place_of_the_earlier(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    answer(challenge(designation, voice), chair, "annulled", "You are right.")
    again = ask(designation.call.draft, chair, day(94))
    designate(again, by=chair, found=FOUND, at=day(109), channel="web")
    assert [row.call.number for row in designations_in_force(again.process)] == [2, 2]


def test_designation_annulled_is_neither_challenged_nor_answered_for_again(
    call: Call, voice: Participant, second: Participant, chair: Participant
) -> None:
    speak(call, voice)
    speak(call, second)
    designation = found_on(call, chair)
    mine, other = challenge(designation, voice), challenge(designation, second)
    answer(mine, chair, "annulled", "You are right.")
    assert refusal(lambda: answer(other, chair)) == "designation_annulled"
    other.refresh_from_db()
    assert (other.standing(day(200)), contested(call.process)) == ("moot", [])


def test_only_the_chair_who_found_it_answers(
    designation: Designation, voice: Participant, convenor: Participant, editor: Participant
) -> None:
    made = challenge(designation, voice)
    for by in (convenor, editor, voice):
        with pytest.raises(NotAllowed):
            answer(made, by)


def test_challenge_answered_once(designation: Designation, voice: Participant, chair: Participant) -> None:
    made = challenge(designation, voice)
    answer(made, chair)
    assert refusal(lambda: answer(made, chair, "annulled")) == "challenge_answered"


def test_outcome_unknown_to_a_challenge(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    made = challenge(designation, voice)
    assert refusal(lambda: answer(made, chair, "upheld")) == "outcome_unknown"
    assert refusal(lambda: answer(made, chair, text="")) == "reason_missing"


def test_silence_shows_as_overdue_and_holds_the_stage_open(
    designation: Designation, voice: Participant
) -> None:
    made = challenge(designation, voice)
    assert made.standing(day(105)) == "open"
    assert made.standing(day(106)) == "overdue"
    assert contested(designation.call.process) == ["challenge 1"]


def test_an_objector_took_part(call: Call, voice: Participant, objects: Object) -> None:
    objects(call, voice)
    assert call.positions.filter(participant=voice).exists()


def test_the_database_keeps_a_challenge_its_answer_and_an_annulment(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    made = answer(challenge(designation, voice), chair, "annulled", "You are right.")
    rows = Challenge.objects.filter(pk=made.pk)
    for change in ({"text": "No."}, {"outcome": "kept"}, {"answer_by": SETTLED}):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        rows.delete()
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Designation.objects.filter(pk=designation.pk).update(annulled_at=None)
