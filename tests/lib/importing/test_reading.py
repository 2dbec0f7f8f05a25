"""A document of others becomes units, or is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_documents import bare_docx, docx_of, locked_pdf, odt_of, packed, pdf_of
from talanoa.lib.extraction import MAX_UPLOAD, ExtractionRefused
from talanoa.lib.importing import Unit, as_markdown, read, read_bounded
from talanoa.lib.importing.isolation import answer
from talanoa.lib.paragraphs import MAX_BLOCKS, TextTooLong

BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
DEEP = "<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000


def refusal(data: bytes, filename: str) -> str:
    with pytest.raises(ExtractionRefused) as refused:
        read(data, filename)
    assert refused.value.message
    return refused.value.code


def test_markdown_is_read_as_revisions_are() -> None:
    found = read(
        b"Training\n===\n\n## Who pays ##\n\n- hosts\n- others\n\nRecommendation 1. Pay.", "a.md"
    ).units
    assert found == (
        Unit("heading", 1, "Training"),
        Unit("heading", 2, "Who pays"),
        Unit("list", 0, "- hosts\n- others"),
        Unit("recommendation", 0, "Recommendation 1. Pay."),
    )
    assert as_markdown(found) == "# Training\n\n## Who pays\n\n- hosts\n- others\n\nRecommendation 1. Pay."


def test_hidden_controls_do_not_pass() -> None:
    for data, name in (
        (docx_of("pay \u202eeht\u202c bank"), "a.docx"),
        ("pay \u202eeht\u202c bank".encode(), "a.txt"),
    ):
        assert read(data, name).units == (Unit("text", 0, "pay eht bank"),)


def test_notes_say_what_was_done() -> None:
    assert read("Accès".encode("cp1252"), "a.txt").notes == ("decoded_as_cp1252",)
    assert read(bare_docx("<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>"), "a.docx").notes == (
        "tracked_changes_accepted",
    )


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b" \n", "a.md", "upload_empty"),
        (b"a" * (MAX_UPLOAD + 1), "a.txt", "upload_too_large"),
        (b"a\n" * (MAX_UPLOAD // 4), "a.txt", "upload_bomb"),
        (pdf_of("words"), "a.pdf", "upload_type"),
        (locked_pdf("words", to_read="x"), "a.pdf", "upload_type"),
        (b"words", "a.docx", "upload_type"),
        (odt_of("<text:p>words</text:p>"), "a.docx", "upload_type"),
        (packed({"mimetype": "application/epub+zip"}), "a.odt", "upload_type"),
        (b"\xff\xfe\x00", "a.txt", "upload_encoding"),
        (
            packed({"[Content_Types].xml": "", "word/document.xml": b"\0" * 40_000_000}),
            "a.docx",
            "upload_bomb",
        ),
        (
            packed({"[Content_Types].xml": "<Types/>", "word/document.xml": BILLION}),
            "a.docx",
            "upload_damaged",
        ),
        (bare_docx(DEEP), "a.docx", "upload_damaged"),
        (docx_of("words")[:2000], "a.docx", "upload_damaged"),
        (packed({"[Content_Types].xml": "<Types/>"}), "a.docx", "upload_damaged"),
        (bare_docx("<w:p/>"), "a.docx", "upload_no_text"),
        (odt_of("<text:p/>"), "a.odt", "upload_no_text"),
    ],
)
def test_what_harms_or_holds_no_text_is_refused_with_its_code(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name) == code


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_document_of_too_many_paragraphs_is_refused(name: str) -> None:
    with pytest.raises(TextTooLong):
        read(b"a\n\n" * (MAX_BLOCKS + 1), name)
    assert answer(b"a\n\n" * (MAX_BLOCKS + 1), [name])["code"] == "text_too_long"


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.docx", "a.odt", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04"):
        try:
            outcome = as_markdown(read(start + data, name).units)
        except ExtractionRefused as refused:
            outcome = refused.code
        assert outcome


@given(st.text(st.sampled_from("ab 1.-*#>|`\n\f[]()"), min_size=1, max_size=120))
def test_what_is_read_is_what_a_revision_will_hold(text: str) -> None:
    for name in ("a.txt", "a.md"):
        try:
            units = read(text.encode(), name).units
        except ExtractionRefused:
            continue
        assert read(as_markdown(units).encode(), "a.md").units == units


def test_the_child_gives_what_reading_here_gives() -> None:
    data = "# A\n\nAcc\u00e8s\n".encode("utf-16")
    assert read_bounded(data, "a.md") == read(data, "a.md")


def test_the_child_refuses_as_reading_here_does() -> None:
    with pytest.raises(ExtractionRefused) as refused:
        read_bounded(b"a" * 50_000_000, "a.md")
    assert refused.value.code == "upload_too_large"


def test_a_document_that_takes_too_much_is_refused_as_too_complex() -> None:
    with pytest.raises(ExtractionRefused) as refused:
        read_bounded(b"a" * MAX_UPLOAD, "a.txt", memory_mb=40)
    assert refused.value.code == "upload_too_complex"
