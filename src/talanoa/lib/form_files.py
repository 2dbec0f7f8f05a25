"""The files of a folder of forms: which pairs there are, with limits on number and size and no way out of it.

Errors: FolderError with a code: not_a_folder, too_many_files.
"""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from talanoa.lib.form_register import FolderError

MAX_FILES = 10_000
MAX_FILE_BYTES = 5_000_000
MAX_FOLDER_BYTES = 100_000_000

_NAME = re.compile(r"([0-9]{1,9})([AB])\.txt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be read: its name, a code of form_codes.REJECTIONS and what happened."""

    source: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The raw bytes of a form and of its document (empty for none); `source` is the name of the form."""

    serial: int
    source: str
    form: bytes
    document: bytes


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The pairs by number, the files that could not be read, and the names that are none of a pair."""

    pairs: tuple[Pair, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[str, ...]


class _RefusedError(Exception):
    def __init__(self, rejected: Rejected) -> None:
        super().__init__(rejected.code)
        self.rejected = rejected


def read_pairs(directory: Path) -> FolderFiles:
    """Read the pairs of `directory`, by number. Raises FolderError: not_a_folder, too_many_files."""
    names = _names(directory)
    found: dict[int, dict[str, str]] = {}
    rejected: list[Rejected] = []
    for name in names:
        if match := _NAME.fullmatch(name):
            half = found.setdefault(int(match[1]), {})
            if half.setdefault(match[2].upper(), name) != name:
                rejected.append(
                    Rejected(name, "serial_repeated", f"{half[match[2].upper()]} has this number")
                )
    pairs: list[Pair] = []
    left = MAX_FOLDER_BYTES
    for serial, half in sorted(found.items()):
        try:
            pair = _pair(directory, serial, half, left)
        except _RefusedError as refused:
            rejected.append(refused.rejected)
        else:
            pairs.append(pair)
            left -= len(pair.form) + len(pair.document)
    ignored = tuple(name for name in names if not _NAME.fullmatch(name))
    return FolderFiles(tuple(pairs), tuple(rejected), ignored)


def _names(directory: Path) -> list[str]:
    try:
        names = sorted(path.name for path in islice(directory.iterdir(), MAX_FILES + 1))
    except OSError as error:
        raise FolderError(f"{directory.name}: {error.strerror}", code="not_a_folder") from error
    if len(names) > MAX_FILES:
        raise FolderError(f"{directory.name}: more than {MAX_FILES} files", code="too_many_files")
    return names


def _pair(directory: Path, serial: int, half: dict[str, str], left: int) -> Pair:
    if "A" not in half:
        raise _RefusedError(Rejected(half["B"], "form_missing", f"no form with number {serial}"))
    form = _content(directory, half["A"], left)
    document = _content(directory, half["B"], left - len(form)) if "B" in half else b""
    return Pair(serial, half["A"], form, document)


def _content(directory: Path, name: str, left: int) -> bytes:
    """Return the bytes of one file, or raise _RefusedError; never opens what is not a regular file inside."""
    path = directory / name
    try:
        refusal = next(_refusals(path, left), None)
        if refusal is None:
            with path.open("rb") as file:
                return file.read(MAX_FILE_BYTES)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        refusal = ("unreadable", str(error))
    raise _RefusedError(Rejected(name, *refusal))


def _refusals(path: Path, left: int) -> Iterator[tuple[str, str]]:
    """Yield code and reason of everything that speaks against reading `path`, the first being what counts."""
    if not path.resolve().is_relative_to(path.parent.resolve()):
        yield "outside_folder", "a link that leads out of the folder"
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        yield "not_a_file", "not a regular file"
    if status.st_size > MAX_FILE_BYTES:
        yield "too_large", f"{status.st_size} bytes, more than {MAX_FILE_BYTES}"
    if status.st_size > left:
        yield "folder_too_large", f"the folder holds more than {MAX_FOLDER_BYTES} bytes"
