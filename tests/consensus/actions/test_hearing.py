"""A panel decides an appeal: reasons for each argument, nobody's name, and what it overturns holds no longer."""

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from consensus.actions.test_designating import found
from consensus.hearing import (
    WHY,
    appealed,
    decide,
    empaneled,
    entry_of,
    found_on,
    jurors,
    opine,
    speak,
)
from remembering import remembered
from steps import line, new_entries, refusal
from talanoa.consensus.actions.challenging import answer_challenge, raise_challenge
from talanoa.consensus.actions.contesting import bring_appeal
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.empaneling import leave_seat
from talanoa.consensus.actions.handling import find_on_objection, maintain_objection
from talanoa.consensus.actions.hearing import close_appeals, give_opinion
from talanoa.consensus.models import Call, Designation, Objection, Opinion, PanelAppeal, PanelMember
from talanoa.consensus.queries import contested, designations_in_force
from talanoa.contributions.models import Appeal
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Participant

UP, OVER = "upheld", "overturned"


@pytest.fixture
@remembered
def designation(call: Call, voice: Participant, chair: Participant) -> Designation:
    speak(call, voice)
    return found_on(call, chair)


@pytest.fixture
@remembered
def appeal(designation: Designation, voice: Participant) -> PanelAppeal:
    return appealed(designation, voice)


@pytest.fixture
@remembered
def panel(appeal: PanelAppeal, clerk: Participant) -> list[PanelMember]:
    """Three who were drawn from five."""
    jurors(appeal.process)
    return empaneled(appeal, clerk)


def test_it_is_decided_once_every_seat_has_spoken(appeal: PanelAppeal, panel: list[PanelMember]) -> None:
    opine(appeal, panel[0], OVER)
    assert [one["k"] for one in new_entries(lambda: opine(appeal, panel[1], OVER))] == ["opinion.given.1"]
    assert contested(appeal.process) == ["appeal 1"]
    told = new_entries(lambda: opine(appeal, panel[2], UP))
    assert [one["k"] for one in told] == ["opinion.given.1", "appeal.decided.1", "designation.annulled.1"]
    assert told[1] == line(
        "appeal.decided.1",
        r="system",
        at=day(98),
        p="wg",
        entry=appeal.appeal.entry.index,
        outcome=OVER,
    )
    assert contested(appeal.process) == []


def test_an_entry_tells_neither_who_of_the_panel_spoke_nor_of_which_group(
    appeal: PanelAppeal, panel: list[PanelMember]
) -> None:
    told = new_entries(lambda: opine(appeal, panel[0], OVER))
    assert told == [line("opinion.given.1", r="participant", at=day(98), p="wg", appeal=1)]


def test_the_decision_gives_reasons_for_each_argument_and_the_minority_has_no_name(
    appeal: PanelAppeal, panel: list[PanelMember]
) -> None:
    done = decide(appeal, panel, OVER, UP, OVER)
    assert done.appeal.outcome == OVER
    assert done.appeal.reasons.split("\n\n") == [
        "## Argument 1",
        "On 1: overturned, says seat 1.",
        "On 1: overturned, says seat 3.",
        "### Opinion of the minority",
        "On 1: upheld, says seat 2.",
        "## Argument 2",
        "On 2: overturned, says seat 1.",
        "On 2: overturned, says seat 3.",
        "### Opinion of the minority",
        "On 2: upheld, says seat 2.\n",
    ]
    assert not any(member.name in done.appeal.reasons for member in panel)


def test_only_a_member_reads_their_own_opinion(appeal: PanelAppeal, panel: list[PanelMember]) -> None:
    opine(appeal, panel[0], OVER)
    readers = [None, panel[0].participant.person, panel[1].participant.person, appeal.by.person]
    assert [Opinion.objects.visible_to(person).count() for person in readers] == [0, 1, 0, 0]


def test_what_most_uphold_stands(
    appeal: PanelAppeal, panel: list[PanelMember], designation: Designation
) -> None:
    decide(appeal, panel, UP, OVER, UP)
    assert designation in designations_in_force(appeal.process)


def test_an_overturned_designation_is_annulled_and_the_other_one_stays(
    appeal: PanelAppeal, panel: list[PanelMember], designation: Designation
) -> None:
    decide(appeal, panel, OVER, OVER, OVER)
    designation.refresh_from_db()
    assert designation.annulled_at == day(98)
    assert [row.recommendation for row in designations_in_force(appeal.process)] == [2]


def test_appeal_decided_is_decided_for_good(appeal: PanelAppeal, panel: list[PanelMember]) -> None:
    decide(appeal, panel, UP, UP, UP)
    assert refusal(lambda: opine(appeal, panel[0], OVER)) == "appeal_decided"
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Appeal.objects.update(outcome=OVER)
    assert close_appeals(at=day(200)) == 0


def test_opinion_given_is_said_once_and_stays(appeal: PanelAppeal, panel: list[PanelMember]) -> None:
    opine(appeal, panel[0], OVER)
    assert refusal(lambda: opine(appeal, panel[0], UP)) == "opinion_given"
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Opinion.objects.update(outcome=UP)


def test_who_has_no_seat_finds_nothing(
    appeal: PanelAppeal, panel: list[PanelMember], chair: Participant, voice: Participant
) -> None:
    reserve = panel[0].draw.members.filter(state="pool")[0]
    for by in (chair, voice, reserve.participant):
        with pytest.raises(NotAllowed):
            give_opinion(appeal, by=by, outcome=UP, reasons={1: "x", 2: "x"}, at=day(98), channel="web")


