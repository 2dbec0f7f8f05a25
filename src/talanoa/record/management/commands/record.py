"""`talanoa record`: verify a receipt, audit the record, compare two checkpoints, export everything.

`verify` ends with 0 when the receipt holds, 1 not in the record, 2 bad signature, 4 content erased,
5 unreadable; `audit` and `compare` with 1 when something is wrong.
"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from talanoa.kernel.commands import Told, Verb, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.notes import KeyMalformed, Verifier
from talanoa.record import auditing, comparing, exporting
from talanoa.record.models import Log
from talanoa.record.verifying import verify


class Command(Verb):
    help = "Check the record."
    verbs = ("verify", "audit", "compare", "export")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "verify":
            parser.add_argument("file", help="a receipt, or - for standard input")
            parser.add_argument(
                "--key", metavar="VKEY", help="public key of the log; by default this installation's own"
            )
        elif verb == "compare":
            parser.add_argument("a", help="a file with a checkpoint or receipt")
            parser.add_argument("b", help="another one")
            parser.add_argument("--key", metavar="VKEY")
        elif verb == "export":
            parser.add_argument("directory")

    def act_verify(self, options: dict[str, Any]) -> Told:
        """Check a receipt: entry, proof, signature, and every value that it shows."""
        verdict = verify(read_bytes(options["file"], sys.stdin), _verifier(options["key"]))
        data = {"verdict": verdict.code, "message": verdict.message}
        return Told(data, (verdict.message,), verdict.code)

    def act_audit(self, options: dict[str, Any]) -> Told:
        """Rebuild the tree from all entries and open every commitment against the rows."""
        log = _log()
        with Progress(console=Console(stderr=True), disable=options["json"], transient=True) as bar:
            task = bar.add_task("entries", total=log.size)
            found = auditing.audit(log, progress=lambda done: bar.update(task, completed=done))
        data = {
            "entries": found.entries,
            "values": found.values,
            "erased": found.erased,
            "wrong": found.wrong,
            "holds": found.holds,
        }
        counted = f"{found.entries} entries, {found.values} values opened, {found.erased} erased"
        if found.holds:
            return Told(data, (f"The record holds: {counted}.",))
        return Told(data, (f"The record does NOT hold: {counted}.", *found.wrong[:50]), 1)

    def act_compare(self, options: dict[str, Any]) -> Told:
        """Tell whether two checkpoints of this log fit together, or show the fork."""
        a, b = (Path(options[name]).read_bytes() for name in ("a", "b"))
        result = comparing.compare(_log(), a, b, _verifier(options["key"]))
        return Told(
            {"same_log": result.fits, "message": result.message}, (result.message,), 0 if result.fits else 1
        )

    def act_export(self, options: dict[str, Any]) -> Told:
        """Write tiles, entries, opened public values, the key and the verifying page to a directory."""
        n_files = exporting.export(_log(), Path(options["directory"]))
        return Told(
            {"directory": options["directory"], "files": n_files},
            (f"{n_files} files written to {options['directory']}.",),
        )


def _log() -> Log:
    log = Log.objects.filter(name="real").first()
    if log is None:
        told = _("This installation has no record yet: run `talanoa init` first.")
        raise RuleBroken(told, code="log_missing")
    return log


def _verifier(key: str | None) -> Verifier:
    try:
        return Verifier.parse(key or _log().vkey)
    except KeyMalformed as wrong:
        raise CommandError(f"--key: {wrong}", returncode=2) from wrong
