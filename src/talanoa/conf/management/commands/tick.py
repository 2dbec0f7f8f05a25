"""`talanoa tick`: do what is due now; with --every, again and again until told to stop."""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from talanoa.conf.clockwork import tick
from talanoa.kernel import clock
from talanoa.kernel.commands import instant, stop_asked


class Command(BaseCommand):
    help = "Open and close stages, end review periods, tell people."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--every", type=int, metavar="SECONDS")
        parser.add_argument("--at", type=instant, help="UTC time; in demonstration mode only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["at"] and not settings.TALANOA_DEMONSTRATION:
            raise CommandError(
                "--at is for demonstrations: on a real installation the clock decides.", returncode=2
            )
        if options["every"]:
            self.keep_on(options["every"])
            return
        done = tick(at=options["at"] or clock.now())
        if options["json"]:
            self.stdout.write(json.dumps({"stages": done.stages, "final": done.final, "mails": done.mails}))
        else:
            self.stdout.write(
                f"{done.stages} stages changed, {done.final} reports became final, {done.mails} mails written."
            )

    def keep_on(self, seconds: int) -> None:
        """Tick until a signal comes or the process that started this one is gone."""
        stop = stop_asked()
        while not stop.wait(seconds):
            try:
                tick(at=clock.now())
            except Exception as wrong:  # noqa: BLE001 - the clock goes on; the operator reads the log
                sys.stderr.write(f"tick: {wrong!r}\n")
            close_old_connections()
