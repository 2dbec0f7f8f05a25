"""The characters of a plain text file whose encoding nobody declares."""

import codecs
import contextlib

from talanoa.lib.extraction.result import ExtractionRefused

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_plain(data: bytes) -> tuple[str, list[str]]:
    """Return the text and the note `decoded_as_cp1252` where the encoding is a guess.

    Tried in turn: UTF-16 if it has a byte order mark, UTF-8, Windows-1252. A NUL in the result means that
    the file is not text. Raises ExtractionRefused: upload_encoding.
    """
    text, notes = _decoded(data)
    if "\0" in text:
        raise _undecodable()
    return text, notes


def _decoded(data: bytes) -> tuple[str, list[str]]:
    try:
        if data.startswith(_UTF_16_MARKS):
            return data.decode("utf-16"), []
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig"), []
        return data.decode("cp1252"), ["decoded_as_cp1252"]
    except UnicodeDecodeError as problem:
        raise _undecodable() from problem


def _undecodable() -> ExtractionRefused:
    return ExtractionRefused("upload_encoding", "The characters cannot be read. Save the text as UTF-8.")
