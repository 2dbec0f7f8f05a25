"""What becomes of comments and suggestions is said with a reason, in public, by those who write the draft."""

import pytest
from django.db import DatabaseError, transaction

from drafts.conftest import WHEN, CommentOn, Suggest, newest
from steps import DRAFT, line, new_entries, refusal
from talanoa.contributions.actions.standing import withdraw
from talanoa.drafts.actions.disposing import Ruled, accept_suggestion, dispose_of, reject_suggestion
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Disposed, Disposition, Draft, Suggestion
from talanoa.drafts.queries import dispositions_of, is_met
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant

ACT = {"at": WHEN, "channel": "web"}
BECAUSE = Ruled("accepted", "It is right.")


def dispose(draft: Draft, by: Participant, *numbers: int, ruled: Ruled = BECAUSE) -> Disposition:
    return dispose_of(draft, numbers, by=by, ruled=ruled, at=WHEN, channel="web")


def accept(made: Suggestion, by: Participant, seen: int = 0) -> Disposition:
    return accept_suggestion(made, by=by, seen=seen, at=WHEN, channel="web")


def reject(made: Suggestion, by: Participant, reason: str = "It costs too much.") -> Disposition:
    return reject_suggestion(made, by=by, reason=reason, at=WHEN, channel="web")


def test_several_comments_get_one_answer_and_one_entry(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person, sione: Person
) -> None:
    comment(yusuf)
    comment(sione)
    entries = new_entries(lambda: dispose(draft, editor, 1, 2))
    assert entries == [
        line(
            "comment.disposed.1",
            r="editor",
            at=WHEN,
            p="wg",
            draft=1,
            numbers="1-2",
            status="accepted",
            revision=0,
        )
    ]
    assert Disposed.objects.count() == 2