def test_argument_unanswered_and_outcome_unknown(appeal: PanelAppeal, panel: list[PanelMember]) -> None:
    def say(outcome: str, reasons: dict[int, str]) -> PanelAppeal:
        by = panel[0].participant
        return give_opinion(appeal, by=by, outcome=outcome, reasons=reasons, at=day(98), channel="web")

    assert refusal(lambda: say(UP, {1: "No."})) == "argument_unanswered"
    assert refusal(lambda: say(UP, {1: "No.", 2: " "})) == "argument_unanswered"
    assert refusal(lambda: say(UP, {1: "No.", 2: "No.", 3: "No."})) == "argument_unanswered"
    assert refusal(lambda: say("kept", {1: "No.", 2: "No."})) == "outcome_unknown"


def test_at_the_end_of_the_time_most_of_the_seats_decide(
    appeal: PanelAppeal, panel: list[PanelMember]
) -> None:
    opine(appeal, panel[0], OVER)
    opine(appeal, panel[1], OVER)
    assert close_appeals(at=day(110)) == 0
    told = new_entries(lambda: close_appeals(at=day(111)))
    assert [(one["k"], one["ch"]) for one in told] == [
        ("appeal.decided.1", "tick"),
        ("designation.annulled.1", "tick"),
    ]
    assert close_appeals(at=day(112)) == 0


def test_without_most_of_the_seats_it_stays_open_and_the_next_word_decides(
    appeal: PanelAppeal, panel: list[PanelMember]
) -> None:
    opine(appeal, panel[0], OVER)
    assert close_appeals(at=day(120)) == 0
    opine(appeal, panel[1], OVER, at=day(121))
    assert Appeal.objects.get().outcome == OVER


def test_a_tie_after_somebody_left_lets_the_act_stand(
    designation: Designation, voice: Participant, clerk: Participant
) -> None:
    appeal = appealed(designation, voice)
    jurors(appeal.process, ("Wanjiru Kamau", "Tomás Rivera", "Aiko Tanaka"))
    first, second, third = empaneled(appeal, clerk)
    opine(appeal, first, OVER)
    opine(appeal, second, UP)
    leave_seat(appeal, by=third.participant, text="I am ill.", at=day(99), channel="mail")
    assert Appeal.objects.get().outcome == UP


def test_an_overturned_finding_lets_the_objection_stand(
    answered: Objection, voice: Participant, chair: Participant, clerk: Participant
) -> None:
    appeal = finding_appealed(answered, voice, chair)
    jurors(appeal.process)
    decide(appeal, empaneled(appeal, clerk), OVER, OVER, UP)
    answered.refresh_from_db()
    assert answered.state == "stands"


def finding_appealed(objection: Objection, voice: Participant, chair: Participant) -> PanelAppeal:
    """Yusuf appeals against what the chair found on his objection on day 70."""
    maintain_objection(objection, by=voice, text="They did not.", at=day(64), channel="mail")
    made = find_on_objection(
        objection,
        by=chair,
        finding="outweighed",
        text="One year is enough.",
        alternatives="To wait.",
        at=day(70),
        channel="web",
    )
    assert made.entry
    return bring_appeal(
        objection.call, by=voice, entry=made.entry.index, arguments=WHY, at=day(72), channel="web"
    )


def test_what_was_found_only_because_an_objection_was_outweighed_falls_with_it(
    answered: Objection, voice: Participant, chair: Participant, clerk: Participant
) -> None:
    appeal = finding_appealed(answered, voice, chair)
    designate(answered.call, by=chair, found=found("consensus"), at=day(91), channel="web")
    jurors(appeal.process)
    decide(appeal, empaneled(appeal, clerk), OVER, OVER, OVER)
    standing = [row.recommendation for row in designations_in_force(appeal.process)]
    answered.refresh_from_db()
    level = answered.call.decision_rule.level("consensus")
    assert level
    assert standing == ([2] if "stands" in level.bars else [1, 2])


def test_an_overturned_answer_to_a_challenge_annuls_the_designation(
    designation: Designation, voice: Participant, chair: Participant, clerk: Participant
) -> None:
    made = raise_challenge(designation, by=voice, text="No.", at=day(92), channel="web")
    answer_challenge(made, by=chair, outcome="kept", text="Yes.", at=day(93), channel="web")
    made.refresh_from_db()
    assert made.answer_entry
    appeal = bring_appeal(
        made.call, by=voice, entry=made.answer_entry.index, arguments=WHY, at=day(94), channel="web"
    )
    jurors(appeal.process)
    decide(appeal, empaneled(appeal, clerk), OVER, OVER, OVER)
    designation.refresh_from_db()
    assert designation.annulled_at == day(98)


def test_a_breach_of_procedure_takes_all_that_its_call_found(
    designation: Designation, voice: Participant, clerk: Participant
) -> None:
    call = designation.call
    declared = entry_of(designation) + 2
    appeal = bring_appeal(call, by=voice, entry=declared, arguments=WHY, at=day(94), channel="web")
    assert appeal.about == "procedure"
    jurors(appeal.process)
    decide(appeal, empaneled(appeal, clerk), OVER, OVER, OVER)
    assert designations_in_force(call.process) == []
