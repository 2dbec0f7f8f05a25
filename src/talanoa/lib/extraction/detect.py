"""Which kind of document an upload is: the extension says it, the first bytes must agree."""

from pathlib import PurePath

from talanoa.lib.extraction.result import ExtractionRefused

TEXT, MARKDOWN, PDF = "text/plain", "text/markdown", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

MEDIA_TYPES = {".txt": TEXT, ".md": MARKDOWN, ".pdf": PDF, ".docx": DOCX, ".odt": ODT}

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of the format of Word before 2007, which also wraps a .docx with a password ([MS-CFB] 2.2)."""

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_PDF_WINDOW = 1024
_OTHER_BINARY = (
    b"%PDF-", _ZIP, COMPOUND_FILE, b"{\\rtf", b"\x7fELF", b"MZ", b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
    b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ",
)  # fmt: skip


def is_readable(filename: str) -> bool:
    """Tell whether a file is called as a document is that can be read."""
    return PurePath(filename.strip()).suffix.lower() in MEDIA_TYPES


def media_type_of(data: bytes, filename: str) -> str:
    """Return the media type of an upload. Raises ExtractionRefused: upload_type, upload_encrypted."""
    suffix = PurePath(filename.strip()).suffix.lower()
    media_type = MEDIA_TYPES.get(suffix)
    if media_type is None:
        raise ExtractionRefused("upload_type", "Send the text as .txt, .md, .pdf, .docx or .odt.")
    if media_type == DOCX and data.startswith(COMPOUND_FILE) and _ENCRYPTED_PACKAGE in data:
        raise ExtractionRefused("upload_encrypted", "The document has a password. Send it without one.")
    if not _agrees(data, media_type):
        raise ExtractionRefused("upload_type", f"The content of the file is not what {suffix} promises.")
    return media_type


def _agrees(data: bytes, media_type: str) -> bool:
    if media_type == PDF:
        # Readers accept some bytes before the header (ISO 32000-1, annex H, note 13).
        return b"%PDF-" in data[:_PDF_WINDOW]
    if media_type in (DOCX, ODT):
        return data.startswith(_ZIP)
    return not data.startswith(_OTHER_BINARY)
