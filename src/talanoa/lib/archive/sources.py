"""What archives come as: mbox and pipermail text, packed or not, HyperKitty's mbox.gz, maildir, folders of these.

All are streams of `Raw`; a source is read from the position where an earlier reading ended.
"""

import bz2
import gzip
import hashlib
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from talanoa.lib.archive.splitting import MAX_MESSAGE, Raw, split

_MAGIC: dict[bytes, Callable[[Path, str], object]] = {
    b"\x1f\x8b": gzip.open,
    b"\xfd7zXZ\x00": lzma.open,
    b"BZh": bz2.open,
}
_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_PIPERMAIL = re.compile(rf"(\d{{4}})-?({'|'.join(_MONTHS)})", re.IGNORECASE)
_BLOCK = 1 << 20
_MAILDIR = ("cur", "new")


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a maildir to read messages from; `name` is what reports call it, without its folder."""

    path: Path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.name

    @property
    def is_maildir(self) -> bool:
        """Tell whether it is a folder with one file for each message."""
        return self.path.is_dir()

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) of the file as it lies there; of a maildir, of its names and their files'."""
        if not self.is_maildir:
            return _sha256(self.path)
        told = "".join(f"{path.name}\t{_sha256(path)}\n" for path in _letters(self.path))
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


class Reading:
    """The messages of a source from a position on; afterwards `damage` says why it ended early, "" if it did not."""

    def __init__(self, source: Source, start: int = 0) -> None:
        self._source, self._start = source, start
        self.damage = ""

    def __iter__(self) -> Iterator[Raw]:
        """Yield them in their order. Raises OSError where nothing can be opened."""
        if self._source.is_maildir:
            yield from _of_maildir(self._source.path, self._start)
            return
        with _opened(self._source.path) as stream:
            tolerant = _Tolerant(stream)
            tolerant.skip(self._start)
            yield from split(cast("BinaryIO", tolerant))
            self.damage = tolerant.damage


class _Tolerant:
    """A stream that ends where its packing is broken, instead of raising."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._position = stream, 0
        self.damage = ""

    def read(self, size: int) -> bytes:
        blocks: list[bytes] = []
        while size > 0:
            try:
                block = self._stream.read1(size)  # type: ignore[attr-defined]  # keeps what is good before a break
            except _BROKEN as broken:
                self.damage = str(broken) or type(broken).__name__
                break
            if not block:
                break
            blocks.append(block)
            size -= len(block)
        data = b"".join(blocks)
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position

    def skip(self, size: int) -> None:
        """Read and forget, since a packed stream has no other way."""
        while self._position < size and self.read(min(_BLOCK, size - self._position)):
            continue


def sources(paths: list[Path]) -> list[Source]:
    """Return what is to be read, folders opened: the files of a folder in the order of their months or names.

    Raises FileNotFoundError for what is not there.
    """
    found: list[Source] = []
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(2, "No such file or folder", str(path))
        if path.is_dir() and not _is_maildir(path):
            inside = [one for one in path.iterdir() if not one.name.startswith(".")]
            found += [Source(one) for one in sorted(inside, key=_order) if one.is_file() or _is_maildir(one)]
        else:
            found.append(Source(path))
    return found


def _is_maildir(path: Path) -> bool:
    return path.is_dir() and any((path / name).is_dir() for name in _MAILDIR)


def _order(path: Path) -> tuple[str, int, str]:
    month = _PIPERMAIL.search(path.name)
    return (month[1], _MONTHS.index(month[2].lower()), path.name) if month else (path.name, 0, "")


def _letters(folder: Path) -> list[Path]:
    """Return the files of a maildir; a name begins with the second in which it came."""
    found = (path for name in _MAILDIR if (folder / name).is_dir() for path in (folder / name).iterdir())
    return sorted((path for path in found if path.is_file()), key=lambda path: path.name)


def _of_maildir(folder: Path, start: int) -> Iterator[Raw]:
    for number, path in enumerate(_letters(folder)[start:], start):
        with path.open("rb") as stream:
            data = stream.read(MAX_MESSAGE + 1)
        yield Raw(data[:MAX_MESSAGE], number, number + 1, is_cut=len(data) > MAX_MESSAGE)


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as stream:
        head = stream.read(6)
    for magic, unpacked in _MAGIC.items():
        if head.startswith(magic):
            return cast("BinaryIO", unpacked(path, "rb"))
    return path.open("rb")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
