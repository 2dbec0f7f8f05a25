"""Whoever took part can appeal to a panel: against an act on the record, in time, once, with arguments."""

import pytest

from conftest import day
from consensus.hearing import SETTLED_DAY, WHY, appealed, decide, empaneled, entry_of, found_on, jurors, speak
from remembering import remembered
from steps import DRAFT, line, new_entries, refusal
from talanoa.consensus.actions.challenging import answer_challenge, raise_challenge
from talanoa.consensus.actions.contesting import admit_appeal, bring_appeal, refuse_appeal, support_appeal
from talanoa.consensus.actions.handling import find_on_objection, maintain_objection
from talanoa.consensus.contestable import open_acts
from talanoa.consensus.models import Call, Designation, Objection, PanelAppeal
from talanoa.consensus.queries import contested
from talanoa.contributions.models import Appeal
from talanoa.contributions.moderation import open_appeals
from talanoa.contributions.moderation_log import log_lines
from talanoa.drafts.actions.writing import revise_draft
from talanoa.kernel.errors import NotAllowed
from talanoa.people.actions import know_person
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.models import Participant, Role


@pytest.fixture
@remembered
def designation(call: Call, voice: Participant, chair: Participant) -> Designation:
    speak(call, voice)
    return found_on(call, chair)


def test_an_appeal_names_the_act_by_its_entry_and_numbers_its_arguments(
    designation: Designation, voice: Participant
) -> None:
    told = new_entries(lambda: appealed(designation, voice))
    assert told == [
        line(
            "appeal.raised.1",
            r="participant",
            at=day(95),
            p="wg",
            entry=entry_of(designation),
            until="2026-06-19T09:00Z",
        )
    ]
    made = PanelAppeal.objects.get()
    assert [(row.number, row.text) for row in made.arguments.all()] == [(1, WHY[0]), (2, WHY[1])]
    assert contested(designation.call.process) == ["appeal 1"]


def test_an_appeal_to_a_panel_is_no_matter_of_moderation(
    designation: Designation, voice: Participant
) -> None:
    appealed(designation, voice)
    assert list(open_appeals(designation.call.process)) == []
    assert log_lines(designation.call.process, at=day(96)) == []


def test_standing_missing_of_who_took_no_part_in_the_call(
    designation: Designation, second: Participant
) -> None:
    assert refusal(lambda: appealed(designation, second)) == "standing_missing"


def test_appeal_too_late_after_28_days(designation: Designation, voice: Participant) -> None:
    assert refusal(lambda: appealed(designation, voice, day(SETTLED_DAY + 28))) == "appeal_too_late"
    assert appealed(designation, voice, day(SETTLED_DAY + 27)).number == 1


def test_appealed_already_by_whomever(
    call: Call, voice: Participant, second: Participant, chair: Participant
) -> None:
    speak(call, voice)
    speak(call, second)
    designation = found_on(call, chair)
    first = appealed(designation, voice)
    assert appealed(designation, voice) == first
    assert refusal(lambda: appealed(designation, second)) == "appealed_already"


