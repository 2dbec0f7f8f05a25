"""Steps of an import: begin it or go on with it, finish it with one entry on the record."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from talanoa.archives.events import ArchiveImported
from talanoa.archives.models import Archive, ArchiveImport, ImportedFile
from talanoa.archives.permissions import require_keeper
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line, slug
from talanoa.people.models import Person
from talanoa.record.actions import append

COUNTS = ("read", "added", "duplicates", "rejected")


@dataclass(frozen=True, slots=True)
class About:
    """What is said of an archive when files are read into it; empty fields leave what was said before."""

    name: str
    title: str = ""
    source: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that is to be read: its name, and the SHA-256 (hex) of it."""

    name: str
    sha256: str


@transaction.atomic
def begin_import(
    about: About, *, by: Person, files: Sequence[Given], at: datetime, channel: str
) -> ArchiveImport:
    """Return the import of `files` into the archive: the one that was ended before its end, else a new one.

    Makes the archive where it is not there yet; it is private. Where an import of other files was ended, it is finished
    with what it had read. Raises NotAllowed; RuleBroken: archive_name, line_too_long.
    """
    require_keeper(by)
    archive = describe(about, at=at)
    request = manifest_hash([[file.name, file.sha256] for file in files])
    running = (
        ArchiveImport.objects.select_for_update(no_key=True).filter(archive=archive, finished_at=None).first()
    )
    if running is not None and running.request_sha256 == request:
        return running
    if running is not None:
        finish_import(running, by=by, at=at, channel=channel)
    made = ArchiveImport.objects.create(archive=archive, request_sha256=request, began_at=at)
    ImportedFile.objects.bulk_create(
        ImportedFile(of=made, name=file.name[-300:], sha256=file.sha256) for file in files
    )
    return made


@transaction.atomic
def finish_import(run: ArchiveImport, *, by: Person, at: datetime, channel: str) -> ArchiveImport:
    """Finish an import: one entry with the counts of all its files, unless nothing was added. Raises NotAllowed."""
    run = (
        ArchiveImport.objects.select_for_update(no_key=True, of=("self",))
        .select_related("archive")
        .get(pk=run.pk)
    )
    role = require_keeper(by)
    if run.finished_at is not None:
        return run
    files = list(run.files.all())
    manifest = [[file.name, file.sha256, *(getattr(file, name) for name in COUNTS)] for file in files]
    run.finished_at, run.manifest_sha256 = at, manifest_hash(manifest)
    run.save(update_fields=["finished_at", "manifest_sha256"])
    counts = counts_of(run)
    if counts["added"]:
        event = ArchiveImported(
            archive=run.archive.name, files=len(files), manifest_sha256=run.manifest_sha256, **counts
        )
        append(event, at=at, channel=channel, role=role)
    return run


def counts_of(run: ArchiveImport) -> dict[str, int]:
    """Return how many messages were read, and what became of them, over all files of an import."""
    sums = run.files.aggregate(**{name: Sum(name, default=0) for name in COUNTS})
    return {name: int(sums[name]) for name in COUNTS}


def describe(about: About, *, at: datetime) -> Archive:
    """Return the archive, locked, with what is said of it; a new one is private.

    Raises RuleBroken: archive_name, line_too_long.
    """
    if not about.name or slug(about.name, Archive.NAME_LIMIT) != about.name:
        raise RuleBroken(
            _("An archive is called by small letters, digits and hyphens, 40 at most, such as kictanet."),
            code="archive_name",
        )
    archive = Archive.objects.select_for_update(no_key=True).filter(name=about.name).first()
    if archive is None:
        archive = Archive(name=about.name, title=about.name, created_at=at)
    for field in ("title", "source", "license"):
        if told := fitting_line(getattr(about, field), Archive.LINE_LIMIT):
            setattr(archive, field, told)
    archive.save()
    return archive


def manifest_hash(told: object) -> str:
    """Return the SHA-256 (hex) of `told` as JSON."""
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()
