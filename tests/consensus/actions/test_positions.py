"""Those who take part say where they stand; who objects says why, and what would resolve it."""

from datetime import timedelta

import pytest

from conftest import day
from consensus.conftest import CALLED, OVER, Object
from steps import DRAFT, line, member, new_entries, refusal
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.models import Call, Objection, Position
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.writing import revise_draft
from talanoa.kernel.errors import NotAllowed
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.models import Participant, Process, Role


def stand(call: Call, by: Participant, option: str, reason: str = "", **other: object) -> Position:
    said: dict[str, object] = {"assurance": Assurance.PROVEN, "at": CALLED, "channel": "mail"} | other
    return take_position(call, by=by, option=option, reason=reason, **said)  # type: ignore[arg-type]


def test_a_position_stands_on_the_record_and_the_last_one_counts(call: Call, voice: Participant) -> None:
    told = new_entries(lambda: stand(call, voice, "support"))
    assert told == [
        line(
            "position.taken.1",
            r="participant",
            at=CALLED,
            ch="mail",
            p="wg",
            call=1,
            recommendation=0,
            option="support",
        )
    ]
    stand(call, voice, "concern", "The rate is low in the countryside.")
    stand(call, voice, "abstain", recommendation=2)
    newest = call.positions.newest().order_by("recommendation")
    assert [(row.recommendation, row.option) for row in newest] == [(0, "concern"), (2, "abstain")]


def test_the_same_position_again_is_the_same(call: Call, voice: Participant) -> None:
    first = stand(call, voice, "support", "Yes.")
    assert new_entries(lambda: stand(call, voice, "support", " Yes. ")) == []
    assert call.positions.get() == first


def test_a_concern_says_what_it_is_about(call: Call, voice: Participant) -> None:
    assert refusal(lambda: stand(call, voice, "concern")) == "reason_missing"


def test_option_unknown_is_no_position(call: Call, voice: Participant) -> None:
    assert refusal(lambda: stand(call, voice, "maybe")) == "option_unknown"


def test_recommendation_unknown_is_not_in_the_text(call: Call, voice: Participant) -> None:
    assert refusal(lambda: stand(call, voice, "support", recommendation=3)) == "recommendation_unknown"


def test_observer_has_no_voice_by_role_and_by_declining_to_state_interests(
    call: Call, convenor: Participant, second: Participant, yusuf: Person
) -> None:
    observer = member(convenor, yusuf, Role.OBSERVER)
    state_interests(
        call.process,
        by=second.person,
        interests=Interests(is_declined=True),
        at=CALLED,
        channel="web",
    )
    for by in (observer, second):
        assert refusal(lambda by=by: stand(call, by, "support")) == "observer_has_no_voice"


def test_whose_address_is_not_confirmed_takes_no_position(call: Call, voice: Participant) -> None:
    with pytest.raises(NotAllowed):
        stand(call, voice, "support", assurance=Assurance.CLAIMED)


def test_a_stranger_to_the_process_takes_no_position(call: Call, process: Process, lucia: Person) -> None:
    elsewhere = Participant.objects.create(process=process, person=lucia, joined_at=day(1))
    with pytest.raises(NotAllowed):
        stand(call, elsewhere, "support")


def test_call_over_from_the_stated_minute_on(call: Call, voice: Participant, objects: Object) -> None:
    stand(call, voice, "support", at=OVER - timedelta(seconds=1))
    assert refusal(lambda: stand(call, voice, "abstain", at=OVER)) == "call_over"
    assert refusal(lambda: objects(call, voice, at=OVER)) == "call_over"


def test_revision_changed_nobody_takes_a_position_on_the_old_text(
    call: Call, voice: Participant, editor: Participant
) -> None:
    revise_draft(call.draft, by=editor, text=DRAFT.replace("hour", "hours"), at=CALLED, channel="web")
    assert refusal(lambda: stand(call, voice, "support")) == "revision_changed"


def test_an_objection_has_a_number_and_a_time_to_be_answered(
    call: Call, voice: Participant, objects: Object
) -> None:
    told = new_entries(lambda: objects(call, voice))
    made = Objection.objects.visible_to(None).get()
    assert [entry["k"] for entry in told] == ["objection.raised.1", "position.taken.1"]
    assert (told[0]["n"], told[0]["until"], told[0]["about"]) == (1, "2026-05-16T09:00Z", "evidence")
    assert (made.state, made.contribution.number, made.answer_by) == ("open", 1, day(75))
    assert call.positions.newest().get().option == "objection"


def test_the_same_mail_twice_is_one_objection(call: Call, voice: Participant, objects: Object) -> None:
    first = objects(call, voice)
    assert new_entries(lambda: objects(call, voice)) == []
    assert Objection.objects.get() == first


def test_resolution_missing_is_no_objection(call: Call, voice: Participant, objects: Object) -> None:
    assert refusal(lambda: objects(call, voice, resolves=" ")) == "resolution_missing"
    assert refusal(lambda: stand(call, voice, "objection", "No.")) == "resolution_missing"


def test_who_objects_without_a_reason_is_asked_for_it(
    call: Call, voice: Participant, objects: Object
) -> None:
    assert refusal(lambda: objects(call, voice, text=" ")) == "reason_missing"


def test_objection_kind_unknown(call: Call, voice: Participant, objects: Object) -> None:
    assert refusal(lambda: objects(call, voice, about="taste")) == "objection_kind_unknown"
