"""The words of a .pdf, page by page, as pypdf reads them."""

import io

from pypdf import PasswordType, PdfReader
from pypdf.errors import LimitReachedError

from talanoa.lib.extraction.blocks import joined
from talanoa.lib.extraction.named import names
from talanoa.lib.extraction.result import MAX_TEXT, ExtractionRefused

MAX_PAGES = 500


def read_pdf(data: bytes) -> tuple[str, list[str], tuple[str, ...]]:
    """Return the text, the note `pages_without_text:N` where N pages hold none (pictures, scans), and whom it names.

    A document that anybody can open, protected only against changes, is read. Raises ExtractionRefused:
    upload_bomb, upload_encrypted, upload_damaged.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        pages, people = _pages(reader), _people(reader)
    except (ExtractionRefused, MemoryError):
        raise
    except LimitReachedError as problem:
        raise _bomb() from problem
    except Exception as problem:  # pypdf meets broken files with many kinds of error
        raise ExtractionRefused(
            "upload_damaged", "The PDF is damaged. Save it again and send it anew."
        ) from problem
    without = sum(1 for page in pages if not page.strip())
    return joined(pages), [f"pages_without_text:{without}"] if without else [], people


def _pages(reader: PdfReader) -> list[str]:
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise ExtractionRefused("upload_encrypted", "The PDF has a password. Send it without one.")
    if len(reader.pages) > MAX_PAGES:
        raise _bomb()
    pages, length = [], 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > MAX_TEXT:
            raise _bomb()
    return pages


def _people(reader: PdfReader) -> tuple[str, ...]:
    """Return the author of the document information and the creators of its XMP (ISO 32000-1, 14.3).

    Where these are broken it names nobody: that is no reason to refuse the text.
    """
    try:
        told, xmp = reader.metadata, reader.xmp_metadata
        return names([str(told.author or "") if told else "", *((xmp.dc_creator or []) if xmp else [])])
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pypdf meets broken files with many kinds of error
        return ()


def _bomb() -> ExtractionRefused:
    return ExtractionRefused(
        "upload_bomb", f"The PDF is too large to read: at most {MAX_PAGES} pages and 2 MB of text."
    )
