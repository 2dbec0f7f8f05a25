"""`talanoa init`: make the tables, the log with its key, and the operator; safe to repeat."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from talanoa.conf.founding import found
from talanoa.kernel import clock
from talanoa.record.models import Log


class Command(BaseCommand):
    help = "Make this installation ready; safe to repeat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        operator = found(at=clock.now())
        log = Log.objects.get(name="real")
        if options["json"]:
            data = {"home": str(settings.TALANOA_HOME), "operator": operator.address, "key": log.vkey}
            self.stdout.write(json.dumps(data))
            return
        self.stdout.write(f"Ready in {settings.TALANOA_HOME}. Operator: {operator.address}.")
        self.stdout.write(f"Public key of the record, to publish elsewhere too:\n{log.vkey}")
