"""A document is a title and a chain of revisions."""

import hashlib

import pytest

from conftest import day
from talanoa.documents.actions import revise
from talanoa.documents.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> Document:
    return Document.objects.create(kind=Document.Kind.CHARTER, title="Training")


def test_before_the_first_revision_there_is_no_latest(text: Document) -> None:
    assert text.latest() is None


def test_the_latest_is_the_one_with_the_highest_number(text: Document) -> None:
    revise(text, text="One.", at=day(2))
    second = revise(text, text="Two.", at=day(1))
    assert text.latest() == second


def test_a_revision_has_the_hash_of_its_text(text: Document) -> None:
    made = revise(text, text="Mālō e lelei.", at=day(1))
    assert made.sha256 == hashlib.sha256("Mālō e lelei.".encode()).hexdigest()


def test_documents_read_as_title_number_and_anchor(text: Document) -> None:
    made = revise(text, text="One.", at=day(1))
    assert (str(text), str(made), str(made.paragraphs.get())) == ("Training", "Training r1", "p1")
