"""A blind application is looked through for what tells who applies."""

from io import BytesIO

import docx
import pypdf
import pytest

from lib.example_documents import bare_docx, odt_of, pdf_of
from talanoa.lib.blinding import Telling, telling
from talanoa.lib.extraction import extract_bounded

META = (
    '<m xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<meta:initial-creator>Leilani Kahale</meta:initial-creator><dc:creator>Kofi</dc:creator></m>"
)


def a_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Our question")
    document.core_properties.author = "Leilani  Kahale"
    document.core_properties.last_modified_by = "Kofi"
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf_of("Our question")))
    writer.add_metadata({"/Author": "Leilani Kahale"})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "named"),
    [
        (a_docx(), "a.docx", ("Leilani Kahale", "Kofi")),
        (a_pdf(), "a.pdf", ("Leilani Kahale",)),
        (odt_of("<text:p>Our question</text:p>", **{"meta.xml": META}), "a.odt", ("Leilani Kahale", "Kofi")),
        (b"Our question", "a.txt", ()),
    ],
    ids=["docx", "pdf", "odt", "txt"],
)
def test_whom_a_file_names_beside_its_text_is_told(
    data: bytes, filename: str, named: tuple[str, ...]
) -> None:
    found = extract_bounded(data, filename)
    assert (found.text, found.named) == ("Our question", named)
    assert telling(found.text, (), found.named) == tuple(Telling(0, name) for name in named)


def test_who_changed_or_commented_on_a_document_is_told() -> None:
    body = '<w:p><w:ins w:id="1" w:author="Kofi"><w:r><w:t>Our question</w:t></w:r></w:ins></w:p>'
    assert extract_bounded(bare_docx(body), "a.docx").named == ("Kofi",)


def test_a_text_is_read_though_what_is_beside_it_is_broken() -> None:
    body = "<w:p><w:r><w:t>Our question</w:t></w:r></w:p>"
    found = extract_bounded(bare_docx(body, **{"docProps/core.xml": "<broken"}), "a.docx")
    assert (found.text, found.named) == ("Our question", ())


def test_ones_own_name_is_found_in_any_case_with_or_without_accents() -> None:
    text = "We ask.\nAs KAHALE (2024) shows,\nLéilani Kahale asked before."
    assert telling(text, ["Leilani Kahalé"]) == (
        Telling(2, "kahale"),
        Telling(3, "kahale"),
        Telling(3, "leilani kahale"),
    )


def test_a_part_of_a_word_is_no_name() -> None:
    assert telling("The Kahalean method of Li", ["Leilani Kahale", "B. Li"]) == ()


def test_an_organization_is_found_whole() -> None:
    assert telling("Made at Reef University.", ["Reef University"])[0] == Telling(1, "reef university")


def test_any_address_or_orcid_is_told() -> None:
    text = "Write to l@reef.example or see 0000-0002-1825-0097."
    assert telling(text, ()) == (Telling(1, "l@reef.example"), Telling(1, "0000-0002-1825-0097"))


def test_a_text_that_tells_nothing_is_left_alone() -> None:
    assert telling("What makes a decision last?", ["Leilani Kahale", ""]) == ()
