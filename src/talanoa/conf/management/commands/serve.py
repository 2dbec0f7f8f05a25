"""`talanoa serve`: web server, clock and mail under one command; stopping it leaves no process behind."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
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


class Command(BaseCommand):
    help = "Serve this installation: web, clock and mail."

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
        server.on_startup(lambda: self.start(started))
        try:
            server.serve()
        finally:
            for program in started:
                program.terminate()
            for program in started:
                end(program)

    def start(self, started: "list[subprocess.Popen[bytes]]") -> None:
        """Start our own commands beside the server, and say that we are ready."""
        # Ctrl-C reaches every process of the terminal; what starts here inherits the block; we end it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        for words in beside(settings.ENV):
            program = subprocess.Popen([sys.executable, "-m", "talanoa", *words])  # noqa: S603 - ourselves
            started.append(program)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for program in started:
            threading.Thread(target=end_with, args=(program,), daemon=True).start()
        self.stdout.write(f"Talanoa is ready at {settings.TALANOA_URL} (stop with Ctrl-C)")
        self.stdout.flush()


def beside(env: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return the commands that run beside the web server: the clock, and the ways in for mail that are set."""
    commands: list[tuple[str, ...]] = [("tick", "--every", str(env["TALANOA_TICK_SECONDS"]))]
    if env["TALANOA_IMAP_HOST"]:
        commands.append(("mail", "poll", "--every", str(env["TALANOA_MAIL_POLL_SECONDS"])))
    if env["TALANOA_LMTP_PORT"]:
        commands.append(("mail", "listen", "--port", str(env["TALANOA_LMTP_PORT"])))
    return commands


def end(program: "subprocess.Popen[bytes]") -> None:
    """Wait for a program that was told to end; one that is in the midst of a slow answer is killed."""
    try:
        program.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


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
    """Stop serving when one of them has ended: without the clock no stage would close, without mail nobody is heard."""
    program.wait()
    os.kill(os.getpid(), signal.SIGTERM)
