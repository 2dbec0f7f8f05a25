"""The report in the forms that people take away: HTML with links, docx, and PDF where the extra is installed."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from docx import Document as Docx

from talanoa.contributions.models import Contribution
from talanoa.contributions.queries import matrix_rows, published_answers
from talanoa.contributions.rows import page_of
from talanoa.documents.models import Revision
from talanoa.documents.queries import blocks, recommendations
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.markdown import render
from talanoa.lib.citations import link, name_themes
from talanoa.processes.models import Process
from talanoa.reports.agreement import Finding, agreement
from talanoa.reports.letters import Section, level_line, sections
from talanoa.reports.models import Report
from talanoa.reports.queries import theme_names
from talanoa.reports.tables import COLUMNS

Linker = Callable[[str], str]
Block = tuple[str, SafeString, int]
Levels = dict[int, Finding | None]


def linker(process: Process) -> Linker:
    """Return a function that turns citations in Markdown into links; what is cited but not there stays text."""
    kinds = dict(Contribution.objects.filter(process=process).values_list("number", "kind"))
    names = theme_names(process)

    def number_url(number: int) -> str | None:
        return page_of(process.key, number, kinds[number]) if number in kinds else None

    def theme_url(slug: str) -> str | None:
        return reverse("contributions:theme", args=[process.key, slug]) if slug in names else None

    return lambda text: link(
        text, process.key, number_url=number_url, theme_url=theme_url, theme_name=names.get
    )


def rendered(process: Process, revision: Revision) -> list[Block]:
    """Return the report paragraph by paragraph: anchor, HTML with links, number of the recommendation or 0."""
    linked = linker(process)
    return [(block.anchor, render(linked(block.text)), block.number) for block in blocks(revision)]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report below the one heading of its page: `anchor` and words of the heading, and the blocks under it."""

    anchor: str
    heading: SafeString | str
    blocks: list[Block]


def as_page(report: Report, revision: Revision) -> ReportPage:
    """Return the report for a page. A text that begins with its own title says it once; what follows begins at h2."""
    linked, rows = linker(report.process), blocks(revision)
    own = rows[0] if rows and (rows[0].kind, rows[0].level) == ("heading", 1) else None
    rest = rows[1:] if own else rows
    offset = 2 - min((row.level for row in rest if row.kind == "heading"), default=1)
    shown = [(row.anchor, render(linked(row.text), offset), row.number) for row in rest]
    if own is None:
        return ReportPage("", report.document.title, shown)
    words = render(linked(own.text)).removeprefix("<h2>").removesuffix("</h2>")
    return ReportPage(own.anchor, SafeString(words), shown)


def as_docx(report: Report, revision: Revision) -> bytes:
    """Return the report with what was agreed, who dissents, and its response table as a Word document."""
    document = Docx()
    document.core_properties.title = report.document.title
    document.core_properties.author = ""
    made = agreement(report.process)
    levels = made.found_on(recommendations(revision)) if made else {}
    _add_text(document, report.process, revision, levels)
    for section in sections(made, report.process) if made else ():
        _add_section(document, section)
    _add_table(document, report.process)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add_text(document: Any, process: Process, revision: Revision, levels: Levels) -> None:
    names = theme_names(process)
    for block in blocks(revision):
        plain = name_themes(block.text, process.key, names.get).lstrip("# ").strip()
        if block.kind == "heading":
            document.add_heading(plain, level=min(block.level, 4))
        elif block.kind == "list":
            for line in plain.splitlines():
                document.add_paragraph(line.lstrip("-*0123456789. "), style="List Bullet")
        else:
            document.add_paragraph(plain)
        if block.number in levels:
            document.add_paragraph(level_line(levels[block.number]))


def _add_section(document: Any, section: Section) -> None:
    document.add_heading(section.heading, level=1)
    if section.lead:
        document.add_paragraph(section.lead)
    for part in section.parts:
        document.add_heading(part.heading, level=2)
        for paragraph in part.paragraphs:
            document.add_paragraph(paragraph)


def _add_table(document: Any, process: Process) -> None:
    document.add_heading(_("Every input and its answer"), level=1)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = name
    for row in matrix_rows(published_answers(process).iterator(500), process):
        cells = table.add_row().cells
        for cell, name in zip(cells, COLUMNS, strict=True):
            cell.text = getattr(row, name)


def as_pdf(report: Report, revision: Revision) -> bytes:
    """Return the report as PDF. Raises RuleBroken(pdf_not_installed) where the extra `docs` is absent."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an optional extra: absent on a small installation
    except (ImportError, OSError) as absent:
        raise RuleBroken(
            _(
                "This installation makes no PDF. Print the page instead, or ask its operator for the extra “docs”."
            ),
            code="pdf_not_installed",
        ) from absent
    made: bytes = HTML(string=printed(report, revision), url_fetcher=_fetch_nothing).write_pdf()
    return made


def printed(report: Report, revision: Revision) -> str:
    """Return the page that becomes the PDF: the report, what was agreed, who dissents, and every answer."""
    made = agreement(report.process)
    context = {
        "report": report,
        "process": report.process,
        "agreement": made,
        "levels": made.found_on(recommendations(revision)) if made else {},
        "blocks": rendered(report.process, revision),
        "rows": list(matrix_rows(published_answers(report.process).iterator(500), report.process)),
    }
    return render_to_string("reports/pdf.html", context)


def _fetch_nothing(url: str) -> dict[str, object]:
    raise ValueError(f"A report loads nothing from elsewhere: {url[:80]}")