def test_a_comment_is_tied_to_the_change_that_it_caused(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    comment(yusuf)
    revise_draft(draft, by=editor, text=DRAFT.replace("lacks", "fails"), **ACT)  # type: ignore[arg-type]
    made = dispose(draft, editor, 1, ruled=Ruled("accepted", "Said so.", 2, "p2"))
    assert made.revision
    assert (made.revision.number, made.anchor) == (2, "p2")


def test_what_was_said_before_stays_and_the_newest_counts(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = comment(yusuf)
    dispose(draft, editor, 1, ruled=Ruled("noted", "We think about it."))
    dispose(draft, editor, 1)
    [given] = dispositions_of([made.contribution_id]).values()
    assert [one.status for one in given] == ["accepted", "noted"]


@pytest.mark.parametrize("numbers", [(), (2,), (1, 7), tuple(range(1, 503))])
def test_only_comments_on_this_draft_are_disposed_of(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person, numbers: tuple[int, ...]
) -> None:
    comment(yusuf)
    assert refusal(lambda: dispose(draft, editor, *numbers)) == "number_unknown"


def test_a_suggestion_is_not_disposed_of_like_a_comment(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    suggestion(yusuf)
    assert refusal(lambda: dispose(draft, editor, 1)) == "number_unknown"


def test_what_was_taken_back_needs_no_answer(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = comment(yusuf)
    withdraw(made.contribution, by=enter(draft.process, yusuf, at=WHEN), at=WHEN, channel="web")
    assert refusal(lambda: dispose(draft, editor, 1)) == "wrong_state"


@pytest.mark.parametrize(
    ("ruled", "code"),
    [
        (Ruled("fine", "Yes."), "status_unknown"),
        (Ruled("accepted", " "), "reason_missing"),
        (Ruled("accepted", "x" * 20_001), "text_too_long"),
        (Ruled("accepted", "Yes.", 1), "revision_unknown"),
        (Ruled("accepted", "Yes.", 3), "revision_unknown"),
        (Ruled("accepted", "Yes.", 2, "p99"), "paragraph_unknown"),
    ],
)
def test_a_disposition_says_what_and_why_and_names_what_exists(
    *, comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person, ruled: Ruled, code: str
) -> None:
    comment(yusuf)
    revise_draft(draft, by=editor, text=DRAFT.replace("lacks", "fails"), **ACT)  # type: ignore[arg-type]
    assert refusal(lambda: dispose(draft, editor, 1, ruled=ruled)) == code


def test_who_writes_nothing_disposes_of_nothing(
    comment: CommentOn, suggestion: Suggest, draft: Draft, yusuf: Person
) -> None:
    comment(yusuf)
    made = suggestion(yusuf)
    by = enter(draft.process, yusuf, at=WHEN)
    for act in (lambda: dispose(draft, by, 1), lambda: accept(made, by), lambda: reject(made, by)):
        with pytest.raises(NotAllowed):
            act()


def test_an_accepted_suggestion_is_a_revision_that_names_its_number_and_no_name(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf)
    entries = new_entries(lambda: accept(made, editor))
    assert [(entry["k"], entry.get("n")) for entry in entries] == [
        ("draft.revised.1", None),
        ("suggestion.accepted.1", 1),
    ]
    revision = newest(draft)
    assert (revision.number, revision.summary) == (2, "As suggested in wg-1.")
    assert revision.text == DRAFT.strip().replace("hour", "day")
    assert is_met(made)


def test_a_suggestion_that_a_later_revision_drops_is_not_met_any_more(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf)
    accept(made, editor)
    revise_draft(draft, by=editor, text=DRAFT.replace("hour", "week"), **ACT)  # type: ignore[arg-type]
    assert not is_met(made)


def test_a_rejected_suggestion_has_its_reason_and_the_text_stays(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf)
    [entry] = new_entries(lambda: reject(made, editor))
    assert (entry["k"], entry["n"], newest(draft).number) == ("suggestion.rejected.1", 1, 1)
    assert refusal(lambda: reject(made, editor)) == "wrong_state"
    assert refusal(lambda: accept(made, editor)) == "wrong_state"


def test_a_suggestion_is_rejected_with_a_reason(
    suggestion: Suggest, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf)
    assert refusal(lambda: reject(made, editor, " ")) == "reason_missing"


def test_a_paragraph_that_changed_is_looked_at_first(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf)
    revise_draft(draft, by=editor, text=DRAFT.replace("hour", "week"), **ACT)  # type: ignore[arg-type]
    assert refusal(lambda: accept(made, editor)) == "paragraph_changed"
    assert refusal(lambda: accept(made, editor, seen=1)) == "paragraph_changed"
    assert accept(made, editor, seen=2).status == "accepted"


def test_paragraph_gone(suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person) -> None:
    made = suggestion(yusuf, "Money is all that lacks.", "p2")
    without = DRAFT.replace("Money is what lacks.\n\n", "")
    revise_draft(draft, by=editor, text=without, **ACT)  # type: ignore[arg-type]
    assert refusal(lambda: accept(made, editor, seen=2)) == "paragraph_gone"


def test_a_suggestion_that_would_swallow_its_neighbor_is_not_put_into_the_text(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf, "- Money lacks.", "p2")
    text = DRAFT.replace("Money is what lacks.", "Money is what lacks.\n\n- Time lacks.")
    revise_draft(draft, by=editor, text=text, **ACT)  # type: ignore[arg-type]
    assert refusal(lambda: accept(made, editor)) == "one_paragraph"


def test_nothing_is_accepted_once_the_report_is_written(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    made = suggestion(yusuf)
    draft.process.stages.filter(kind="drafting").update(closed_at=WHEN)
    assert refusal(lambda: accept(made, editor)) == "drafting_closed"


def test_a_paragraph_keeps_its_anchor_and_its_comments_however_different_the_new_words_are(
    comment: CommentOn, suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    comment(yusuf)
    made = accept(suggestion(yusuf, "Nobody trains anybody.", "p2"), editor)
    assert made.anchor == "p2"
    assert [row.anchor for row in newest(draft).paragraphs.all()] == ["p1", "p2", "p3", "p4"]
    assert newest(draft).paragraphs.get(anchor="p2").text == "Nobody trains anybody."


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_disposition(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person, change: str
) -> None:
    comment(yusuf)
    dispose(draft, editor, 1)
    for rows in (Disposition.objects.all(), Disposed.objects.all()):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            rows._raw_delete(rows.db) if change == "delete" else rows.update(id=77)  # type: ignore[attr-defined]
