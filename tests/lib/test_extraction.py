"""The words of an upload are read whatever wrote it, and what hides or harms is refused with a reason."""

import codecs
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_documents import (
    ODT_TYPE,
    bare_docx,
    docx_of,
    locked_pdf,
    odt_of,
    packed,
    pdf_of,
    word_notes,
)
from talanoa.lib.extraction import MAX_UPLOAD, Extracted, ExtractionRefused, extract, extract_bounded
from talanoa.lib.extraction.isolation import answer

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHART = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
PARAGRAPH = "<w:p><w:r><w:t>Keep it open.</w:t></w:r></w:p>"
BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def refusal(data: bytes, filename: str) -> str:
    """The code with which the upload is refused."""
    with pytest.raises(ExtractionRefused) as refused:
        extract(data, filename)
    assert refused.value.message
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ("Accès pour tous".encode(), ()),
        (codecs.BOM_UTF8 + "Accès pour tous".encode(), ()),
        ("Accès pour tous".encode("utf-16"), ()),
        (codecs.BOM_UTF16_BE + "Accès pour tous".encode("utf-16-be"), ()),
        ("Accès pour tous".encode("cp1252"), ("decoded_as_cp1252",)),
    ],
)
def test_plain_text_is_read_in_the_encodings_people_use(data: bytes, notes: tuple[str, ...]) -> None:
    assert extract(data, "view.txt") == Extracted("text/plain", "Accès pour tous", notes)


def test_markdown_stays_as_written_with_one_kind_of_line_end() -> None:
    assert extract(b"# View\r\n\r\n- one\r\n", " View.MD ") == Extracted("text/markdown", "# View\n\n- one")


def test_hidden_controls_do_not_pass() -> None:
    found = extract("pay \u202eeht\u202c bank".encode(), "view.txt")
    assert found == Extracted("text/plain", "pay eht bank", ("bidi_controls_removed",))


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data, "view.txt") == "upload_empty"


def test_a_file_over_ten_megabytes_is_refused() -> None:
    assert refusal(b"a" * (MAX_UPLOAD + 1), "view.txt") == "upload_too_large"


@pytest.mark.parametrize("name", ["view", "view.exe", "view.pdf.exe", "view.doc", ".txt", "view.svg"])
def test_other_kinds_of_file_are_refused(name: str) -> None:
    assert refusal(b"words", name) == "upload_type"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"words", "view.pdf"),
        (b"words", "view.docx"),
        (pdf_of("words"), "view.txt"),
        (docx_of("words"), "view.md"),
        (docx_of("words"), "view.odt"),
        (odt_of("<text:p>words</text:p>"), "view.docx"),
        (packed({"mimetype": "application/epub+zip"}), "view.odt"),
        (b"\x89PNG\r\n", "view.txt"),
    ],
)
def test_a_name_that_promises_another_kind_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name) == "upload_type"


