"""A Word document keeps its headings, lists, tables and notes, and what stands out in it."""

import io
from typing import Any

import docx
import pytest

from lib.example_documents import bare_docx
from talanoa.lib.importing import Unit, read

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = (
    f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Recommendation %1."/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
    "</w:numbering>"
)


def paragraph(text: str, settings: str = "", look: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def listed(number: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def said(body: str, **more: bytes | str) -> list[str]:
    found = read(bare_docx(body, **more), "a.docx").units
    return [f"{unit.kind}{unit.level or ''}: {unit.text}" for unit in found]


def saved(document: Any) -> tuple[Unit, ...]:
    out = io.BytesIO()
    document.save(out)
    return read(out.getvalue(), "a.docx").units


def test_titles_headings_and_quotes_are_told_by_their_styles() -> None:
    document = docx.Document()
    document.add_heading("Training", level=0)
    document.add_heading("Who pays", level=1)
    document.add_heading("Far down", level=5)
    document.add_paragraph("Said.", style="Quote")
    document.add_paragraph("Words.")
    assert [(unit.kind, unit.level, unit.text) for unit in saved(document)] == [
        ("heading", 1, "Training"),
        ("heading", 2, "Who pays"),
        ("heading", 3, "Far down"),
        ("quote", 0, "> Said."),
        ("text", 0, "Words."),
    ]


def test_lists_have_their_depth_and_bullets_or_numbers() -> None:
    document = docx.Document()
    for text, style in (
        ("a", "List Bullet"),
        ("b", "List Bullet 2"),
        ("c", "List Number"),
        ("d", "List Number"),
    ):
        document.add_paragraph(text, style=style)
    assert [unit.text for unit in saved(document)] == ["- a\n  - b", "1. c\n2. d"]


def test_a_list_that_a_paragraph_interrupts_goes_on_counting() -> None:
    body = (
        paragraph("a", listed(8))
        + paragraph("x", listed(8, 1))
        + paragraph("Between.")
        + paragraph("b", listed(8))
    )
    assert said(body, **{"word/numbering.xml": NUMBERING}) == [
        "list: 4. a\n   - x",
        "text: Between.",
        "list: 5. b",
    ]


def test_numbers_with_words_before_them_stand_in_the_text() -> None:
    body = paragraph("Pay.", listed(7)) + paragraph("Publish.", listed(7))
    assert said(body, **{"word/numbering.xml": NUMBERING}) == [
        "recommendation: Recommendation 1. Pay.",
        "recommendation: Recommendation 2. Publish.",
    ]


def test_what_stands_out_is_marked_and_signs_stay_signs() -> None:
    body = paragraph("all", look="<w:b/>") + paragraph("none", look='<w:b w:val="0"/><w:i/>')
    assert said(body + paragraph("*a* # 1") + paragraph("# 1")) == [
        "text: **all**",
        "text: *none*",
        r"text: \*a\* # 1",
        r"text: \# 1",
    ]


def test_a_link_is_kept_where_it_leads_to_the_web() -> None:
    link = '<w:p><w:hyperlink r:id="{}" xmlns:r="r"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    one = '<Relationship Id="{}" Type="x/hyperlink" Target="{}"/>'
    relations = f"<R>{one.format('a', 'https://a.example/')}{one.format('b', 'javascript:x')}</R>"
    body = link.format("a") + link.format("b")
    assert said(body, **{"word/_rels/document.xml.rels": relations}) == [
        "text: [here](https://a.example/)",
        "text: here",
    ]


def test_a_table_is_a_table_and_a_frame_is_none() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

    assert said(table(("who", "what"), ("a|b",))) == ["table: | who | what |\n| --- | --- |\n| a\\|b |  |"]
    assert said(table(("Words.",))) == ["text: Words."]


def test_deletions_are_left_out_and_notes_stand_at_the_end() -> None:
    body = (
        "<w:p><w:r><w:t>Pay</w:t></w:r><w:del><w:r><w:delText>no</w:delText><w:t>no</w:t></w:r></w:del>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    note = f'<w:footnote w:id="2">{paragraph("See there.")}</w:footnote>'
    notes = f"<w:footnotes {NS}>{note}</w:footnotes>"
    assert said(body, **{"word/footnotes.xml": notes}) == ["text: Pay[1]", "text: [1] See there."]


@pytest.mark.parametrize("number", ["999999999999", "-1", "x"])
def test_a_number_that_makes_no_sense_does_no_harm(number: str) -> None:
    settings = (
        f'<w:outlineLvl w:val="{number}"/><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="8"/></w:numPr>'
    )
    assert said(paragraph("a", settings), **{"word/numbering.xml": NUMBERING}) == ["heading1: a"]
