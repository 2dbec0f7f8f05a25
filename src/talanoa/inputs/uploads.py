"""Uploaded files: the text taken out within limits, the file kept as it came."""

from talanoa.inputs.actions.receiving import Words
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.extraction import ExtractionRefused, extract_bounded


def read_upload(
    data: bytes, filename: str, *, title: str = "", language: str = "", seconds: int = 10
) -> Words:
    """Return the words in a file (txt, md, pdf, docx, odt) together with the file; `seconds` of a processor may go.

    Raises RuleBroken with the codes of lib/extraction.py, such as upload_type or upload_bomb.
    """
    try:
        found = extract_bounded(data, filename, seconds=seconds)
    except ExtractionRefused as refused:
        raise RuleBroken(refused.message, code=refused.code) from refused
    return Words(
        title=title,
        text=found.text,
        language=language,
        filename=filename,
        media_type=found.media_type,
        data=data,
        notes=found.notes,
    )
