"""Reads one document: finds out what it is, takes its structure, and gives units of our Markdown."""

from dataclasses import dataclass, replace

from talanoa.lib.extraction import MAX_UPLOAD, ExtractionRefused
from talanoa.lib.extraction.detect import DOCX, MARKDOWN, ODT, PDF, media_type_of
from talanoa.lib.extraction.package import Package
from talanoa.lib.extraction.plain import read_plain
from talanoa.lib.extraction.result import MAX_TEXT
from talanoa.lib.importing.docx import read_docx
from talanoa.lib.importing.odt import read_odt
from talanoa.lib.importing.rfc_text import read_rfc_text
from talanoa.lib.importing.units import Piece, Unit, filled, gathered, units_of
from talanoa.lib.paragraphs import TextTooLong
from talanoa.lib.plaintext import clean

MOST_CHARS = 600_000
"""Half as many again as a revision may have: indents, heads and feet go."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The units of a document; `notes` say what was done to it, as in `talanoa.lib.extraction`."""

    units: tuple[Unit, ...]
    notes: tuple[str, ...] = ()


def read(data: bytes, filename: str) -> Imported:
    """Return the units of a .md, .txt, .docx or .odt; `filename` gives the type and is used for nothing else.

    Raises ExtractionRefused: upload_empty, upload_too_large (10 MiB), upload_type, upload_encoding, upload_bomb,
    upload_encrypted, upload_damaged, upload_no_text; TextTooLong of paragraphs. Its use of time and memory is not
    bounded: bytes from outside go through `read_bounded`.
    """
    if not data.strip():
        raise ExtractionRefused("upload_empty", "The file is empty. Choose the file that holds your text.")
    if len(data) > MAX_UPLOAD:
        raise ExtractionRefused("upload_too_large", "The file is larger than 10 MB. Send a smaller one.")
    media_type = media_type_of(data, filename)
    if media_type == PDF:
        raise ExtractionRefused("upload_type", "Send the text as .md, .txt, .docx or .odt.")
    if media_type in (DOCX, ODT):
        package = Package(data)
        pieces, notes = read_docx(package) if media_type == DOCX else read_odt(package)
        units = gathered(_cleaned(pieces))
    else:
        raw, notes = read_plain(data)
        _bounded(len(raw))
        text, cleaned = clean(raw)
        notes += cleaned
        # Form feeds part the pages of a plain text; cleaning takes them out.
        units = units_of(text) if media_type == MARKDOWN else gathered(_cleaned(read_rfc_text(raw)))
    if not units:
        raise ExtractionRefused(
            "upload_no_text", "The document holds no text, perhaps only pictures of pages. Send it as text."
        )
    return Imported(units, tuple(notes))


def _cleaned(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` with clean text. Raises ExtractionRefused: upload_bomb; TextTooLong of paragraphs."""
    _bounded(sum(len(piece.text) + sum(len(span.text) for span in piece.spans) for piece in pieces))
    return [
        replace(
            piece,
            spans=tuple(span.with_text(clean(span.text)[0]) for span in piece.spans),
            text=clean(piece.text)[0],
        )
        for piece in filled(pieces)
    ]


def _bounded(size: int) -> None:
    if size > MAX_TEXT:
        raise ExtractionRefused("upload_bomb", "The document holds more than 2 MB of text.")
    if size > MOST_CHARS:
        raise TextTooLong(f"{size} characters")
