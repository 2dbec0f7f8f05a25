"""Uploaded files: text taken out, the file kept, refusals with their codes."""

import pytest

from lib.example_documents import docx_of, odt_of, packed, pdf_of
from steps import refusal
from talanoa.inputs.uploads import read_upload
from talanoa.lib.extraction import MAX_UPLOAD

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def test_the_words_come_with_the_file_they_stood_in() -> None:
    data = "Pay the trainers.\n".encode("cp1252") + b"na\xefve\n"
    words = read_upload(data, "training.txt", title="Training", language="fr")
    assert (
        words.title,
        words.text,
        words.language,
        words.filename,
        words.media_type,
        words.data,
        words.notes,
    ) == (
        "Training",
        "Pay the trainers.\nnaïve",
        "fr",
        "training.txt",
        "text/plain",
        data,
        ("decoded_as_cp1252",),
    )


@pytest.mark.parametrize(
    ("filename", "data"),
    [
        ("a.md", b"Pay the trainers."),
        ("a.docx", docx_of("Pay the trainers.")),
        ("a.odt", odt_of("<text:p>Pay the trainers.</text:p>")),
        ("a.pdf", pdf_of("Pay the trainers.")),
    ],
)
def test_each_format_gives_its_words(filename: str, data: bytes) -> None:
    assert read_upload(data, filename).text.strip() == "Pay the trainers."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "filename", "data"),
    [
        ("upload_empty", "a.txt", b""),
        ("upload_too_large", "a.txt", b"x" * (MAX_UPLOAD + 1)),
        ("upload_type", "a.exe", b"MZ"),
        ("upload_encoding", "a.txt", b"\xff\xfe\x00\xd8\x00\x00"),
        ("upload_bomb", "a.docx", packed({"word/document.xml": b" " * 60_000_000})),
        ("upload_encrypted", "a.docx", ENCRYPTED),
        ("upload_damaged", "a.odt", b"PK\x03\x04 and nothing more"),
        ("upload_no_text", "a.pdf", pdf_of("")),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("upload_") else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_its_code(code: str, filename: str, data: bytes) -> None:
    assert refusal(lambda: read_upload(data, filename)) == code
