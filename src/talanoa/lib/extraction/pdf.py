"""The words of a .pdf, page by page, as pypdf reads them."""

import io

from pypdf import PasswordType, PdfReader
from pypdf.errors import LimitReachedError

from talanoa.lib.extraction.blocks import joined
from talanoa.lib.extraction.result import MAX_TEXT, ExtractionRefused

MAX_PAGES = 500


def read_pdf(data: bytes) -> tuple[str, list[str]]:
    """Return the text and the note `pages_without_text:N` where N pages hold none (pictures, scans).

    A document that anybody can open, protected only against changes, is read. Raises ExtractionRefused:
    upload_bomb, upload_encrypted, upload_damaged.
    """
    try:
        pages = _pages(data)
    except (ExtractionRefused, MemoryError):
        raise
    except LimitReachedError as problem:
        raise _bomb() from problem
    except Exception as problem:  # pypdf meets broken files with many kinds of error
        raise ExtractionRefused(
            "upload_damaged", "The PDF is damaged. Save it again and send it anew."
        ) from problem
    without = sum(1 for page in pages if not page.strip())
    return joined(pages), [f"pages_without_text:{without}"] if without else []


def _pages(data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data), strict=False)
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


def _bomb() -> ExtractionRefused:
    return ExtractionRefused(
        "upload_bomb", f"The PDF is too large to read: at most {MAX_PAGES} pages and 2 MB of text."
    )
