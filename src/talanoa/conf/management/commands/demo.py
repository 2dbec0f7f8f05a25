"""`talanoa demo`: load the demonstration, and with --serve show it on localhost."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from talanoa.conf.clockwork import tick
from talanoa.conf.demonstration import script
from talanoa.conf.founding import found
from talanoa.kernel import clock
from talanoa.processes.models import Process
from talanoa.record.models import Entry


class Command(BaseCommand):
    help = "Load the demonstration; with --serve, serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--serve", action="store_true")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TALANOA_DEMONSTRATION:
            raise CommandError(
                "Nothing is loaded: TALANOA_DEMONSTRATION=no says that this is a real installation.",
                returncode=2,
            )
        found(at=script.BEGIN)
        if not Process.objects.filter(key=script.MAIN).exists():
            self.load()
        self.resume()
        self.stdout.write(
            f"The demonstration is loaded. Its clock reads {clock.now():%A %d %B %Y, %H:%M} UTC."
        )
        if options["serve"]:
            call_command("serve", port=options["port"])

    def load(self) -> None:
        """Perform the script, then set the demonstration's clock."""
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("loading the demonstration", total=None)
            script.perform(progress=lambda done, total: bar.update(task, completed=done, total=total))
        clock.set_to(script.NOW)
        tick(at=clock.now())

    def resume(self) -> None:
        """Let the demonstration's time stand still while nobody serves it: go on where the record ends."""
        last = Entry.objects.filter(log__name="real").latest("index").at
        clock.set_to(max(last, script.NOW))
