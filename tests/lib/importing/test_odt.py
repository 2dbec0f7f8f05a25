"""An OpenDocument text keeps its headings, lists, tables and notes, and what stands out in it."""

from lib.example_documents import ODT_TYPE, odt_of, packed
from talanoa.lib.importing import read

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office", "style": "style", "text": "text", "fo": "xsl-fo-compatible", "table": "table",
    }.items()
)  # fmt: skip
STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="P2" style:parent-style-name="Quotations"/>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


def said(body: str) -> list[str]:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    found = read(packed({"mimetype": ODT_TYPE, "content.xml": content}), "a.odt").units
    return [f"{unit.kind}{unit.level or ''}: {unit.text}" for unit in found]


def test_titles_headings_and_quotes_are_told_by_level_and_style() -> None:
    body = (
        '<text:p text:style-name="P1">Training</text:p><text:h text:outline-level="1">Who pays</text:h>'
        '<text:p text:style-name="P2">Said.</text:p><text:p>Words.</text:p>'
    )
    assert said(body) == ["heading1: Training", "heading2: Who pays", "quote: > Said.", "text: Words."]


def test_lists_have_their_depth_and_bullets_or_numbers() -> None:
    inner = "<text:list><text:list-item><text:p>deeper</text:p></text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L1"><text:list-item><text:p>one</text:p>{inner}</text:list-item>'
        "<text:list-item><text:p>two</text:p></text:list-item></text:list>"
    )
    assert said(body) == ["list: 1. one\n   - deeper\n2. two"]


def test_what_stands_out_is_marked_and_signs_stay_signs() -> None:
    body = (
        '<text:p>We <text:span text:style-name="T1">all </text:span><text:span text:style-name="T2">agree</text:span>'
        "<text:s text:c='3'/>*now*<text:line-break/>here.</text:p>"
    )
    assert said(body) == ["text: We **all** *agree* \\*now\\*\\\nhere."]


def test_a_table_is_a_table() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    rows = row.format(cell.format("who") + cell.format("what")) + row.format(
        cell.format("a") + cell.format("b")
    )
    assert said(f"<table:table>{rows}</table:table>") == ["table: | who | what |\n| --- | --- |\n| a | b |"]


def test_notes_stand_at_the_end_and_are_counted() -> None:
    inner = "<text:note-citation>9</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body>"
    note = f"<text:note>{inner}</text:note>"
    body = f"<text:p>Pay{note.format('One.')} now{note.format('Two.')}.</text:p>"
    assert said(body) == ["text: Pay[1] now[2].", "text: [1] One.", "text: [2] Two."]


def test_tracked_changes_and_comments_are_told() -> None:
    comment = "<office:annotation><text:p>c</text:p></office:annotation>"
    change = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    body = f"{change}<text:p>a{comment}</text:p>"
    found = read(odt_of(body), "a.odt")
    assert ([unit.text for unit in found.units], found.notes) == (
        ["a"],
        ("tracked_changes_accepted", "comments_not_read"),
    )