@pytest.mark.parametrize("data", [b"\x81\x8d\xff", b"words\0more", "words".encode("utf-16-le"), b"\xff\xfea"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    assert refusal(data, "view.txt") == "upload_encoding"


def test_the_paragraphs_of_a_word_document_are_read() -> None:
    found = extract(docx_of("Ouvrir.", "", "فتح"), "view.docx")
    assert found == Extracted(DOCX_TYPE, "Ouvrir.\n\nفتح")


def test_a_table_in_a_word_document_is_read_row_by_row() -> None:
    document, buffer = docx.Document(), io.BytesIO()
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    document.save(buffer)
    assert extract(buffer.getvalue(), "view.docx").text == "cell 0\tcell 1\n\ncell 2\tcell 3"


def test_insertions_stand_and_deletions_do_not() -> None:
    body = "<w:p><w:ins><w:r><w:t>six</w:t></w:r></w:ins><w:del><w:r><w:delText>two</w:delText></w:r></w:del></w:p>"
    assert extract(bare_docx(body), "view.docx") == Extracted(DOCX_TYPE, "six", ("tracked_changes_accepted",))


def test_tabs_breaks_links_and_comments_in_a_word_document() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:hyperlink><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>"
        "<w:br/><w:t>c</w:t><w:noBreakHyphen/><w:commentReference/></w:r></w:hyperlink></w:p>"
    )
    assert extract(bare_docx(body), "view.docx") == Extracted(DOCX_TYPE, "a\tb\nc-", ("comments_not_read",))


def test_a_text_box_is_read_once_and_not_its_fallback() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    choice = f"<m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback>"
    body = f'<w:p><w:r><m:AlternateContent xmlns:m="urn:m">{choice}</m:AlternateContent></w:r></w:p>'
    assert extract(bare_docx(body), "view.docx").text == "boxed"


def test_notes_of_a_word_document_come_at_the_end() -> None:
    parts = {
        "word/footnotes.xml": word_notes("footnotes", "foot"),
        "word/endnotes.xml": word_notes("endnotes", "end"),
    }
    assert extract(bare_docx(PARAGRAPH, **parts), "view.docx").text == "Keep it open.\n\nfoot\n\nend"


def test_the_main_part_is_where_the_relations_say() -> None:
    relation = '<Relationship Type="urn:x/officeDocument" Target="/word/document2.xml"/>'
    relations = f"<Relationships>{relation}</Relationships>"
    other = word_notes("document", "from the second part")
    data = bare_docx(PARAGRAPH, **{"_rels/.rels": relations, "word/document2.xml": other})
    assert extract(data, "view.docx").text == "from the second part"


def test_an_open_document_text_is_read_with_its_spaces_and_breaks() -> None:
    body = (
        "<text:h>Title</text:h><text:p>a<text:s text:c='2'/>b<text:tab/><text:span>c</text:span>"
        "<text:line-break/>d<!-- no --></text:p>"
    )
    assert extract(odt_of(body), "view.odt") == Extracted(ODT_TYPE, "Title\n\na  b\tc\nd")


def test_tables_frames_and_notes_of_an_open_document_text() -> None:
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>c<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p>"
        "</text:note-body></text:note><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box>"
        "</draw:frame></text:p>"
    )
    assert extract(odt_of(body), "view.odt").text == "a\tb\n\nc\n\nboxed\n\nnote"


def test_changes_and_comments_of_an_open_document_text_are_left_out_and_noted() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:p>stays<office:annotation><text:p>comment</text:p></office:annotation></text:p>"
    )
    notes = ("tracked_changes_accepted", "comments_not_read")
    assert extract(odt_of(body), "view.odt") == Extracted(ODT_TYPE, "stays", notes)


@pytest.mark.parametrize(("count", "spaces"), [("999999999", 100), ("9" * 5000, 1), ("-5", 1), ("x", 1)])
def test_no_number_of_spaces_fills_the_memory(count: str, spaces: int) -> None:
    found = extract(odt_of(f"<text:p>a<text:s text:c='{count}'/>b</text:p>"), "view.odt")
    assert found.text == "a" + " " * spaces + "b"


def test_a_pdf_is_read_page_by_page() -> None:
    found = extract(pdf_of("Keep it open.", "", "And slow."), "view.pdf")
    assert found == Extracted("application/pdf", "Keep it open.\n\nAnd slow.", ("pages_without_text:1",))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf_of("", ""), "view.pdf"),
        (pdf_of(". . ."), "view.pdf"),
        (docx_of(""), "view.docx"),
        (odt_of("<text:p/>"), "view.odt"),
        (packed({"mimetype": ODT_TYPE, "content.xml": "<x/>"}), "view.odt"),
    ],
)
def test_a_document_of_pictures_is_refused_as_without_text(data: bytes, name: str) -> None:
    assert refusal(data, name) == "upload_no_text"


def test_a_pdf_locked_only_against_changes_is_read() -> None:
    assert extract(locked_pdf("Keep it open.", to_read=""), "view.pdf").text == "Keep it open."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (locked_pdf("Keep it open.", to_read="secret"), "view.pdf"),
        (odt_of("", **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "view.odt"),
        (codecs.decode("d0cf11e0a1b11ae1", "hex") + "EncryptedPackage".encode("utf-16-le"), "view.docx"),
        (
            docx_of("words").replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
            "view.docx",
        ),
    ],
    ids=["pdf", "odt", "docx", "zip"],
)
def test_a_document_with_a_password_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name) == "upload_encrypted"


