"""`talanoa mail`: take in one raw mail from a file or standard input."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from talanoa.kernel.commands import NOT_ALLOWED, RULE, Told, Verb, read_bytes
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.outbox import write_outbox
from talanoa.mail.receiving import receive


class Command(Verb):
    help = "Take in mail."
    verbs = ("receive",)

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "receive":
            parser.add_argument("file", help="a raw mail, or - for standard input")
            parser.add_argument(
                "--to", default="", metavar="KEY", help="process key; otherwise the mail's own recipient"
            )

    def act_receive(self, options: dict[str, Any]) -> Told:
        """Take in one raw mail; answers with its number and receipt, or with the code of the refusal."""
        raw = read_bytes(options["file"], sys.stdin)
        got = receive(raw, to=options["to"], at=options["at"], write=write_outbox)
        if got.code:
            exit_code = NOT_ALLOWED if got.code == NotAllowed.rule else RULE
            return Told({"code": got.code, "message": got.text}, (f"{got.text} [{got.code}]",), exit_code)
        return Told({"number": got.number, "receipt": got.receipt, "message": got.text}, (got.text,))
