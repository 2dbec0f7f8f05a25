"""`talanoa mail`: take in one raw mail, send what waits, say how much mail somebody wants."""

import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.clock import running_from
from talanoa.kernel.commands import NOT_ALLOWED, RULE, Told, Verb, read_bytes
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail.actions import follow
from talanoa.mail.outbox import write_outbox
from talanoa.mail.receiving import receive
from talanoa.mail.sending import send_due
from talanoa.people.queries import person_at
from talanoa.record.models import Entry


class Command(Verb):
    help = "Take in mail, send it, choose how much of it."
    verbs = ("receive", "send", "level")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "receive":
            parser.add_argument("file", help="a raw mail, or - for standard input")
            parser.add_argument(
                "--to", default="", metavar="KEY", help="process key; otherwise the mail's own recipient"
            )

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
        raw = read_bytes(options["file"], sys.stdin)
        got = receive(raw, to=options["to"], at=options["at"], write=write_outbox)
        if got.code:
            exit_code = NOT_ALLOWED if got.code == NotAllowed.rule else RULE
            return Told({"code": got.code, "message": got.text}, (f"{got.text} [{got.code}]",), exit_code)
        return Told({"number": got.number, "receipt": got.receipt, "message": got.text}, (got.text,))
