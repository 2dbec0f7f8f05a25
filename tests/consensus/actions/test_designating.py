"""The chair finds how far each recommendation is agreed: with reasons, over no objection, by no number, on one text."""

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from consensus.conftest import CALLED, FOUND, OVER, SETTLED, Object
from steps import DRAFT, new_entries, refusal
from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.handling import answer_objection, find_on_objection, maintain_objection
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.models import Call, Designation, Objection
from talanoa.consensus.queries import designations_in_force, raised_in
from talanoa.contributions.actions.moderating import hold_contribution, reject_contribution
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.writing import revise_draft
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.processes.models import Participant


def find(call: Call, by: Participant, found: dict[int, Found] | None = None, **other: object) -> Call:
    said: dict[str, object] = {"at": SETTLED, "channel": "web"} | other
    return designate(call, by=by, found=FOUND if found is None else found, **said)  # type: ignore[arg-type]


def found(
    level: str, reasons: str = "The reasons for it were heard, and nobody disproved them."
) -> dict[int, Found]:
    return {1: Found(level, reasons), 2: Found("consensus", "Nobody spoke against it.")}


def test_each_recommendation_is_found_on_by_name_with_reasons_and_hash(
    call: Call, chair: Participant
) -> None:
    told = new_entries(lambda: find(call, chair))
    assert [entry["k"] for entry in told] == ["consensus.designated.1"] * 2 + ["call.declared.1"]
    assert [(e["recommendation"], e["level"]) for e in told[:2]] == [(1, "consensus"), (2, "full_consensus")]
    assert {entry["sha256"] for entry in told[:2]} == {call.revision.sha256}
    assert [row.name for row in Designation.objects.all()] == ["Henrike Maas"] * 2


def test_objection_unanswered_keeps_the_call_open_and_is_named(
    objection: Objection, chair: Participant
) -> None:
    with pytest.raises(RuleBroken) as broken:
        find(objection.call, chair)
    assert (broken.value.rule, broken.value.subjects) == ("objection_unanswered", ("wg-1",))


def test_who_does_not_reply_in_time_has_no_veto_and_is_noted_as_dissent(
    answered: Objection, chair: Participant
) -> None:
    call = answered.call
    call.closes_at = OVER
    told = new_entries(lambda: find(call, chair))
    assert told[-1]["dissent"] == "1"
    call.refresh_from_db()
    assert "The objections wg-1 remain beside what was found." in call.declaration
    assert "They were counted in 2025." in call.declaration


def test_reply_running_the_chair_waits(
    call: Call, voice: Participant, editor: Participant, chair: Participant, objects: Object
) -> None:
    late = objects(call, voice, at=day(74))
    answer_objection(late, by=editor, text="They were counted.", at=day(74), channel="web")
    assert refusal(lambda: find(call, chair, at=day(80))) == "reply_running"
    find(call, chair, at=day(81))


def test_positions_open_nothing_is_found(call: Call, chair: Participant) -> None:
    assert refusal(lambda: find(call, chair, at=day(74))) == "positions_open"


def test_designation_incomplete(call: Call, chair: Participant) -> None:
    assert refusal(lambda: find(call, chair, {1: FOUND[1]})) == "designation_incomplete"
    assert refusal(lambda: find(call, chair, {**FOUND, 3: FOUND[1]})) == "designation_incomplete"


def test_a_level_of_another_rule_is_refused(call: Call, chair: Participant) -> None:
    assert refusal(lambda: find(call, chair, found("rough_consensus"))) == "designation_level_unknown"


def test_a_finding_says_why(call: Call, chair: Participant) -> None:
    assert refusal(lambda: find(call, chair, found("consensus", " "))) == "reason_missing"


@pytest.mark.parametrize(
    "count", ["98 % agree", "12 for, 3 against", "Most of the members voted yes: 40 of 43."]
)
def test_designation_by_number_is_refused(call: Call, chair: Participant, count: str) -> None:
    assert refusal(lambda: find(call, chair, found("consensus", count))) == "designation_by_number"


def test_however_many_support_it_nothing_is_found_by_that(call: Call, voice: Participant) -> None:
    take_position(call, by=voice, option="support", assurance=Assurance.PROVEN, at=CALLED, channel="mail")
    assert not Designation.objects.exists()


