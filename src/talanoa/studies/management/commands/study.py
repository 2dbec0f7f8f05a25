"""`talanoa study tables KEY FOLDER`: what everybody may read of a process, as tables for studies."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, Verb
from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.lib.archive.pseudonyms import key_in, pseudonyms
from talanoa.processes.commands import process_called
from talanoa.studies.tables import write_tables


class Command(Verb):
    help = "Make tables for studies of a process."
    verbs = ("tables",)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("process", help="the key of a process")
        parser.add_argument("folder", type=Path, help="where the Parquet files go")
        parser.add_argument(
            "--key", type=Path, required=True, help="file with the key of pseudonyms; made if new"
        )

    def act_tables(self, options: dict[str, Any]) -> Told:
        """Write the tables of a process for studies, with pseudonyms for people."""
        process = process_called(options["process"])
        key = key_in(options["key"], entropy(REAL, "key of pseudonyms"))
        rows = write_tables(process, options["folder"], pseudonym=pseudonyms(key))
        told = ", ".join(f"{count} in {name}.parquet" for name, count in rows.items())
        return Told({"rows": rows}, (_("Written: %(told)s.") % {"told": told},))
