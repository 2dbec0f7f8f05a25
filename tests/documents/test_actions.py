"""A text grows by revisions; none is ever changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from steps import new_entries, refusal
from talanoa.documents.actions import LIMIT, revise
from talanoa.documents.models import Document, Paragraph, Revision
from talanoa.lib.paragraphs import MAX_BLOCKS

FIRST = "# Training\n\nMoney is what lacks.\n\nRecommendation 1. Pay the trainers.\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> Document:
    return Document.objects.create(kind=Document.Kind.REPORT, title="Training")


def test_the_first_revision_is_number_one_with_its_blocks_in_order(text: Document) -> None:
    made = revise(text, text=FIRST, summary="Begun", at=day(1))
    assert (made.number, made.summary, made.created_at) == (1, "Begun", day(1))
    found = [(p.position, p.kind, p.level, p.number) for p in made.paragraphs.all()]
    assert found == [(0, "heading", 1, 0), (1, "text", 0, 0), (2, "recommendation", 0, 1)]


def test_a_paragraph_keeps_its_anchor_when_others_move_around_it(text: Document) -> None:
    revise(text, text=FIRST, at=day(1))
    made = revise(text, text=FIRST.replace("Money", "A new beginning.\n\nMoney"), at=day(2))
    assert [(p.anchor, p.text) for p in made.paragraphs.all()] == [
        ("p1", "# Training"),
        ("p4", "A new beginning."),
        ("p2", "Money is what lacks."),
        ("p3", "Recommendation 1. Pay the trainers."),
    ]


def test_an_anchor_is_never_given_to_another_paragraph(text: Document) -> None:
    for body in ("One thing.", "Quite another matter.", "A third story entirely."):
        revise(text, text=body, at=day(1))
    anchors = Paragraph.objects.order_by("pk").values_list("anchor", flat=True)
    assert len(set(anchors)) == 3


def test_the_one_paragraph_that_was_rewritten_keeps_its_anchor_and_no_other_does(text: Document) -> None:
    revise(text, text=FIRST, at=day(1))
    other = FIRST.replace("Money is what lacks.", "Nobody trains anybody.")
    anchors = [row.anchor for row in revise(text, text=other, rewritten="p2", at=day(2)).paragraphs.all()]
    assert anchors == ["p1", "p2", "p3"]
    two = FIRST.replace("Money is what lacks.", "Something else entirely.\n\nWith a second part.")
    anchors = [row.anchor for row in revise(text, text=two, rewritten="p2", at=day(3)).paragraphs.all()]
    assert "p2" not in anchors


def test_an_unchanged_text_adds_no_revision(text: Document) -> None:
    first = revise(text, text=FIRST, at=day(1))
    assert revise(text, text=f"\n{FIRST}  \n", at=day(2)) == first
    assert Revision.objects.count() == 1


def test_a_revision_alone_puts_nothing_on_the_record(text: Document) -> None:
    assert new_entries(lambda: revise(text, text=FIRST, at=day(1))) == []


@pytest.mark.parametrize("nothing", ["", " \n\t\n"])
def test_words_are_needed(text: Document, nothing: str) -> None:
    assert refusal(lambda: revise(text, text=nothing, at=day(1))) == "text_empty"


@pytest.mark.parametrize("body", ["x" * (LIMIT + 1), "a\n\n" * (MAX_BLOCKS + 1)])
def test_a_text_beyond_the_limits_is_refused_not_cut(text: Document, body: str) -> None:
    assert refusal(lambda: revise(text, text=body, at=day(1))) == "text_too_long"


def test_recommendations_are_numbered_in_their_order(text: Document) -> None:
    body = "Recommendation 2. Second.\n\nRecommendation 1. First."
    assert refusal(lambda: revise(text, text=body, at=day(1))) == "recommendation_numbers"
    assert Revision.objects.count() == 0


@pytest.mark.parametrize("table", ["documents_revision", "documents_paragraph"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET text = 'other'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_a_revision(text: Document, table: str, sql: str) -> None:
    revise(text, text=FIRST, at=day(1))
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))


def test_neither_does_the_program_change_one(text: Document) -> None:
    made = revise(text, text=FIRST, at=day(1))
    made.text = "other"
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        made.save()
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Paragraph.objects.filter(revision=made).delete()
