"""Scenario D, a negative test after what happened in public in 2020 (reference: process 7, 3.3).

A chair declares consensus on revision 3, and an “editorial” 3.1 appears; three people appeal within their time; who
ratifies is not on the panel; the result is annulled. Each false step is refused.
"""

import pytest

from conftest import day
from consensus.actions.test_calling import FOUND
from consensus.conftest import OVER
from consensus.hearing import decide, empaneled, entry_of, jurors, speak
from remembering import remembered
from steps import DRAFT, refusal
from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.contesting import bring_appeal, support_appeal
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.empaneling import announce_draw
from talanoa.consensus.models import Call, PanelAppeal
from talanoa.consensus.panels import pool_for
from talanoa.consensus.queries import contested, designations_in_force
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import NotAllowed
from talanoa.people.actions import know_person
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.models import Participant, Role

EDITORIAL = DRAFT.replace("year.", "year!")


@pytest.fixture
def third(draft: Draft, editor: Participant) -> Draft:
    """The draft in its revision 3, which nobody changed since."""
    for word in ("two", "three"):
        text = DRAFT.replace("# Training", f"# Training {word}")
        revise_draft(draft, by=editor, text=text, at=day(45), channel="web")
    return draft


@pytest.fixture
@remembered
def asked(third: Draft, chair: Participant, voice: Participant, second: Participant) -> Call:
    """A call about revision 3 in which Yusuf, Sione and Farid took part."""
    call = open_call(third, by=chair, question="Can you live with it?", at=day(61), channel="web")
    farid = enter(call.process, know_person(name="Farid Azizi", address="farid@x.example"), at=day(50))
    for by in (voice, second, farid):
        speak(call, by)
    return call


def test_text_changed_before_the_chair_finds_nothing_is_found_on_the_old_one(
    asked: Call, chair: Participant, editor: Participant
) -> None:
    revise_draft(asked.draft, by=editor, text=EDITORIAL, at=day(70), channel="web")
    refused = refusal(lambda: designate(asked, by=chair, found=FOUND, at=OVER, channel="web"))
    assert refused == "revision_changed"


def test_text_changed_after_the_chair_found_the_designation_holds_for_nothing(
    asked: Call, chair: Participant, editor: Participant
) -> None:
    designate(asked, by=chair, found=FOUND, at=OVER, channel="web")
    assert len(designations_in_force(asked.process)) == 2
    revise_draft(asked.draft, by=editor, text=EDITORIAL, at=day(76), channel="web")
    assert (asked.is_stale(), designations_in_force(asked.process)) == (True, [])


def appealed_with_support(asked: Call, chair: Participant, editor: Participant) -> PanelAppeal:
    """The chair declares, the text is touched, and all three who took part stand behind one appeal within 14 days."""
    designate(asked, by=chair, found=FOUND, at=OVER, channel="web")
    revise_draft(asked.draft, by=editor, text=EDITORIAL, at=day(76), channel="web")
    first, *others = [row.participant for row in asked.positions.order_by("pk")]
    made = bring_appeal(
        asked,
        by=first,
        entry=entry_of(asked.designations.get(recommendation=1)),
        arguments=["It was declared on revision 3, and revision 4 is what would be ratified."],
        at=day(80),
        channel="mail",
    )
    for by in others:
        support_appeal(made, by=by, at=day(81), channel="mail")
    return made


def test_three_stand_behind_it_within_their_time_and_nobody_else(
    asked: Call, chair: Participant, editor: Participant
) -> None:
    made = appealed_with_support(asked, chair, editor)
    assert (made.name, made.supporters.count()) == ("Yusuf Abdi", 2)
    for by in (chair, editor):
        assert refusal(lambda by=by: support_appeal(made, by=by, at=day(82), channel="web")) == (
            "standing_missing"
        )


def test_the_one_accused_prepares_no_hearing_and_who_ratifies_sits_on_no_panel(
    asked: Call, chair: Participant, editor: Participant, convenor: Participant
) -> None:
    made = appealed_with_support(asked, chair, editor)
    jurors(asked.process)
    sponsor = know_person(name="Board Member", address="board@x.example")
    give_role(asked.process, sponsor, role=Role.SPONSOR, by=convenor, at=day(82), channel="web")
    with pytest.raises(NotAllowed):
        announce_draw(made, by=chair, sources=["my choice"], known_at=day(96), at=day(95), channel="web")
    barred = {convenor.person_id, sponsor.pk, chair.person_id, editor.person_id, made.by.person_id}
    assert {row.person_id for row in pool_for(made, day(95))} & barred == set()


def test_the_result_is_annulled_and_the_chair_asks_about_the_new_text(
    asked: Call, chair: Participant, editor: Participant, convenor: Participant
) -> None:
    made = appealed_with_support(asked, chair, editor)
    assert contested(asked.process) == ["appeal 1"]
    jurors(asked.process)
    done = decide(made, empaneled(made, convenor), "overturned", "overturned", "upheld")
    assert (done.appeal.outcome, contested(asked.process)) == ("overturned", [])
    assert asked.designations.get(recommendation=1).annulled_at == day(98)
    again = open_call(asked.draft, by=chair, question="And with this?", at=day(99), channel="web")
    assert again.revision.number == 4
