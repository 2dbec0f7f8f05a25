"""`talanoa process audit-pack`, beside the verbs of processes: the app that knows the tables adds it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.processes.commands import process_called
from talanoa.processes.management.commands.process import Command as OfProcesses
from talanoa.studies.commands import refused
from talanoa.studies.publishing import audit_pack


class Command(OfProcesses):
    help = f"{OfProcesses.help} Was it multistakeholder? Make the pack to discuss."
    verbs = (*OfProcesses.verbs, "audit-pack")

    def describe(self, verb: str, parser: CommandParser) -> None:
        super().describe(verb, parser)
        if verb == "audit-pack":
            parser.add_argument("folder", type=Path, help="a new folder for the pack")

    def act_audit_pack(self, options: dict[str, Any]) -> Told:
        """Was it multistakeholder? Write measures by published criteria, tables, code book and manifest."""
        process, folder = process_called(options["key"]), options["folder"]
        key = entropy(REAL, "key of pseudonyms")
        with refused():
            study = audit_pack(process, folder, contact=settings.ENV["TALANOA_OPERATOR"], key=key)
        told = _("Done: %(title)s. Open index.html in %(folder)s.")
        data = {"process": process.key, "measures": len(study.measures)}
        return Told(data, (told % {"title": study.title, "folder": folder.name},))