@pytest.mark.parametrize(
    "more",
    [
        {f"word/media/{number}.png": b"" for number in range(99)},
        {"word/media/zeros": bytes(51 * 1024 * 1024)},
        {"word/media/zeros": bytes(200 * 1024)},
        {"word/inner.zip": b""},
        {"word/media/picture.png": packed({"inner": b"x"})},
        {"word/embeddings/inner.docx": b"x"},
    ],
    ids=["members", "size", "ratio", "archive by name", "archive by content", "archive embedded"],
)
def test_an_archive_bomb_is_refused(more: dict[str, bytes]) -> None:
    assert refusal(bare_docx(PARAGRAPH, **more), "view.docx") == "upload_bomb"


def test_a_document_just_within_the_limits_with_a_chart_is_read() -> None:
    more = {f"word/media/{number}.png": b"" for number in range(97)}
    data = bare_docx(PARAGRAPH, **more, **{CHART: packed({"sheet": b"x"})})
    assert extract(data, "view.docx").text == "Keep it open."


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert refusal(pdf_of(*["x"] * 501), "view.pdf") == "upload_bomb"


@pytest.mark.parametrize("document", ["pdf", "docx"])
def test_more_than_two_megabytes_of_text_are_refused(document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talanoa.lib.extraction.pdf.MAX_TEXT", 20)
    monkeypatch.setattr("talanoa.lib.extraction.reading.MAX_TEXT", 20)
    pages = ["eleven char", "eleven char"]
    data = pdf_of(*pages) if document == "pdf" else docx_of(*pages)
    assert refusal(data, f"view.{document}") == "upload_bomb"


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": "<w:document"},
        {"word/document.xml": BILLION},
        {"word/document.xml": '<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>'},
        {"word/document.xml": "<a>" * 10_000 + "</a>" * 10_000},
        {"word/document.xml": ""},
        {"word/other.xml": "<x/>"},
    ],
    ids=["cut", "entities", "external", "nested", "empty", "absent"],
)
def test_a_part_that_is_no_honest_xml_is_refused(members: dict[str, str]) -> None:
    assert refusal(packed({"[Content_Types].xml": "<Types/>", **members}), "view.docx") == "upload_damaged"


@pytest.mark.parametrize("name", ["view.docx", "view.odt", "view.pdf"])
def test_half_a_file_is_refused_as_damaged(name: str) -> None:
    whole = {"view.docx": docx_of("x"), "view.odt": odt_of("<text:p>x</text:p>"), "view.pdf": pdf_of("x")}[
        name
    ]
    assert refusal(whole[: len(whole) // 2 if name != "view.pdf" else 20], name) == "upload_damaged"


def test_a_member_that_lies_about_its_content_is_refused() -> None:
    data = bytearray(bare_docx(PARAGRAPH))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo("word/document.xml")
    at = member.header_offset + 30 + len(member.filename)
    data[at : at + 20] = bytes(20)
    assert refusal(bytes(data), "view.docx") == "upload_damaged"


def test_a_method_that_packs_too_well_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", b"x")
    assert refusal(buffer.getvalue(), "view.docx") == "upload_damaged"


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.pdf", "a.docx", "a.odt", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    for start in (b"", b"%PDF-1.7\n", b"PK\x03\x04"):
        try:
            outcome = extract(start + data, name).text
        except ExtractionRefused as refused:
            outcome = refused.code
        assert outcome


def test_what_the_child_says_is_an_extract_or_the_code_of_a_refusal() -> None:
    assert answer(b"Open.", ["a.txt"]) == {
        "media_type": "text/plain",
        "text": "Open.",
        "notes": (),
        "named": (),
    }
    assert answer(b"", ["a.txt"])["code"] == "upload_empty"


def test_the_child_gives_what_reading_here_gives() -> None:
    data = "Accès\u202e".encode("utf-16")
    assert extract_bounded(data, "view.txt") == extract(data, "view.txt")


def test_the_child_refuses_as_reading_here_does() -> None:
    with pytest.raises(ExtractionRefused) as refused:
        extract_bounded(b"a" * (MAX_UPLOAD + 1), "view.txt")
    assert refused.value.code == "upload_too_large"


def test_a_document_that_takes_too_much_is_refused_as_too_complex() -> None:
    with pytest.raises(ExtractionRefused) as refused:
        extract_bounded(b"a" * MAX_UPLOAD, "view.txt", memory_mb=40)
    assert refused.value.code == "upload_too_complex"