def test_objection_bars_level_of_full_consensus(answered: Objection, chair: Participant) -> None:
    assert refusal(lambda: find(answered.call, chair, found("full_consensus"))) == "objection_bars_level"
    find(answered.call, chair, found("consensus"))


def test_what_the_chair_outweighed_still_bars_full_consensus(
    answered: Objection, voice: Participant, chair: Participant
) -> None:
    maintain_objection(answered, by=voice, text="They did not.", at=day(64), channel="mail")
    find_on_objection(
        answered,
        by=chair,
        finding="outweighed",
        text="One year is enough to begin with.",
        alternatives="To wait.",
        at=day(70),
        channel="web",
    )
    assert refusal(lambda: find(answered.call, chair, found("full_consensus"))) == "objection_bars_level"


def test_a_call_is_declared_once(call: Call, chair: Participant) -> None:
    find(call, chair)
    assert refusal(lambda: find(call, chair)) == "call_declared"


def test_only_a_chair_designates(call: Call, convenor: Participant, editor: Participant) -> None:
    for by in (convenor, editor):
        with pytest.raises(NotAllowed):
            find(call, by)


def test_revision_changed_by_one_character_nothing_is_found_on_the_old_text(
    call: Call, chair: Participant, editor: Participant
) -> None:
    revise_draft(call.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=day(70), channel="web")
    assert refusal(lambda: find(call, chair)) == "revision_changed"


def test_a_designation_holds_for_its_text_alone(call: Call, chair: Participant, editor: Participant) -> None:
    find(call, chair)
    assert len(designations_in_force(call.process)) == 2
    revise_draft(call.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=day(92), channel="web")
    assert designations_in_force(call.process) == []


def test_nobody_loses_an_objection_because_the_text_was_touched(
    objection: Objection, chair: Participant, editor: Participant
) -> None:
    draft = objection.call.draft
    revise_draft(draft, by=editor, text=DRAFT.replace("year.", "year!"), at=day(70), channel="web")
    again = open_call(draft, by=chair, question="And this text?", at=day(71), channel="web")
    assert [row.number for row in raised_in(again)] == [1]
    assert refusal(lambda: find(again, chair, at=day(90))) == "objection_unanswered"


def test_an_objection_to_a_recommendation_that_is_gone_is_about_the_whole_text(
    call: Call, voice: Participant, chair: Participant, editor: Participant, objects: Object
) -> None:
    objects(call, voice, to=2)
    text = DRAFT.partition("Recommendation 2.")[0]
    revise_draft(call.draft, by=editor, text=text, at=day(70), channel="web")
    again = open_call(call.draft, by=chair, question="And this text?", at=day(71), channel="web")
    assert [row.recommendation for row in raised_in(again)] == [0]


def test_a_held_objection_keeps_the_call_open_and_a_rejected_one_is_set_aside_and_bars(
    objection: Objection, convenor: Participant, chair: Participant
) -> None:
    said = objection.contribution
    hold_contribution(said, by=convenor, reason="abuse", at=day(70), channel="web")
    assert refusal(lambda: find(objection.call, chair)) == "objection_unanswered"
    reject_contribution(
        said, by=convenor, reason="abuse", text="It attacks a person.", at=day(71), channel="web"
    )
    assert [row.state for row in raised_in(objection.call)] == ["set_aside"]
    assert refusal(lambda: find(objection.call, chair, found("full_consensus"))) == "objection_bars_level"


def test_a_text_without_recommendations_is_found_on_as_a_whole(
    draft: object, call: Call, chair: Participant, editor: Participant
) -> None:
    revise_draft(call.draft, by=editor, text="# Aims\n\nTo train all.", at=day(70), channel="web")
    again = open_call(call.draft, by=chair, question="And this text?", at=day(71), channel="web")
    find(again, chair, {0: FOUND[2]}, at=day(90))
    assert Designation.objects.get().recommendation == 0


def test_the_database_keeps_what_was_found(call: Call, chair: Participant) -> None:
    find(call, chair)
    for change in ({"level": "divergence"}, {"reasons": "Because."}):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            Designation.objects.update(**change)
