"""What stands in a revision, and what changed from one to the next."""

import pytest

from conftest import day
from talanoa.documents.actions import revise
from talanoa.documents.models import Document, Revision
from talanoa.documents.queries import blocks, changes, recommendations
from talanoa.lib import paragraphs

OLD = "# Training\n\nPay trainers in dollars.\n\nRecommendation 1. Pay.\n\nRecommendation 2. Publish.\n"
NEW = OLD.replace("dollars", "their own currency")

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Revision, Revision]:
    text = Document.objects.create(kind=Document.Kind.REPORT, title="Training")
    return revise(text, text=OLD, at=day(1)), revise(text, text=NEW, at=day(2))


def test_blocks_are_plain_values_in_order(two: tuple[Revision, Revision]) -> None:
    found = blocks(two[0])
    assert found[:2] == (
        paragraphs.Paragraph("p1", 0, "heading", 1, 0, "# Training"),
        paragraphs.Paragraph("p2", 1, "text", 0, 0, "Pay trainers in dollars."),
    )
    assert [block.position for block in found] == [0, 1, 2, 3]


def test_recommendations_come_by_number(two: tuple[Revision, Revision]) -> None:
    assert [(row.number, row.text) for row in recommendations(two[1])] == [
        (1, "Recommendation 1. Pay."),
        (2, "Recommendation 2. Publish."),
    ]


def test_only_the_paragraph_that_was_rewritten_counts_as_changed(two: tuple[Revision, Revision]) -> None:
    [changed] = [change for change in changes(*two) if change.kind != "same"]
    assert (changed.anchor, changed.kind) == ("p2", "changed")
