"""Each objection gets a public answer; its author may say that it will not do; the chair finds what it weighs."""

import pytest

from conftest import day
from consensus.conftest import CALLED, OVER
from steps import DRAFT, line, new_entries, refusal
from talanoa.consensus.actions.handling import (
    accommodate_objection,
    answer_objection,
    find_on_objection,
    maintain_objection,
)
from talanoa.consensus.models import Handling, Objection
from talanoa.contributions.actions.standing import withdraw
from talanoa.documents.models import Revision
from talanoa.drafts.actions.writing import revise_draft
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Participant

LATER = day(69)


def maintain(objection: Objection, by: Participant, text: str = "They counted the wrong year.") -> Handling:
    return maintain_objection(objection, by=by, text=text, at=day(64), channel="mail")


def find(objection: Objection, by: Participant, finding: str, **other: object) -> Handling:
    said: dict[str, object] = {
        "text": "The hours of one year say enough for a rate that is reviewed each year.",
        "alternatives": "To wait for a year; to pay a fixed sum.",
        "at": LATER,
        "channel": "web",
    } | other
    return find_on_objection(objection, by=by, finding=finding, **said)  # type: ignore[arg-type]


def revised(editor: Participant, objection: Objection) -> Revision:
    text = DRAFT.replace("by the hour", "by the hours that were counted")
    return revise_draft(objection.call.draft, by=editor, text=text, at=day(63), channel="web")


def test_an_answer_is_public_and_gives_its_author_a_week(objection: Objection, editor: Participant) -> None:
    def answer() -> Handling:
        return answer_objection(objection, by=editor, text="They were counted.", at=CALLED, channel="web")

    told = new_entries(answer)
    assert told == [
        line("objection.handled.1", r="editor", at=CALLED, p="wg", n=1, state="answered", revision=0)
    ]
    objection.refresh_from_db()
    assert (objection.state, objection.reply_by) == ("answered", day(68))


def test_who_objected_says_that_the_answer_will_not_do(answered: Objection, voice: Participant) -> None:
    maintain(answered, voice)
    answered.refresh_from_db()
    assert (answered.state, answered.reply_by) == ("stands", None)
    assert [row.state for row in answered.handlings.all()] == ["answered", "stands"]


def test_nobody_maintains_what_another_said(answered: Objection, second: Participant) -> None:
    with pytest.raises(NotAllowed):
        maintain(answered, second)


def test_what_was_not_answered_cannot_be_maintained(objection: Objection, voice: Participant) -> None:
    assert refusal(lambda: maintain(objection, voice)) == "wrong_state"


def test_who_takes_part_answers_no_objection_of_others(objection: Objection, second: Participant) -> None:
    with pytest.raises(NotAllowed):
        answer_objection(objection, by=second, text="No.", at=CALLED, channel="web")


def test_who_objected_withdraws_by_the_act_that_withdraws_anything(
    objection: Objection, voice: Participant
) -> None:
    withdraw(objection.contribution, by=voice, at=day(63), channel="mail")
    found = Objection.objects.get()
    assert found.standing == "withdrawn"
    assert not Objection.objects.visible_to(None).exists()


def test_a_change_accommodates_and_its_author_may_say_that_it_does_not(
    objection: Objection, editor: Participant, voice: Participant
) -> None:
    revision = revised(editor, objection)
    accommodate_objection(
        objection, by=editor, revision=revision, text="Now they are counted.", at=day(63), channel="web"
    )
    objection.refresh_from_db()
    assert (objection.state, objection.handlings.get().revision) == ("accommodated", revision)
    maintain(objection, voice, "It says which hours, and not who counts them.")
    objection.refresh_from_db()
    assert objection.state == "stands"


def test_revision_unknown_accommodates_nothing(objection: Objection, editor: Participant) -> None:
    def same() -> Handling:
        return accommodate_objection(
            objection,
            by=editor,
            revision=objection.call.revision,
            text="It is there.",
            at=day(63),
            channel="web",
        )

    assert refusal(same) == "revision_unknown"


def test_the_chair_finds_what_an_objection_weighs_once_its_author_had_time_to_reply(
    answered: Objection, chair: Participant
) -> None:
    assert refusal(lambda: find(answered, chair, "outweighed", at=day(67))) == "reply_running"
    made = find(answered, chair, "outweighed")
    answered.refresh_from_db()
    assert (answered.state, made.alternatives) == ("outweighed", "To wait for a year; to pay a fixed sum.")


def test_what_nobody_answered_is_not_outweighed(objection: Objection, chair: Participant) -> None:
    assert refusal(lambda: find(objection, chair, "outweighed")) == "wrong_state"
    assert refusal(lambda: find(objection, chair, "no_bearing")) == "wrong_state"


def test_what_was_answered_before_is_set_aside_with_a_reason(
    objection: Objection, chair: Participant
) -> None:
    assert refusal(lambda: find(objection, chair, "set_aside", text=" ")) == "reason_missing"
    find(objection, chair, "set_aside", text="It was answered in objection wg-7.")
    assert Objection.objects.get().state == "set_aside"


def test_whoever_outweighs_names_the_alternatives(answered: Objection, chair: Participant) -> None:
    assert refusal(lambda: find(answered, chair, "outweighed", alternatives=" ")) == "reason_missing"


def test_finding_unknown_to_the_rule_of_the_call(answered: Objection, chair: Participant) -> None:
    assert refusal(lambda: find(answered, chair, "accommodated")) == "finding_unknown"


def test_only_the_chair_finds(answered: Objection, editor: Participant, convenor: Participant) -> None:
    for by in (editor, convenor):
        with pytest.raises(NotAllowed):
            find(answered, by, "outweighed")


def test_an_objection_that_waits_for_too_long_is_overdue(objection: Objection) -> None:
    assert not objection.is_overdue(day(74))
    assert objection.is_overdue(OVER)
