"""The report in the forms that people take away."""

import sys
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from steps import REPORT, refusal, seal
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.reports.agreement import agreement
from talanoa.reports.models import Report
from talanoa.reports.publishing import as_docx, as_pdf, linker, rendered


def words(data: bytes) -> tuple[list[str], list[list[str]]]:
    """The paragraphs of a Word document, and the cells of its one table row by row."""
    document = Document(BytesIO(data))
    [table] = document.tables
    return [p.text for p in document.paragraphs], [[cell.text for cell in row.cells] for row in table.rows]


def test_citations_that_lead_somewhere_become_links(sealed: Report) -> None:
    linked = linker(sealed.process)
    assert linked("[nm-1] [theme:money] [nm-2] [theme:travel]") == (
        "[nm-1](/p/nm/inputs/1/) [Money](/p/nm/themes/money/) [nm-2] [theme:travel]"
    )


def test_a_word_document_calls_a_theme_by_its_name(
    convenor: Participant, yusuf: Person, send: Callable[..., Input]
) -> None:
    send(yusuf)
    report = seal(convenor, REPORT.replace("[nm-1]", "[theme:money]"))
    assert report.sealed_revision
    text, _rows = words(as_docx(report, report.sealed_revision))
    assert text[1] == "Money is what lacks [Money]."


def test_each_paragraph_comes_with_its_anchor_and_number(sealed: Report) -> None:
    assert sealed.sealed_revision
    found = [(anchor, number) for anchor, _html, number in rendered(sealed.process, sealed.sealed_revision)]
    assert found == [("p1", 0), ("p2", 0), ("p3", 1), ("p4", 2)]


def test_a_word_document_holds_the_text_and_every_answer(sealed: Report) -> None:
    assert sealed.sealed_revision
    text, rows = words(as_docx(sealed, sealed.sealed_revision))
    assert text[:3] == ["Training", "Money is what lacks [nm-1].", "Recommendation 1. Pay the trainers."]
    assert rows[1] == [
        "Yusuf Abdi · Civil society",
        "Money",
        "nm-1",
        "Accepted: Yes: it costs little.",
        "",
        "",
    ]


def test_a_word_document_names_nobody_who_is_not_to_be_named(sealed: Report) -> None:
    Contribution.objects.update(publication="group_only")
    assert sealed.sealed_revision
    _text, rows = words(as_docx(sealed, sealed.sealed_revision))
    assert rows[1][0] == "Civil society"


def test_without_the_extra_a_pdf_is_refused_with_what_to_do_instead(
    sealed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert sealed.sealed_revision
    revision = sealed.sealed_revision
    assert refusal(lambda: as_pdf(sealed, revision)) == "pdf_not_installed"


def test_the_report_of_a_process_that_drafts_nothing_has_no_section_about_agreement(sealed: Report) -> None:
    assert agreement(sealed.process) is None
    for form in ("/p/nm/report/", "/p/nm/report.txt"):
        told = Client().get(form).content.decode()
        assert "Minority statements" not in told
    assert told == REPORT.strip()