def test_nothing_to_appeal_in_another_entry_or_in_what_was_annulled(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    def bring(entry: int) -> PanelAppeal:
        return bring_appeal(
            designation.call, by=voice, entry=entry, arguments=WHY, at=day(95), channel="mail"
        )

    assert refusal(lambda: bring(0)) == "nothing_to_appeal"
    made = raise_challenge(designation, by=voice, text="No.", at=day(92), channel="web")
    answer_challenge(made, by=chair, outcome="annulled", text="Yes.", at=day(93), channel="web")
    assert refusal(lambda: bring(entry_of(designation))) == "nothing_to_appeal"


def test_an_appeal_has_arguments_and_not_too_many(designation: Designation, voice: Participant) -> None:
    def bring(*arguments: str) -> PanelAppeal:
        entry = entry_of(designation)
        return bring_appeal(
            designation.call, by=voice, entry=entry, arguments=arguments, at=day(95), channel="web"
        )

    assert refusal(lambda: bring(" ", "")) == "reason_missing"
    assert refusal(lambda: bring(*["Because."] * 11)) == "too_many_arguments"
    assert refusal(lambda: bring("x" * 4001)) == "text_too_long"


def test_everything_the_chair_did_can_be_appealed_each_by_its_entry(
    answered: Objection, voice: Participant, chair: Participant, editor: Participant
) -> None:
    call = answered.call
    maintain_objection(answered, by=voice, text="They did not.", at=day(64), channel="mail")
    find_on_objection(
        answered, by=chair, finding="no_bearing", text="It is of 2020.", at=day(70), channel="web"
    )
    designation = found_on(call, chair)
    made = raise_challenge(designation, by=voice, text="No.", at=day(92), channel="web")
    assert [(act.about, act.entry.kind) for act in open_acts(call, day(93))] == [
        ("designation", "consensus.designated.1"),
        ("designation", "consensus.designated.1"),
        ("finding", "objection.handled.1"),
        ("procedure", "call.declared.1"),
    ]
    answer_challenge(made, by=chair, outcome="kept", text="Yes.", at=day(94), channel="web")
    revise_draft(call.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=day(95), channel="web")
    found = [(act.about, act.entry.kind) for act in open_acts(call, day(96))]
    assert ("challenge", "challenge.answered.1") in found
    assert ("procedure", "draft.revised.1") in found


def test_a_challenge_that_nobody_answers_can_be_appealed_as_silence(
    designation: Designation, voice: Participant
) -> None:
    made = raise_challenge(designation, by=voice, text="No.", at=day(92), channel="web")
    assert made.entry
    assert made.entry.index not in [act.entry.index for act in open_acts(made.call, day(105))]
    bring_appeal(made.call, by=voice, entry=made.entry.index, arguments=WHY, at=day(107), channel="web")
    assert PanelAppeal.objects.get().about == "challenge"


def test_others_who_took_part_support_it_once_until_the_pool_is_fixed(
    call: Call, voice: Participant, second: Participant, chair: Participant, clerk: Participant
) -> None:
    speak(call, voice)
    speak(call, second)
    made = appealed(found_on(call, chair), voice)

    def support(by: Participant) -> PanelAppeal:
        return support_appeal(made, by=by, at=day(95), channel="mail")

    assert [one["k"] for one in new_entries(lambda: support(second))] == ["appeal.supported.1"]
    assert new_entries(lambda: support(second)) == []
    assert refusal(lambda: support(voice)) == "own_case"
    assert [row.name for row in made.supporters.all()] == ["Sione Vea"]
    stranger = enter(call.process, know_person(name="Per", address="per@x.example"), at=day(92))
    assert refusal(lambda: support(stranger)) == "standing_missing"
    jurors(call.process)
    empaneled(made, clerk)
    assert refusal(lambda: support(second)) == "draw_announced"


def test_the_secretariat_admits_it_once(
    designation: Designation, voice: Participant, clerk: Participant, chair: Participant
) -> None:
    made = appealed(designation, voice)
    with pytest.raises(NotAllowed):
        admit_appeal(made, by=chair, at=day(95), channel="web")
    told = new_entries(lambda: admit_appeal(made, by=clerk, at=day(95), channel="web"))
    assert told == [line("appeal.admitted.1", r="secretariat", at=day(95), p="wg", appeal=1)]
    assert refusal(lambda: admit_appeal(made, by=clerk, at=day(95), channel="web")) == "wrong_state"


def test_same_person_decided_and_would_prepare_the_hearing(
    draft: object, call: Call, voice: Participant, chair: Participant, convenor: Participant
) -> None:
    speak(call, voice)
    made = appealed(found_on(call, chair), voice)
    both = give_role(
        call.process, chair.person, role=Role.SECRETARIAT, by=convenor, at=day(92), channel="web"
    )
    assert refusal(lambda: admit_appeal(made, by=both, at=day(95), channel="web")) == "same_person"


def test_a_refusal_is_public_with_its_reason_and_ends_the_waiting(
    designation: Designation, voice: Participant, clerk: Participant
) -> None:
    made = appealed(designation, voice)
    assert (
        refusal(lambda: refuse_appeal(made, by=clerk, text="", at=day(95), channel="web")) == "reason_missing"
    )
    told = new_entries(
        lambda: refuse_appeal(made, by=clerk, text="It names no breach.", at=day(95), channel="web")
    )
    assert told == [line("appeal.refused.1", r="secretariat", at=day(95), p="wg", appeal=1)]
    assert contested(designation.call.process) == []
    assert refusal(lambda: admit_appeal(made, by=clerk, at=day(96), channel="web")) == "wrong_state"


def test_a_refusal_is_appealed_in_its_turn_and_heard_without_admission(
    designation: Designation, voice: Participant, clerk: Participant, convenor: Participant
) -> None:
    made = refuse_appeal(appealed(designation, voice), by=clerk, text="No.", at=day(95), channel="web")
    assert made.refusal_entry
    again = bring_appeal(
        made.call, by=voice, entry=made.refusal_entry.index, arguments=WHY, at=day(95), channel="web"
    )
    assert (again.about, again.admitted_at) == ("refusal", day(95))
    jurors(made.process)
    members = empaneled(again, convenor)
    decide(again, members, *["overturned"] * 3)
    made.refresh_from_db()
    assert (made.is_refused, made.admitted_at, contested(made.process)) == (False, day(98), ["appeal 1"])


def test_one_act_has_one_appeal_in_the_database_too(designation: Designation, voice: Participant) -> None:
    appealed(designation, voice)
    assert Appeal.objects.get().contribution is None
