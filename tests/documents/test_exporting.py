"""A revision leaves as a page, a Word document or plain text, and comes back with the same units."""

import io

import docx
import pytest

from conftest import day
from talanoa.documents.actions import revise
from talanoa.documents.exporting import as_docx, as_html, as_plain
from talanoa.documents.importing import as_text, read_document
from talanoa.documents.models import Document, Revision
from talanoa.lib.importing.units import units_of

TEXT = """# Training for all

Money is what **lacks** <most>, and [a page](https://example.org/) says why.

## Who pays

- hosts
- those who teach

Recommendation 1. Pay the trainers in the currency of the place where they teach, and do it soon enough."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    return revise(
        Document.objects.create(kind=Document.Kind.REPORT, title="Training & more"), text=TEXT, at=day(1)
    )


def test_a_page_of_its_own_asks_for_no_other_file(revision: Revision) -> None:
    page = as_html(revision)
    assert page.startswith("<!doctype html>")
    assert [page.count(word) for word in ("<script", "<link", "<img", "url(", "<h1")] == [0, 0, 0, 0, 1]
    assert '<h1 id="p1" dir="auto">Training for all</h1>' in page
    assert '<div id="p3" dir="auto"><h2>Who pays</h2></div>' in page
    assert '<div id="p5" dir="auto" class="recommendation"><p>Recommendation 1.' in page
    assert "&lt;most&gt;" in page
    assert revision.sha256 in page


def test_a_text_without_a_title_has_that_of_its_document() -> None:
    made = revise(Document.objects.create(kind=Document.Kind.REPORT, title="A <b>"), text="Words.", at=day(1))
    assert '<h1 dir="auto">A &lt;b&gt;</h1>' in as_html(made)


def test_a_word_document_has_the_styles_of_word_and_no_author(revision: Revision) -> None:
    made = docx.Document(io.BytesIO(as_docx(revision)))
    assert [p.style.name for p in made.paragraphs] == [
        "Heading 1", "Normal", "Heading 2", "List Bullet", "List Bullet", "Normal",
    ]  # fmt: skip
    assert (made.core_properties.title, made.core_properties.author) == ("Training & more", "")


def test_from_markdown_to_word_and_back_nothing_changes(revision: Revision) -> None:
    found = read_document("a.docx", as_docx(revision))
    assert found == units_of(revision.text)
    assert revise(revision.document, text=as_text(found), at=day(2)) == revision


def test_plain_text_has_short_lines_underlined_headings_and_numbered_recommendations(
    revision: Revision,
) -> None:
    made = as_plain(revision)
    assert max(map(len, made.splitlines())) <= 72
    assert "Training for all\n================\n" in made
    assert "Who pays\n--------\n" in made
    assert "\nRecommendation 1. Pay the trainers in the currency of the place where\nthey teach" in made
    assert made.endswith(".\n")
