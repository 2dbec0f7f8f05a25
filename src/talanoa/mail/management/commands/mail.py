"""`talanoa mail`: take in mail from a file, a mailbox, a maildir or a mail server; send it; say how much one wants."""

import asyncio
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from talanoa.kernel import clock
from talanoa.kernel.clock import running_from
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
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.language_detection import prepare_detection
from talanoa.lib.rfc5322 import MAX_MESSAGE
from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK
from talanoa.mail.actions import follow
from talanoa.mail.listening import Desk, listen
from talanoa.mail.mailbox import MailboxTrouble, opened
from talanoa.mail.outbox import write_outbox
from talanoa.mail.polling import TOO_LARGE, Clerk, Polled, poll_mailbox, poll_maildir
from talanoa.mail.posting import mailbox
from talanoa.mail.receiving import receive
from talanoa.mail.sending import send_due
from talanoa.people.queries import person_at
from talanoa.record.models import Entry


class Command(Verb):
    help = "Take in mail, send it, choose how much of it."
    verbs = ("receive", "poll", "test", "listen", "send", "level")

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

        if verb == "level":
            parser.add_argument("key", help="process key")
            parser.add_argument("level", help="every, digest or own")
            parser.add_argument(
                "--pause", type=int, default=0, metavar="DAYS", help="nothing for so many days"
            )
            parser.add_argument(
                "--as", dest="actor", metavar="ADDRESS", help="whose mail; by default the operator's"
            )

    def act_send(self, options: dict[str, Any]) -> Told:
        """Send every mail that is due by the operator's mail server, or write it as a file where there is none."""
        done = send_due(now=running_from(options["at"]))
        files = write_outbox(at=options["at"])
        data = {
            "sent": done.taken,
            "later": done.later,
            "failed": done.never,
            "files": files,
            "down": done.down,
        }
        told = f"{done.taken} sent, {done.later} put off, {done.never} given up, {files} written as files."
        return Told(
            data, (told, *([f"The mail server does not take mail: {done.down}"] if done.down else []))
        )

    def act_level(self, options: dict[str, Any]) -> Told:
        """Choose how much mail somebody gets about a process: every, digest or own; or nothing for some days."""
        person = person_at(options["actor"] or settings.ENV["TALANOA_OPERATOR"])
        if person is None:
            raise RuleBroken(
                _("Nobody here has this address. Give another one with --as."), code="person_unknown"
            )
        key = options["key"].lower()
        if not Entry.objects.filter(process_key=key).exists():
            raise RuleBroken(_("There is no process “%(key)s” here.") % {"key": key}, code="process_unknown")
        until = options["at"] + timedelta(days=options["pause"]) if options["pause"] > 0 else None
        row = follow(person, process_key=key, level=options["level"], paused_until=until)
        data = {"process": key, "level": row.level, "paused_until": until}
        return Told(data, (f"{key}: {row.get_level_display()}.",))

    def act_receive(self, options: dict[str, Any]) -> Told:
        """Take in one raw mail; answers with its number and receipt, or with the code of the refusal."""
        raw = read_bytes(options["file"], sys.stdin, most=MAX_MESSAGE + 1)
        is_large = len(raw) > MAX_MESSAGE
        raw, unread = (raw[:MAX_HEADER_BLOCK], TOO_LARGE) if is_large else (raw, "")
        got = receive(raw, to=options["to"], at=options["at"], write=write_outbox, unread=unread)
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
        prepare_detection()
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
        prepare_detection()
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
