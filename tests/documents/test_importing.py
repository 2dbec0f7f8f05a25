"""What others wrote is looked through before it becomes a revision."""

import pytest

from conftest import day
from lib.example_documents import docx_of
from steps import refusal
from talanoa.documents.actions import LIMIT, revise
from talanoa.documents.importing import Unit, as_text, read_document
from talanoa.documents.models import Document

pytestmark = pytest.mark.django_db


def test_what_was_read_becomes_a_revision_with_the_same_blocks() -> None:
    units = read_document("view.docx", docx_of("Money lacks.", "Recommendation 1. Pay."))
    assert units == (Unit("text", 0, "Money lacks."), Unit("recommendation", 0, "Recommendation 1. Pay."))
    made = revise(
        Document.objects.create(kind=Document.Kind.REPORT, title="T"), text=as_text(units), at=day(1)
    )
    assert [(row.kind, row.text) for row in made.paragraphs.all()] == [
        (unit.kind, unit.text) for unit in units
    ]


def test_units_can_be_joined_and_split_before_they_are_published() -> None:
    one, two = read_document("a.txt", b"Money lacks.\n\nHosts pay.")
    edited = [
        Unit("heading", 9, " A\n title "),
        Unit("text", 0, f"{one.text} {two.text}"),
        Unit("text", 0, ""),
    ]
    assert as_text(edited) == "### A title\n\nMoney lacks. Hosts pay."


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"words", "upload_type"),
        ("a.pdf", b"%PDF-1.7", "upload_type"),
        ("a.txt", b"", "upload_empty"),
        ("a.txt", b"a" * 50_000_000, "upload_too_large"),
        ("a.md", b"a" * (LIMIT + 1), "text_too_long"),
        ("a.md", b"a\n\n" * 5001, "text_too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_rule(name: str, data: bytes, code: str) -> None:
    assert refusal(lambda: read_document(name, data)) == code
