"""Speaking about a draft: what is numbered, held, refused, taken back and erased."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from drafts.conftest import OTHER, WHEN, CommentOn, Suggest, newest
from steps import DRAFT, line, new_entries, refusal
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Assurance, Contribution, Mention
from talanoa.drafts.actions.remarking import erase_remark
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Comment, Draft, Suggestion
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from talanoa.record.models import Opening


def test_a_comment_is_numbered_and_stands_on_the_record_with_what_its_author_read(
    comment: CommentOn, yusuf: Person
) -> None:
    entries = new_entries(lambda: comment(yusuf))
    assert entries == [
        line(
            "comment.received.1",
            r="participant",
            at=WHEN,
            p="wg",
            n=1,
            draft=1,
            revision=1,
            anchor="p2",
            state="published",
            assurance="proven",
        )
    ]
    made = Comment.objects.get()
    assert (made.contribution.kind, made.contribution.words, made.title) == ("comment", made, "Say who pays.")


def test_a_comment_on_the_whole_text_names_no_paragraph(comment: CommentOn, yusuf: Person) -> None:
    [entry] = new_entries(lambda: comment(yusuf, anchor=""))
    assert (entry["anchor"], Comment.objects.get().anchor) == ("-", "")


def test_a_suggestion_is_numbered_with_its_new_words(suggestion: Suggest, yusuf: Person) -> None:
    [entry] = new_entries(lambda: suggestion(yusuf))
    assert (entry["k"], entry["n"], entry["anchor"]) == ("suggestion.received.1", 1, "p3")
    made = Suggestion.objects.get()
    assert (made.text, made.title) == (f"{OTHER}\n\nAn hour is short.", OTHER)


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_what_an_unknown_sender_says_is_held_and_as_of_no_group(
    request: pytest.FixtureRequest, yusuf: Person, kind: str
) -> None:
    say = request.getfixturevalue(kind)
    [entry] = new_entries(lambda: say(yusuf, assurance=Assurance.CLAIMED))
    assert (entry["state"], entry["assurance"], "g" in entry) == ("unconfirmed", "claimed", False)
    assert not Comment.objects.visible_to(None).exists()
    assert not Suggestion.objects.visible_to(None).exists()


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_the_same_thing_sent_twice_is_one(request: pytest.FixtureRequest, yusuf: Person, kind: str) -> None:
    say = request.getfixturevalue(kind)
    assert say(yusuf).pk == say(yusuf).pk
    assert Contribution.objects.count() == 1


def test_numbers_that_are_named_become_links(comment: CommentOn, yusuf: Person, lucia: Person) -> None:
    comment(yusuf)
    comment(lucia, "As #1 says.")
    assert list(Mention.objects.values_list("source__number", "target__number")) == [(2, 1)]


def test_a_quote_stands_in_the_paragraph_whatever_its_marks_and_lines(
    comment: CommentOn, yusuf: Person
) -> None:
    assert comment(yusuf, quote="money\n is *what*").quote == "money\n is *what*"


def test_quote_unknown(comment: CommentOn, yusuf: Person) -> None:
    assert refusal(lambda: comment(yusuf, quote="by the hour")) == "quote_unknown"


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_paragraph_unknown(request: pytest.FixtureRequest, yusuf: Person, kind: str) -> None:
    say = request.getfixturevalue(kind)
    assert refusal(lambda: say(yusuf, anchor="p99")) == "paragraph_unknown"


def test_a_comment_has_words_and_not_too_many(comment: CommentOn, yusuf: Person) -> None:
    assert refusal(lambda: comment(yusuf, " \n")) == "text_empty"
    assert refusal(lambda: comment(yusuf, "x" * 20_001)) == "text_too_long"


@pytest.mark.parametrize("words", ["", "Recommendation 1. Pay the trainers by the hour."])
def test_a_suggestion_says_something_else(suggestion: Suggest, yusuf: Person, words: str) -> None:
    assert refusal(lambda: suggestion(yusuf, words)) == "text_empty"


@pytest.mark.parametrize("words", [f"{OTHER}\n\nAnd more.", f"{OTHER}\n# Head"])
def test_one_paragraph(suggestion: Suggest, yusuf: Person, words: str) -> None:
    assert refusal(lambda: suggestion(yusuf, words)) == "one_paragraph"


@pytest.mark.parametrize("words", ["Pay by the day.", "Recommendation 2. Pay by the day."])
def test_a_recommendation_keeps_its_number(suggestion: Suggest, yusuf: Person, words: str) -> None:
    assert refusal(lambda: suggestion(yusuf, words)) == "recommendation_numbers"


def test_who_read_an_older_revision_comments_on_that_one_and_suggests_where_it_reads_the_same(
    comment: CommentOn, suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    first = newest(draft)
    revise_draft(draft, by=editor, text=DRAFT.replace("lacks", "fails"), at=WHEN, channel="web")
    assert comment(yusuf, read=first).revision == first
    assert suggestion(yusuf, read=first).revision == newest(draft)


def test_paragraph_changed(suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person) -> None:
    first = newest(draft)
    revise_draft(draft, by=editor, text=DRAFT.replace("hour", "week"), at=WHEN, channel="web")
    assert refusal(lambda: suggestion(yusuf, read=first)) == "paragraph_changed"


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_nobody_speaks_about_a_draft_once_the_report_is_written(
    request: pytest.FixtureRequest, draft: Draft, yusuf: Person, kind: str
) -> None:
    say = request.getfixturevalue(kind)
    draft.process.stages.filter(kind="drafting").update(closed_at=WHEN)
    draft.process.stages.filter(kind="consensus").update(opened_at=None)
    assert refusal(lambda: say(yusuf)) == "drafting_closed"


def test_one_takes_ones_comment_back(comment: CommentOn, yusuf: Person) -> None:
    made = comment(yusuf)
    withdraw(made.contribution, by=enter(made.draft.process, yusuf, at=WHEN), at=WHEN, channel="web")
    assert Contribution.objects.get().state == "withdrawn"


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_erasure_leaves_number_and_entry_and_no_word(
    request: pytest.FixtureRequest, convenor: Participant, yusuf: Person, kind: str
) -> None:
    made = request.getfixturevalue(kind)(yusuf)
    erase_remark(made, by=convenor, ground="author_request", at=day(50), channel="web")
    left: Any = type(made).objects.get()
    assert (left.text, getattr(left, "quote", ""), getattr(left, "replacement", "")) == ("", "", "")
    assert left.contribution.state == "erased"
    assert not Opening.objects.filter(entry=left.contribution.entry).exclude(salt=None).exists()


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_the_database_refuses_to_delete_a_comment_or_a_suggestion(
    request: pytest.FixtureRequest, yusuf: Person, kind: str
) -> None:
    made = request.getfixturevalue(kind)(yusuf)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        type(made).objects.all().delete()
