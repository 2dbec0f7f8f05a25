"""`talanoa settings`: the page of all settings; with --write, written where a checkout keeps its docs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from talanoa.conf.settings_page import PAGE, page


class Command(BaseCommand):
    help = "Show every setting, its default and what it does."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"write {PAGE} in the current directory")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(page(), ending="")
            return
        if not PAGE.parent.is_dir():
            raise CommandError(f"There is no {PAGE.parent} here: run this in a checkout.", returncode=2)
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(f"Wrote {PAGE}.")
