"""A draft is written in the open, revision by revision, by those whose task it is."""

import pytest

from conftest import day
from steps import DRAFT, DRAFTED_ON, begun, line, member, new_entries, refusal
from talanoa.documents.models import Revision
from talanoa.drafts.actions.writing import begin_draft, revise_draft
from talanoa.drafts.models import Draft
from talanoa.drafts.queries import authors_of, is_newest
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process, Role, Stage
from talanoa.processes.queries import comments_until

WHEN = day(DRAFTED_ON)


def test_when_the_call_for_input_ends_the_drafting_begins(convenor: Participant) -> None:
    kinds = [stage.kind for stage in convenor.process.stages.all() if stage.is_open(day(40))]
    assert kinds == [Stage.Kind.DRAFTING]
    assert comments_until(convenor.process) == day(61)
    assert Process.objects.get().state == Process.State.OPEN


def test_an_editor_publishes_a_draft_and_everybody_may_read_it(editor: Participant) -> None:
    entries = new_entries(lambda: begun(editor))
    draft = Draft.objects.visible_to(None).get()
    revision = draft.document.latest()
    assert revision
    assert entries == [
        line(
            "draft.revised.1",
            r="editor",
            at=WHEN,
            p="wg",
            draft=1,
            revision=1,
            sha256=revision.sha256,
        )
    ]
    assert (revision.text, authors_of(draft)) == (DRAFT.strip(), {editor.person_id})


def test_a_revision_takes_the_place_of_the_one_before(editor: Participant) -> None:
    draft = begun(editor)
    first = draft.document.latest()
    second = revise_draft(draft, by=editor, text=DRAFT.replace("hour", "day"), at=WHEN, channel="web")
    assert first
    assert (is_newest(first), is_newest(second), second.number) == (False, True, 2)


def test_an_unchanged_text_is_no_revision(editor: Participant) -> None:
    draft = begun(editor)
    assert new_entries(lambda: revise_draft(draft, by=editor, text=DRAFT, at=WHEN, channel="web")) == []
    assert Revision.objects.filter(document=draft.document).count() == 1


def test_who_has_no_such_task_writes_no_draft(convenor: Participant, yusuf: Person) -> None:
    observer = member(convenor, yusuf, Role.OBSERVER)
    with pytest.raises(NotAllowed):
        begun(observer)


def test_a_draft_has_a_title(editor: Participant) -> None:
    def untitled() -> Draft:
        return begin_draft(editor.process, by=editor, title=" ", text=DRAFT, at=WHEN, channel="web")

    assert refusal(untitled) == "text_empty"


def test_drafting_closed_while_the_call_for_input_runs(process: Process, convenor_of_nm: Participant) -> None:
    assert refusal(lambda: begun(convenor_of_nm)) == "drafting_closed"


@pytest.fixture
def convenor_of_nm(process: Process) -> Participant:
    return process.participants.get(roles__role=Role.CONVENOR)


def test_revision_behind(editor: Participant) -> None:
    draft = begun(editor)

    def based(on: int, text: str) -> Revision:
        return revise_draft(draft, by=editor, text=text, based_on=on, at=WHEN, channel="web")

    assert based(1, DRAFT.replace("hour", "day")).number == 2
    assert refusal(lambda: based(1, DRAFT.replace("hour", "week"))) == "revision_behind"
