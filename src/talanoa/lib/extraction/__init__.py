"""Text from uploads (txt, md, pdf, docx, odt), read as hostile: `extract_bounded` is the door.

`ExtractionRefused.code`: `upload_empty`, `upload_too_large`, `upload_type` (extension not allowed, or the
content is something else), `upload_encoding`, `upload_bomb`, `upload_encrypted`, `upload_damaged`,
`upload_no_text` (a scan), `upload_too_complex` (ran out of time or memory).
`Extracted.notes`: `decoded_as_cp1252`, `pages_without_text:N`, `tracked_changes_accepted`,
`comments_not_read`, and those of `talanoa.lib.plaintext`.
"""

from talanoa.lib.extraction.detect import is_readable
from talanoa.lib.extraction.isolation import extract_bounded
from talanoa.lib.extraction.reading import MAX_UPLOAD, extract
from talanoa.lib.extraction.result import Extracted, ExtractionRefused

__all__ = ["MAX_UPLOAD", "Extracted", "ExtractionRefused", "extract", "extract_bounded", "is_readable"]
