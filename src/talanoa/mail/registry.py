"""The commands that people can write by mail, filled at start by the `mail_commands.py` of the apps above.

A command is the first word of a mail; a mail without one is handed to the command called `input`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from talanoa.lib.rfc5322 import ParsedMail
from talanoa.people.models import Person

DEFAULT = "input"


@dataclass(frozen=True, slots=True)
class MailRequest:
    """A mail as a command sees it.

    `person` is known only where a valid reply token of theirs came with it from their own address; then
    `is_proven` is true. `number` is what the token is about.
    """

    parsed: ParsedMail
    process_key: str
    argument: str
    text: str
    is_proven: bool
    person: Person | None
    number: int | None
    dedup_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailReply:
    """What a command did: lines for its sender, and the number and receipt where something was received."""

    subject: str
    lines: tuple[str, ...]
    number: int | None = None
    receipt: str = ""
    to: Person | None = None
    extra: dict[str, str] = field(default_factory=dict)


Command = Callable[[MailRequest], MailReply]
COMMANDS: dict[str, Command] = {}


def command(*words: str) -> Callable[[Command], Command]:
    """Register the decorated function as the command called by any of `words`."""

    def keep(function: Command) -> Command:
        for word in words:
            if word in COMMANDS:
                raise ValueError(f"Two mail commands are called {word}")
            COMMANDS[word] = function
        return function

    return keep
