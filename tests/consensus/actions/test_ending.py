"""The consensus calls end: over no undeclared call, no unanswered objection, and no text left out without a reason."""

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from consensus.conftest import CALLED, FOUND, OVER, SETTLED, Object
from steps import DRAFT, line, new_entries, refusal
from talanoa.consensus import queries
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.ending import end_consensus
from talanoa.consensus.events import ConsensusEnded
from talanoa.consensus.models import Call, Ending
from talanoa.drafts.actions.writing import begin_draft, revise_draft
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.processes.models import Participant, Process, Stage

WHY = "Nobody had time to write the second text."


def end(by: Participant, because: str = "", day_: int = 92) -> Ending:
    return end_consensus(by.process, by=by, because=because, at=day(day_), channel="web")


@pytest.fixture
def declared(call: Call, chair: Participant) -> Call:
    """The call with its outcome, on day 91."""
    return designate(call, by=chair, found=FOUND, at=SETTLED, channel="web")


def test_the_convenor_ends_the_calls_and_the_report_is_written_next(
    declared: Call, convenor: Participant
) -> None:
    told = new_entries(lambda: end(convenor))
    kinds = ["consensus.ended.1", "stage.closed.1", "stage.opened.1"]
    assert [entry["k"] for entry in told] == kinds
    assert told[0] == line("consensus.ended.1", r="convenor", at=day(92), p="wg", uncalled="-")
    process = Process.objects.get()
    assert process.state == Process.State.REPORT_DRAFT
    assert process.open_stage(Stage.Kind.REPORT, at=day(92))
    assert not process.drafts_at(day(92))


def test_the_record_says_in_words_which_drafts_were_left_out() -> None:
    told = ConsensusEnded.tell
    assert str(told({"uncalled": "-"})) == "Every draft has its outcome; the report is written next."
    assert "Drafts without an outcome: 1,3." in str(told({"uncalled": "1,3"})) % {"uncalled": "1,3"}


def test_the_chair_may_end_them_too_and_nobody_else(
    declared: Call, chair: Participant, editor: Participant, voice: Participant
) -> None:
    for by in (editor, voice):
        with pytest.raises(NotAllowed):
            end(by)
    assert end(chair).name == "Henrike Maas"


def test_they_end_once(declared: Call, convenor: Participant) -> None:
    end(convenor)
    assert refusal(lambda: end(convenor)) == "drafting_closed"


def test_no_call_is_left_without_its_outcome(call: Call, convenor: Participant) -> None:
    assert refusal(lambda: end(convenor, WHY)) == "call_running"


def test_drafts_that_are_open_for_comments_are_not_cut_off(draft: Draft, convenor: Participant) -> None:
    assert refusal(lambda: end(convenor, WHY, 60)) == "comments_running"


def test_draft_uncalled_needs_a_public_reason(
    declared: Call, editor: Participant, convenor: Participant
) -> None:
    revise_draft(declared.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=SETTLED, channel="web")
    with pytest.raises(RuleBroken) as broken:
        end(convenor)
    assert (broken.value.rule, broken.value.subjects) == ("draft_uncalled", ("1",))
    told = new_entries(lambda: end(convenor, WHY))
    assert told[0]["uncalled"] == "1"
    assert Ending.objects.get().because == WHY


def test_a_second_draft_that_was_never_called_needs_its_reason(
    declared: Call, editor: Participant, convenor: Participant
) -> None:
    begin_draft(editor.process, by=editor, title="Other", text="# Other\n\nWords.", at=SETTLED, channel="web")
    assert refusal(lambda: end(convenor)) == "draft_uncalled"
    end(convenor, WHY)


def test_a_process_in_which_nothing_was_drafted_goes_on_with_a_reason(convenor: Participant) -> None:
    assert refusal(lambda: end(convenor, day_=70)) == "draft_uncalled"
    told = new_entries(lambda: end(convenor, WHY, 70))
    opened = [entry["stage"] for entry in told if entry["k"] == "stage.opened.1"]
    assert opened == ["consensus", "report"]


def test_no_objection_is_left_behind_unanswered_because_its_text_was_touched(
    call: Call, voice: Participant, editor: Participant, convenor: Participant, objects: Object
) -> None:
    objects(call, voice, at=CALLED)
    revise_draft(call.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=OVER, channel="web")
    assert refusal(lambda: end(convenor, WHY)) == "objection_unanswered"


def test_outcome_contested_nothing_ends(
    declared: Call, convenor: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "contested", lambda _process: ["appeal 1"])
    assert refusal(lambda: end(convenor)) == "outcome_contested"


def test_the_database_keeps_how_they_ended(declared: Call, convenor: Participant) -> None:
    end(convenor)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Ending.objects.update(because="Because.")
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Ending.objects.all().delete()
