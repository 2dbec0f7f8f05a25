"""Reading files into an archive, batch by batch: streaming, so that an import of any size takes little memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from talanoa.archives.actions.importing import About, Given, begin_import, counts_of, finish_import
from talanoa.archives.actions.storing import Batch, Found, Refused, add_batch
from talanoa.archives.models import ArchiveImport, ImportedFile
from talanoa.lib.archive.reading import Unreadable, digest_of, read
from talanoa.lib.archive.sources import Reading, Source, sources
from talanoa.lib.archive.splitting import Raw
from talanoa.people.models import Person

BATCH = 1000
BATCH_OCTETS = 8 << 20

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Growing:
    """A batch that is being read."""

    found: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    octets: int = 0

    def add(self, raw: Raw) -> None:
        """Read one message."""
        self.octets += len(raw.data)
        try:
            mail = read(raw)
        except Unreadable as problem:
            self.refused.append(Refused(raw.begins, problem.code))
        else:
            self.found.append(Found(mail, digest_of(raw, mail)))

    def is_full(self) -> bool:
        """Tell whether it is time to store it."""
        return len(self.found) + len(self.refused) >= BATCH or self.octets >= BATCH_OCTETS


def import_files(
    about: About,
    paths: Sequence[Path],
    *,
    by: Person,
    at: datetime,
    channel: str,
    progress: Progress = lambda _read: None,
) -> ArchiveImport:
    """Read `paths` into the archive, or go on where the same import was ended; `progress` is told what was read.

    Raises OSError for a file that cannot be read; NotAllowed; RuleBroken: archive_name, line_too_long.
    """
    given = sources(list(paths))
    files = [Given(one.name, one.fingerprint()) for one in given]
    run = begin_import(about, by=by, files=files, at=at, channel=channel)
    for source, file in zip(given, list(run.files.all()), strict=True):
        if not file.is_read:
            _import_file(source, file, by, progress)
        progress(counts_of(run)["read"])
    return finish_import(run, by=by, at=at, channel=channel)


def _import_file(source: Source, file: ImportedFile, by: Person, progress: Progress) -> None:
    before = file.read
    for batch in _batches(source, file.position):
        file = add_batch(file, batch, by=by)
        progress(file.read - before)


def _batches(source: Source, start: int) -> Iterator[Batch]:
    """Give what stands in `source` from `start` on; the last one may be empty, and says that it is the last."""
    reading, position, growing = Reading(source, start), start, _Growing()
    for raw in reading:
        growing.add(raw)
        position = raw.ends
        if growing.is_full():
            yield Batch(growing.found, growing.refused, position)
            growing = _Growing()
    yield Batch(growing.found, growing.refused, position, is_last=True, damage=reading.damage)
