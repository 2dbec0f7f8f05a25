"""A Markdown text as a Word document, with styles of Word's own, so that an office can go on with it."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from talanoa.lib.exporting.parts import Part, parts
from talanoa.lib.spans import Span

_DEEPEST_STYLE = 3
_CODE, _MONOSPACE = "Code", "Courier New"


def written(markdown: str, *, title: str, language: str) -> bytes:
    """Return `markdown` as a .docx. `title` is a property of the file; `language` a BCP 47 tag or empty."""
    document = Document()
    told = document.core_properties
    told.title, told.author, told.comments, told.language = title[:255], "", "", language
    style = document.styles.add_style(_CODE, 1)
    style.font.name, style.font.size = _MONOSPACE, Pt(9)
    numbers: dict[int, int] = {}
    for part in parts(markdown):
        _add(document, part, numbers)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Any, part: Part, numbers: dict[int, int]) -> None:
    match part.kind:
        case "heading":
            _fill(document.add_heading(level=part.level), part.spans)
        case "item":
            _add_item(document, part, numbers)
        case "quote":
            _fill(document.add_paragraph(style="Quote"), part.spans)
        case "code":
            for line in part.text.split("\n"):
                document.add_paragraph(line, style=_CODE)
        case "table":
            _add_table(document, part)
        case "rule":
            document.add_paragraph("* * *")
        case _:
            _fill(document.add_paragraph(), part.spans)


def _add_item(document: Any, part: Part, numbers: dict[int, int]) -> None:
    """Add an item; a numbered list begins at its own number, which Word goes on from."""
    kind = "List Number" if part.number else "List Bullet"
    depth = min(part.level + 1, _DEEPEST_STYLE)
    paragraph = document.add_paragraph(style=kind if depth == 1 else f"{kind} {depth}")
    _fill(paragraph, part.spans)
    if part.is_first and part.number:
        numbers[part.level] = _new_list(document, paragraph.style, part.number)
    setting = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no lists
    if part.number:
        setting.get_or_add_numId().val = numbers[part.level]
    else:
        setting.get_or_add_numId().val = _list_of(paragraph.style)
    setting.get_or_add_ilvl().val = 0


def _list_of(style: Any) -> int:
    found = style.element.pPr.numPr.numId.val
    return int(found)


def _new_list(document: Any, style: Any, start: int) -> int:
    """Return a list of its own with the look of a style's list, which begins with `start`."""
    numbering = document.part.numbering_part.element
    look = numbering.num_having_numId(_list_of(style)).abstractNumId.val
    made = numbering.add_num(look)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def _add_table(document: Any, part: Part) -> None:
    table = document.add_table(rows=0, cols=max(map(len, part.rows)))
    table.style = "Table Grid"
    for row in part.rows:
        for cell, spans in zip(table.add_row().cells, row, strict=False):
            _fill(cell.paragraphs[0], spans)


def _fill(paragraph: Any, spans: tuple[Span, ...]) -> None:
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold, run.italic = span.is_bold or None, span.is_italic or None
        run.font.strike = span.is_struck or None
        if span.is_code:
            run.font.name = _MONOSPACE
        if span.link:
            _link(paragraph, run, span.link)


def _link(paragraph: Any, run: Any, address: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    link.append(run._r)  # noqa: SLF001 - python-docx reads links and writes none
    paragraph._p.append(link)  # noqa: SLF001 - same
    run.font.underline = True
