"""`talanoa serve`: the web server and the clock under one command; stopping it leaves no process behind."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from talanoa.conf.founding import found
from talanoa.kernel import clock

THREADS = 4


class Command(BaseCommand):
    help = "Serve this installation: web and clock."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        found(at=clock.now())
        connections.close_all()
        every = str(settings.ENV["TALANOA_TICK_SECONDS"])
        ticking = subprocess.Popen([sys.executable, "-m", "talanoa", "tick", "--every", every])  # noqa: S603 - ourselves
        self.stdout.write(f"Talanoa is ready at {settings.TALANOA_URL} (stop with Ctrl-C)")
        self.stdout.flush()
        try:
            Granian(
                "talanoa.conf.wsgi:application",
                address=options["host"],
                port=options["port"],
                interface=Interfaces.WSGI,
                workers=settings.ENV["TALANOA_WORKERS"],
                blocking_threads=THREADS,
                log_enabled=settings.DEBUG,
            ).serve()
        finally:
            ticking.terminate()
            ticking.wait(timeout=10)
