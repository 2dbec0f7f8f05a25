"""`talanoa archive`: import a mailing list from its files, list archives and what could not be read, release one."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from talanoa.archives.actions.erasing import erase_message
from talanoa.archives.actions.importing import COUNTS, About, counts_of
from talanoa.archives.actions.merging import decide_merge, find_merges
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.commands import add_tables, archive_named, directory_of
from talanoa.archives.importing import import_files
from talanoa.archives.models import Archive, ArchiveImport, Merge
from talanoa.archives.permissions import require_keeper
from talanoa.archives.queries import message_called, rejections
from talanoa.archives.tables import write_tables
from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.archive.pseudonyms import key_in, pseudonyms
from talanoa.processes.commands import ActingVerb, acting_person

SHOWN = 100


class Command(ActingVerb):
    help = "Import mailing lists from their files, release them; say who is one person; erase; make tables."
    verbs = ("import", "list", "errors", "release", "merges", "decide", "erase", "tables")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb != "list":
            parser.add_argument("name", help="small letters, digits and hyphens, such as kictanet")
        if verb == "import":
            told = "mbox, pipermail text, packed or not (.gz, .xz, .bz2), maildir, or a folder of these"
            parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=told)
            for field in ("title", "source", "license"):
                parser.add_argument(f"--{field}", default="")
        if verb == "merges":
            parser.add_argument("--find", action="store_true", help="look for more of them first")
        if verb == "decide":
            parser.add_argument("number", type=int, help="the number in the list of merges")
            parser.add_argument("decision", choices=Merge.Decision.values)
        if verb == "erase":
            parser.add_argument("message", help="what names it in its address: 32 letters and digits")
            parser.add_argument("--ground", choices=ERASURE_GROUNDS, required=True)
        if verb == "tables":
            parser.add_argument("folder", type=Path, help="where the Parquet files go")
            parser.add_argument(
                "--key", type=Path, required=True, help="file with the key of pseudonyms; made if new"
            )
            parser.add_argument(
                "--unmerged", action="store_true", help="as if no two senders were one person"
            )
            add_tables(parser)

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
                "messages": one.n_messages,
                "erased": one.n_erased,
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
            for one in rejections(archive_named(options["name"], person))
        ]
        return Told({"errors": rows}, tuple(f"{r['file']} {r['position']} {r['code']}" for r in rows))

    def act_release(self, options: dict[str, Any]) -> Told:
        """Let everybody read an archive."""
        person = acting_person(options)
        archive = archive_named(options["name"], person)
        archive = release_archive(archive, by=person, at=options["at"], channel="cli")
        told = _("Everybody can read the archive %(name)s now.") % {"name": archive.name}
        return Told({"archive": archive.name, "messages": archive.n_messages}, (told,))

    def act_merges(self, options: dict[str, Any]) -> Told:
        """List who may be one person, with what speaks for it; --find looks for more of them."""
        person = acting_person(options)
        require_keeper(person)
        archive = archive_named(options["name"], person)
        found = find_merges(archive, by=person) if options["find"] else 0
        rows = [
            {
                "number": one.number,
                "one": one.one.identity,
                "other": one.other.identity,
                "evidence": one.evidence,
                "decision": one.decision,
            }
            for one in archive.merges.select_related("one", "other")
        ]
        lines = (
            f"{r['number']:>5} {r['decision']:<9} {r['one']} = {r['other']} ({r['evidence']})" for r in rows
        )
        return Told({"found": found, "merges": rows}, tuple(lines))

    def act_decide(self, options: dict[str, Any]) -> Told:
        """Decide whether two senders are one person: same, different, or open again."""
        person = acting_person(options)
        require_keeper(person)
        found = archive_named(options["name"], person).merges.filter(number=options["number"]).first()
        if found is None:
            raise RuleBroken(_("There is no merge with this number."), code="merge_unknown")
        made = decide_merge(found, by=person, decision=options["decision"], at=options["at"], channel="cli")
        return Told({"number": made.number, "decision": made.decision}, (f"{made.number}: {made.decision}.",))

    def act_erase(self, options: dict[str, Any]) -> Told:
        """Erase the words of a message and who wrote it; its address stays and says so."""
        person = acting_person(options)
        require_keeper(person)
        found = message_called(archive_named(options["name"], person), options["message"])
        if found is None:
            raise RuleBroken(_("There is no message with this address."), code="message_unknown")
        made = erase_message(found, by=person, ground=options["ground"], at=options["at"], channel="cli")
        return Told(
            {"number": made.number, "ground": made.ground}, (_("Erased: %(n)s.") % {"n": made.number},)
        )

    def act_tables(self, options: dict[str, Any]) -> Told:
        """Write the tables of an archive for studies, with pseudonyms for people."""
        person = acting_person(options)
        require_keeper(person)
        rows = write_tables(
            archive_named(options["name"], person),
            options["folder"],
            pseudonym=pseudonyms(key_in(options["key"], entropy(REAL, "key of pseudonyms"))),
            directory=directory_of(options),
            is_merged=not options["unmerged"],
        )
        told = ", ".join(f"{count} in {name}.parquet" for name, count in rows.items())
        return Told({"rows": rows}, (_("Written: %(told)s.") % {"told": told},))


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
