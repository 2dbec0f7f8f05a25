"""`talanoa serve`: the web server and the clock under one command; stopping it leaves no process behind."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from talanoa.conf.founding import found
from talanoa.kernel import clock

THREADS = 4
PATIENCE = 5
"""Seconds that workers have to end by themselves; one that was told to while it started never does."""
EVERY: int = settings.ENV["TALANOA_TICK_SECONDS"]


class Command(BaseCommand):
    help = "Serve this installation: web and clock."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        check_free(options["host"], options["port"])
        found(at=clock.now())
        connections.close_all()
        server = Granian(
            "talanoa.conf.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=settings.ENV["TALANOA_WORKERS"],
            blocking_threads=THREADS,
            workers_kill_timeout=PATIENCE,
            log_enabled=settings.DEBUG,
        )
        started: list[subprocess.Popen[bytes]] = []
        # Not before the server can be told to stop: whatever stops it then stops the clock too.
        server.on_startup(lambda: started.append(self.start("tick", "--every", str(EVERY))))
        try:
            server.serve()
        finally:
            for program in started:
                program.terminate()
                program.wait(timeout=PATIENCE)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start one of our own commands beside the server, and say that we are ready."""
        # Ctrl-C reaches every process of the terminal; what starts here inherits the block; we end it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        program = subprocess.Popen([sys.executable, "-m", "talanoa", *words])  # noqa: S603 - ourselves
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        threading.Thread(target=end_with, args=(program,), daemon=True).start()
        self.stdout.write(f"Talanoa is ready at {settings.TALANOA_URL} (stop with Ctrl-C)")
        self.stdout.flush()
        return program


def check_free(host: str, port: int) -> None:
    """Refuse (exit code 2) an address that another program serves.

    Our workers share their port (SO_REUSEPORT), so a second server beside them would start and take half of the
    requests; a socket that shares nothing tells.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as taken:
        if taken.errno == errno.EADDRINUSE:
            told = (
                f"Port {port} is in use already. Give another one, such as: talanoa serve --port {port + 1}"
            )
        else:
            told = f"Nothing can be served at {host}, port {port}: {taken.strerror}."
        raise CommandError(told, returncode=2) from taken


def end_with(program: "subprocess.Popen[bytes]") -> None:
    """Stop serving when the clock has ended: without it no stage would close and nobody would be told."""
    program.wait()
    os.kill(os.getpid(), signal.SIGTERM)
