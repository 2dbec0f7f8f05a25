"""The shape of our commands: `--json` gives one object on stdout, refusals have codes and exit codes.

Exit codes: 0 done, 2 wrong usage, 3 a rule forbids it, 4 not allowed, 5 a file cannot be read.
"""

import json
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken

RULE, NOT_ALLOWED, UNREADABLE = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answers: the object for `--json`, the lines for people, the exit code."""

    data: dict[str, Any]
    lines: tuple[str, ...] = ()
    code: int = 0


class Verb(BaseCommand):
    """Base of the commands with verbs, such as `talanoa process create`: one method `act_VERB` for each."""

    requires_system_checks: list[str] = []
    verbs: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Give every verb `--json` and `--at`; a subclass adds the verbs' own arguments in `describe`."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for name in self.verbs:
            sub = verbs.add_parser(name, help=(self.act(name).__doc__ or "").split("\n")[0])
            self.common(sub)
            self.describe(name, sub)

    def common(self, parser: CommandParser) -> None:
        """Add the arguments that all verbs share."""
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
        parser.add_argument("--at", type=instant, help="UTC time of the act; in demonstration mode only")

    def describe(self, verb: str, parser: CommandParser) -> None:
        """Add the arguments of one verb."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - the signature is Django's
        """Run the verb; turn a refusal into a message with its code."""
        if options["at"] and not settings.TALANOA_DEMONSTRATION:
            raise CommandError(
                "--at is for demonstrations: on a real installation the clock decides.", returncode=2
            )
        options["at"] = options["at"] or clock.now()
        try:
            told = self.act(options["verb"])(options)
        except RuleBroken as broken:
            told = self._refused(broken.rule, broken.text, RULE, subjects=list(broken.subjects))
        except NotAllowed as refused:
            told = self._refused(refused.rule, refused.text, NOT_ALLOWED)
        except (OSError, UnicodeDecodeError) as unreadable:
            told = self._refused("file_unreadable", str(unreadable), UNREADABLE)
        self._tell(told, as_json=options["json"])
        if told.code:
            raise SystemExit(told.code)

    def act(self, verb: str) -> Callable[[dict[str, Any]], Told]:
        """Return the method `act_VERB` that does the verb."""
        method: Callable[[dict[str, Any]], Told] = getattr(self, f"act_{verb}")
        return method

    def _refused(self, code: str, message: str, exit_code: int, **more: Any) -> Told:
        return Told({"code": code, "message": message, **more}, (f"{message} [{code}]",), exit_code)

    def _tell(self, told: Told, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told.data, ensure_ascii=False, default=str))
            return
        stream = self.stderr if told.code else self.stdout
        for line in told.lines:
            stream.write(line)


def instant(value: str) -> datetime:
    """Read an aware UTC time such as 2017-07-19T00:00Z."""
    try:
        when = datetime.fromisoformat(value)
    except ValueError as wrong:
        raise ArgumentTypeError("write a time as 2017-07-19T00:00Z") from wrong
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


def read_bytes(name: str, stdin: Any) -> bytes:
    """Return the bytes of a file, or of standard input for `-`."""
    return bytes(stdin.buffer.read()) if name == "-" else Path(name).read_bytes()
