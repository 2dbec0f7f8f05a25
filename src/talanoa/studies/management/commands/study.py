"""`talanoa study`: tables of a process, run a study, run it again, hold two beside each other."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.archives.commands import add_tables, archive_named, directory_of
from talanoa.archives.permissions import require_keeper
from talanoa.archives.tables import write_tables as write_archive
from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.archive.pseudonyms import key_in, pseudonyms
from talanoa.lib.studies.running import compared, run, verify
from talanoa.lib.studies.study_files import Source
from talanoa.processes.commands import ActingVerb, acting_person, process_called
from talanoa.studies.commands import refused
from talanoa.studies.tables import write_tables


class Command(ActingVerb):
    help = "Make tables of a process, run a study, verify it by running it again, compare two."
    verbs = ("tables", "run", "verify", "diff")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "tables":
            parser.add_argument("process", help="the key of a process")
        if verb == "run":
            parser.add_argument("study", type=Path, help="study.toml")
            add_tables(parser)
        parser.add_argument("folder", type=Path, help="where the files are, or go")
        if verb == "diff":
            parser.add_argument("other", type=Path, help="folder of the other one")
        if verb in ("tables", "run"):
            parser.add_argument("--key", type=Path, help="file with the key of pseudonyms; made if new")

    def act_tables(self, options: dict[str, Any]) -> Told:
        """Write the tables of a process for studies, with pseudonyms for people."""
        process = process_called(options["process"])
        rows = write_tables(process, options["folder"], pseudonym=_pseudonym(options))
        told = ", ".join(f"{count} in {name}.parquet" for name, count in rows.items())
        return Told({"rows": rows}, (_("Written: %(told)s.") % {"told": told},))

    def act_run(self, options: dict[str, Any]) -> Told:
        """Take the measures of a study and write its page, tables and manifest into a new folder."""
        with refused():
            study = run(options["study"], options["folder"], partial(_write, options))
        told = _("Done: %(title)s. Open index.html in %(folder)s.")
        names = {"title": study.title, "folder": options["folder"].name}
        return Told({"study": study.title, "measures": len(study.measures)}, (told % names,))

    def act_verify(self, options: dict[str, Any]) -> Told:
        """Take all measures of a finished study again and say which files differ; 1 where any does."""
        with refused():
            found = verify(options["folder"])
        data = {"holds": found.holds, "differing": found.differing, "changed": found.changed}
        lines = [_("Not as they went in: %(name)s") % {"name": name} for name in found.changed]
        lines += [_("Comes out otherwise: %(name)s") % {"name": name} for name in found.differing]
        return Told(
            data, tuple(lines) or (_("Everything comes out as the manifest says."),), int(not found.holds)
        )

    def act_diff(self, options: dict[str, Any]) -> Told:
        """Say in what two finished studies differ; 1 where they do."""
        with refused():
            found = compared(options["folder"], options["other"])
        return Told({"differing": found}, found or (_("They are the same."),), int(bool(found)))


def _write(options: dict[str, Any], source: Source, folder: Path) -> None:
    """Write the tables of an archive or a process."""
    if source.kind == "process":
        write_tables(process_called(source.name), folder, pseudonym=_pseudonym(options))
        return
    person = acting_person(options)
    require_keeper(person)
    archive, found = archive_named(source.name, person), directory_of(options)
    write_archive(archive, folder, pseudonym=_pseudonym(options), directory=found)


def _pseudonym(options: dict[str, Any]) -> Callable[[str], str]:
    """Return what makes pseudonyms with the key in the file that --key names. Raises RuleBroken: key_missing."""
    if options["key"] is None:
        raise RuleBroken(
            _("Say with --key in which file the key of pseudonyms is kept; it is made if there is none."),
            code="key_missing",
        )
    return pseudonyms(key_in(options["key"], entropy(REAL, "key of pseudonyms")))
