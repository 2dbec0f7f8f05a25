"""Reads one upload: checks its size, finds out what it is, takes its text and cleans it."""

from talanoa.lib.extraction.detect import DOCX, ODT, PDF, media_type_of
from talanoa.lib.extraction.docx import read_docx
from talanoa.lib.extraction.named import PARTS, named_in
from talanoa.lib.extraction.odt import read_odt
from talanoa.lib.extraction.package import Package
from talanoa.lib.extraction.plain import read_plain
from talanoa.lib.extraction.result import MAX_TEXT, Extracted, ExtractionRefused
from talanoa.lib.plaintext import clean

MAX_UPLOAD = 10 * 1024 * 1024


def extract(data: bytes, filename: str) -> Extracted:
    """Return the text of an upload; `filename` gives the type and is used for nothing else.

    Raises ExtractionRefused: upload_empty, upload_too_large (10 MiB), upload_type, upload_encoding,
    upload_bomb, upload_encrypted, upload_damaged, upload_no_text. Its use of time and memory is not
    bounded: bytes from outside go through `extract_bounded`.
    """
    if not data.strip():
        raise _empty()
    if len(data) > MAX_UPLOAD:
        raise ExtractionRefused("upload_too_large", "The file is larger than 10 MB. Send a smaller one.")
    media_type = media_type_of(data, filename)
    raw_text, notes, named = _read(data, media_type)
    text, cleaned = clean(raw_text)
    text = text.strip("\n").rstrip()
    if not text:
        raise _empty() if media_type.startswith("text/") else _no_text()
    if not any(map(str.isalnum, text)) and media_type == PDF:
        raise _no_text()
    return Extracted(media_type, text, (*notes, *cleaned), named)


def _read(data: bytes, media_type: str) -> tuple[str, list[str], tuple[str, ...]]:
    if media_type == PDF:
        # Here, because pypdf takes a quarter of every program's start, and only the child reads a PDF.
        from talanoa.lib.extraction.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data)
    if media_type not in (DOCX, ODT):
        return *read_plain(data), ()
    package = Package(data)
    text, notes = read_docx(package) if media_type == DOCX else read_odt(package)
    if len(text) > MAX_TEXT:
        raise ExtractionRefused("upload_bomb", "The document holds more than 2 MB of text.")
    return text, notes, named_in(package, PARTS[media_type])


def _empty() -> ExtractionRefused:
    return ExtractionRefused("upload_empty", "The file is empty. Choose the file that holds your text.")


def _no_text() -> ExtractionRefused:
    return ExtractionRefused(
        "upload_no_text", "The document holds no text, perhaps only pictures of pages. Send it as text."
    )
