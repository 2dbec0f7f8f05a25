"""Extraction in a child process with limits, and the JSON between parent and child."""

from collections.abc import Sequence

from talanoa.lib import bounded
from talanoa.lib.extraction.reading import MAX_UPLOAD, extract
from talanoa.lib.extraction.result import Extracted, ExtractionRefused


def extract_bounded(data: bytes, filename: str, *, seconds: int = 10, memory_mb: int = 512) -> Extracted:
    """Return `extract(data, filename)`, done by a child with `seconds` of processor time and `memory_mb` MiB.

    Raises ExtractionRefused with the codes of `extract`, and upload_too_complex where the child ran out of
    either or died.
    """
    try:
        # One byte more than allowed is enough to be refused as too large.
        answer = bounded.run(
            "talanoa.lib.extraction", data[: MAX_UPLOAD + 1], [filename], seconds=seconds, memory_mb=memory_mb
        )
    except bounded.Exceeded as problem:
        raise ExtractionRefused(
            "upload_too_complex", "The document took too long to read. Send its text as .txt."
        ) from problem
    if "code" in answer:
        raise ExtractionRefused(str(answer["code"]), str(answer["message"]))
    notes, named = answer["notes"], answer["named"]
    return Extracted(
        media_type=str(answer["media_type"]),
        text=str(answer["text"]),
        notes=tuple(map(str, notes)) if isinstance(notes, list) else (),
        named=tuple(map(str, named)) if isinstance(named, list) else (),
    )


def answer(data: bytes, arguments: Sequence[str]) -> dict[str, object]:
    """Return what the child says: the extracted text, or the code and message of the refusal."""
    try:
        extracted = extract(data, arguments[0])
    except ExtractionRefused as refused:
        return {"code": refused.code, "message": refused.message}
    return {
        "media_type": extracted.media_type,
        "text": extracted.text,
        "notes": extracted.notes,
        "named": extracted.named,
    }
