"""`talanoa mail`: take in mail from a file, a mailbox, a maildir, or the operator's mail server."""

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from talanoa.kernel import clock
from talanoa.kernel.commands import (
    NOT_ALLOWED,
    RULE,
    UNREADABLE,
    Told,
    Verb,
    is_disk_full,
    read_bytes,
    stop_asked,
)
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.listening import Desk, listen
from talanoa.mail.mailbox import MailboxTrouble, opened
from talanoa.mail.outbox import write_outbox
from talanoa.mail.polling import Clerk, Polled, poll_mailbox, poll_maildir
from talanoa.mail.posting import mailbox
from talanoa.mail.receiving import receive


class Command(Verb):
    help = "Take in mail."
    verbs = ("receive", "poll", "test", "listen")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "receive":
            parser.add_argument("file", help="a raw mail, or - for standard input")
            parser.add_argument(
                "--to", default="", metavar="KEY", help="process key; otherwise the mail's own recipient"
            )
        elif verb == "poll":
            parser.add_argument("--maildir", type=Path, metavar="DIR", help="instead of the mailbox")
            parser.add_argument("--every", type=int, metavar="SECONDS", help="again and again until stopped")
        elif verb == "listen":
            parser.add_argument("--host", default="127.0.0.1")
            parser.add_argument("--port", type=int, default=8024)

    def act_receive(self, options: dict[str, Any]) -> Told:
        """Take in one raw mail; answers with its number and receipt, or with the code of the refusal."""
        raw = read_bytes(options["file"], sys.stdin)
        got = receive(raw, to=options["to"], at=options["at"], write=write_outbox)
        if got.code:
            exit_code = NOT_ALLOWED if got.code == NotAllowed.rule else RULE
            return Told({"code": got.code, "message": got.text}, (f"{got.text} [{got.code}]",), exit_code)
        return Told({"number": got.number, "receipt": got.receipt, "message": got.text}, (got.text,))

    def act_poll(self, options: dict[str, Any]) -> Told:
        """Take in what waits in the mailbox of the settings, or in a maildir."""
        at = options["at"]
        clerk = Clerk(now=lambda: at, write=write_outbox)
        if not options["every"]:
            return self._polled(options["maildir"], clerk)
        clerk, stop = Clerk(now=clock.now, write=write_outbox), stop_asked()
        while True:
            told = self._polled(options["maildir"], clerk)
            if told.code:
                sys.stderr.write(f"mail poll: {told.lines[0]}\n")
            close_old_connections()
            if stop.wait(options["every"]):
                return Told({}, ())

    def _polled(self, maildir: Path | None, clerk: Clerk) -> Told:
        try:
            got = poll_maildir(maildir, clerk) if maildir else poll_mailbox(_account(), clerk)
        except MailboxTrouble as trouble:
            return _troubled(trouble)
        return _found(got)

    def act_test(self, options: dict[str, Any]) -> Told:
        """Log in to the mailbox and count what waits there; takes nothing in and marks nothing."""
        try:
            with opened(_account()) as box:
                found = box.count()
        except MailboxTrouble as trouble:
            return _troubled(trouble)
        told = _("The mailbox opens: %(there)s mails, %(unread)s unread, %(waiting)s wait to be taken in.")
        data = {
            "there": found.there,
            "unread": found.unread,
            "waiting": found.waiting,
            "moves": found.can_move,
        }
        return Told(data, (told % data,))

    def act_listen(self, options: dict[str, Any]) -> Told:
        """Take mail by LMTP from the operator's mail server, until stopped."""
        stop, due = stop_asked(), threading.Event()
        writer = threading.Thread(target=_write_answers, args=(due, stop))
        writer.start()
        at = options["at"] if settings.TALANOA_DEMONSTRATION else None
        now = (lambda: at) if at else clock.now
        try:
            asyncio.run(self._listen(options, Desk(now, due.set, is_disk_full), stop))
        finally:
            stop.set()
            due.set()
            writer.join()
        return Told({}, ())

    async def _listen(self, options: dict[str, Any], desk: Desk, stop: threading.Event) -> None:
        def ready(host: str, port: int) -> None:
            self.stdout.write(f"Listening for mail (LMTP) at {host}:{port}")
            self.stdout.flush()

        serving = asyncio.ensure_future(listen(options["host"], options["port"], desk, ready=ready))
        asked = asyncio.get_running_loop().run_in_executor(None, stop.wait)
        await asyncio.wait((serving, asked), return_when=asyncio.FIRST_COMPLETED)
        stop.set()  # so that whoever waits for it ends too
        serving.cancel()
        try:
            await serving
        except asyncio.CancelledError:
            return
        except OSError as taken:
            raise CommandError(str(taken)) from taken


def _account() -> Any:
    if mailbox.account is None:
        raise CommandError(_("No mailbox is set: TALANOA_IMAP_HOST names it."), returncode=2)
    return mailbox.account


def _troubled(trouble: MailboxTrouble) -> Told:
    data = {"code": trouble.code, "message": trouble.text}
    return Told(data, (f"{trouble.text} [{trouble.code}]",), UNREADABLE)


def _found(got: Polled) -> Told:
    told = _("%(numbered)s numbered, %(done)s commands, %(refused)s refused, %(failed)s to be fetched again.")
    data = {"numbered": got.numbered, "done": got.done, "refused": got.refused, "failed": got.failed}
    return Told(data, (told % data,), UNREADABLE if got.failed else 0)


def _write_answers(due: threading.Event, stop: threading.Event) -> None:
    """Write answers whenever some may wait; one writer at a time, apart from those who receive."""
    while not stop.is_set():
        due.wait()
        due.clear()
        try:
            write_outbox()
        except Exception as wrong:  # noqa: BLE001 - the next mail or the clock writes them
            sys.stderr.write(f"mail listen: {wrong!r}\n")
        close_old_connections()
