"""Reading in a child process with limits, and the JSON between parent and child."""

from collections.abc import Sequence

from talanoa.lib import bounded
from talanoa.lib.extraction import MAX_UPLOAD, ExtractionRefused
from talanoa.lib.importing.reading import Imported, read
from talanoa.lib.importing.units import Unit
from talanoa.lib.paragraphs import TextTooLong


def read_bounded(data: bytes, filename: str, *, seconds: int = 10, memory_mb: int = 512) -> Imported:
    """Return `read(data, filename)`, done by a child with `seconds` of processor time and `memory_mb` MiB.

    Raises ExtractionRefused with the codes of `read`, and upload_too_complex where the child ran out of either
    or died.
    """
    try:
        # One byte more than allowed is enough to be refused as too large.
        told = bounded.run(
            "talanoa.lib.importing", data[: MAX_UPLOAD + 1], [filename], seconds=seconds, memory_mb=memory_mb
        )
    except bounded.Exceeded as problem:
        raise ExtractionRefused(
            "upload_too_complex", "The document took too long to read. Send its text as .txt or .md."
        ) from problem
    if "code" in told:
        raise ExtractionRefused(str(told["code"]), str(told["message"]))
    units, notes = told["units"], told["notes"]
    if not isinstance(units, list) or not isinstance(notes, list):
        raise ExtractionRefused("upload_damaged", "The file is damaged. Save it again and send it anew.")
    return Imported(
        tuple(Unit(str(kind), int(level), str(text)) for kind, level, text in units), tuple(map(str, notes))
    )


def answer(data: bytes, arguments: Sequence[str]) -> dict[str, object]:
    """Return what the child says: the units, or the code and message of the refusal."""
    try:
        imported = read(data, arguments[0])
    except ExtractionRefused as refused:
        return {"code": refused.code, "message": refused.message}
    except TextTooLong as long:
        return {
            "code": long.code,
            "message": "This text is too long: at most 400,000 characters and 5,000 paragraphs.",
        }
    return {
        "units": [[unit.kind, unit.level, unit.text] for unit in imported.units],
        "notes": list(imported.notes),
    }
