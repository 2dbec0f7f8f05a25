"""`talanoa archive`: import a mailing list from its files, list archives and what could not be read, release one."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from talanoa.archives.actions.importing import COUNTS, About, counts_of
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.importing import import_files
from talanoa.archives.models import Archive, ArchiveImport
from talanoa.archives.permissions import require_keeper
from talanoa.archives.queries import archive_called, rejections
from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.commands import ActingVerb, acting_person

SHOWN = 100


class Command(ActingVerb):
    help = "Import mailing lists from their files, list them and what could not be read, release one."
    verbs = ("import", "list", "errors", "release")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb != "list":
            parser.add_argument("name", help="small letters, digits and hyphens, such as kictanet")
        if verb == "import":
            told = "mbox, pipermail text, packed or not (.gz, .xz, .bz2), maildir, or a folder of these"
            parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=told)
            for field in ("title", "source", "license"):
                parser.add_argument(f"--{field}", default="")

    def act_import(self, options: dict[str, Any]) -> Told:
        """Read files into an archive; given again it goes on where it stopped, and adds nothing twice."""
        about = About(*(options[field] for field in ("name", "title", "source", "license")))
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("messages", total=None)
            run = import_files(
                about,
                options["files"],
                by=acting_person(options),
                at=options["at"],
                channel="cli",
                progress=lambda read: bar.update(task, completed=read),
            )
        return _imported(run)

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the archives that the acting person may read."""
        rows = [
            {
                "name": one.name,
                "title": one.title,
                "messages": one.last_number,
                "released": one.is_released,
                "source": one.source,
                "license": one.license,
            }
            for one in Archive.objects.visible_to(acting_person(options))
        ]
        lines = (
            f"{r['name']:<20} {r['messages']:>9}  {'' if r['released'] else 'private '}{r['title']}"
            for r in rows
        )
        return Told({"archives": rows}, tuple(lines))

    def act_errors(self, options: dict[str, Any]) -> Told:
        """List what could not be read in the files of an archive: file, position, code."""
        person = acting_person(options)
        require_keeper(person)
        rows = [
            {"file": one.file.name, "position": one.position, "code": one.code}
            for one in rejections(_archive(options["name"], person))
        ]
        return Told({"errors": rows}, tuple(f"{r['file']} {r['position']} {r['code']}" for r in rows))

    def act_release(self, options: dict[str, Any]) -> Told:
        """Let everybody read an archive."""
        person = acting_person(options)
        archive = _archive(options["name"], person)
        archive = release_archive(archive, by=person, at=options["at"], channel="cli")
        told = _("Everybody can read the archive %(name)s now.") % {"name": archive.name}
        return Told({"archive": archive.name, "messages": archive.last_number}, (told,))


def _archive(name: str, person: Person) -> Archive:
    """Return the archive. Raises RuleBroken: archive_unknown."""
    found = archive_called(name, person)
    if found is None:
        raise RuleBroken(_("There is no archive “%(name)s” here.") % {"name": name}, code="archive_unknown")
    return found


def _imported(run: ArchiveImport) -> Told:
    counts, files, notes = counts_of(run), list(run.files.all()), dict[str, int]()
    for file in files:
        for note, count in file.notes.items():
            notes[note] = notes.get(note, 0) + count
    errors = [
        {"file": one.file.name, "position": one.position, "code": one.code}
        for one in rejections(run.archive).filter(file__of=run)[:SHOWN]
    ]
    data = {
        "archive": run.archive.name,
        **counts,
        "repaired": notes.pop("repaired", 0),
        "bad_dates": notes.pop("bad_dates", 0),
        "notes": notes,
        "files": [
            {"name": file.name, "sha256": file.sha256, "damage": file.damage}
            | {name: getattr(file, name) for name in COUNTS}
            for file in files
        ],
        "errors": errors,
        "manifest_sha256": run.manifest_sha256,
    }
    lines = [
        _("%(read)s read: %(added)s added, %(duplicates)s duplicates, %(rejected)s rejected.") % counts,
        _("%(repaired)s with a repaired encoding, %(bad_dates)s with a bad date.") % data,
        *(f"{note}: {count}" for note, count in notes.items()),
        *(f"{one['file']} {one['position']}: {one['code']}" for one in errors),
        *(f"{file.name}: {file.damage}" for file in files if file.damage),
    ]
    return Told(data, tuple(lines))
