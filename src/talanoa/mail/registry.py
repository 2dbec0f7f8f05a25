"""The commands that people can write by mail, filled at start by the `mail_commands.py` of the apps above.

A command is the first word of a mail, where it stands as a command does: alone, before a number, or, for
commands that take words, before a colon or in an answer to our mail about a number. Any other mail, such as
one that begins with “Thanks for asking”, is handed to the command called `input`. The `directory` tells which
processes there are, since mail lies below them.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from talanoa.lib.processkeys import number_in
from talanoa.lib.quoting import first_command
from talanoa.lib.rfc5322 import ParsedMail
from talanoa.mail.models import RawMessage
from talanoa.people.models import Person

DEFAULT, HELP = "input", "help"
CONFIRMING, DECLINING = frozenset({"confirm", "yes"}), frozenset({"no", "decline"})
"""Words that say yes, or no, to the one thing which a letter asks."""
_MARKS = ".,;!"
_COLON = re.compile(r"\s*[:：]")
_COURTESIES = (
    "a again all and be confirm confirmed do for i input is it kindly lot many me mine much my of "
    "on please so thank thanks that the this to very want wish would you your"
)
_COURTESY = frozenset(re.findall(r"\w+", _COURTESIES))
_FAREWELLS = frozenset(
    re.findall(r"\w+", "best cheers greetings kind regards sincerely warm warmly with yours")
)
# What telephones write below every mail.
_SENT_FROM = re.compile(r"(?:sent from|envoyé de|get outlook for)\b.*", re.IGNORECASE)
_LABEL = re.compile(r"(?:(#|[a-z][a-z0-9-]*-)\s?)?\d{1,7}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MailRequest:
    """A mail as a command sees it.

    `grade` says how sure we are who sent it; `person` is known only where it is proven. `number` is the one that
    the mail names (0 where no such can be), otherwise the one that the token is about. `text` is what its sender
    wrote, without the command.
    """

    parsed: ParsedMail
    process_key: str
    text: str
    grade: str
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


@dataclass(frozen=True, slots=True)
class Overheard:
    """A mail that came by a list to a mailbox of ours which is subscribed to it.

    `process_key` is that of the address it came to, or ""; `is_tagged` says that this was the address for lists,
    `is_addressed` that its sender wrote to a process too, `is_machine` that no person wrote it, `is_read` that a
    program could read it.
    """

    kept: RawMessage
    parsed: ParsedMail
    process_key: str
    is_tagged: bool
    is_addressed: bool
    is_machine: bool
    is_read: bool
    dedup_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Understood:
    """What such a mail is: an `outcome`, in which process, and whether its bytes stay here."""

    process_key: str
    outcome: str
    stays: bool


@dataclass(slots=True)
class Directory:
    """Which processes take mail: the apps above tell it when the program starts.

    `known` gives those of some keys that are the key of a process which the public can read; `open` gives
    the keys of those that take inputs at an instant (aware, UTC). `overhear` says what a mail is that came by a list,
    and keeps what becomes of it; None is a mail like any other. `help_at` gives the lines that help somebody at a
    moment: at the refusal with a code, or with the receipt of a first input (`first_input`).
    """

    known: Callable[[Collection[str]], set[str]] = field(default=lambda _keys: set())
    open: Callable[[datetime], list[str]] = field(default=lambda _at: [])
    overhear: Callable[[Overheard], Understood | None] = field(default=lambda _heard: None)
    help_at: Callable[[str], list[str]] = field(default=lambda _moment: [])


directory = Directory()
Command = Callable[[MailRequest], MailReply]
Together = Callable[[Sequence[MailRequest]], list[MailReply]]


@dataclass(frozen=True, slots=True)
class Explained:
    """A command: its words, what happens, how one writes it, and the function that does it.

    `at` is the address of ours that is no process, such as `registry`, where alone these words are a command; ""
    is every process, and where it is `anywhere` those addresses too. `takes` says what may stand after it on its line,
    where that is neither a number nor free words. One that `is_question` is asked by a letter of ours and judges
    every answer to it itself, whatever it says. `together` does for several mails at once what `function` does for one.
    """

    words: tuple[str, ...]
    told: str | Promise
    example: str
    function: Command
    at: str = ""
    takes_words: bool = False
    takes: re.Pattern[str] | None = None
    is_question: bool = False
    anywhere: bool = False
    together: Together | None = None


COMMANDS: dict[tuple[str, str], Explained] = {}
"""Each command by its address and each of its words."""
EXPLAINED: list[Explained] = []
Continued = Callable[[str, Sequence[str]], str]
CONTINUED: list[Continued] = []
"""Each is asked what a mail to a process means that answers these identifiers, nearest first; "" is nothing."""
PLACES: dict[str, str] = {}
"""The command of a mail that names none, by the tag of its address: `nm+talk` begins a thread."""
ALONE: set[str] = set()
"""Addresses of ours that take no mail which goes to a process as well."""
ADDRESSES: dict[str, str] = {}
"""The command of a mail that names none, by an address of ours that is no process: `registry@`."""


def command(
    *words: str,
    takes_words: bool = False,
    place: str = "",
    address: str = "",
    only_at: str = "",
    alone: bool = False,
    takes: str = "",
    is_question: bool = False,
    anywhere: bool = False,
    told: str | Promise = "",
    example: str = "",
    together: Together | None = None,
) -> Callable[[Command], Command]:
    """Register the decorated function as the command called by any of `words`.

    The help tells what it does (`told`) with an `example`. `takes` is a pattern of what may follow it. One that
    `takes_words` reads those after the command on its line too. One with a `place` is also what a mail means that
    names no command and comes to the address with this tag; one with an `address` is that at an address of ours that is
    no process. Such a one, and one that is `only_at` an address, is no command anywhere else; there it goes before one
    of the same name, and of the others only those that are `anywhere` are commands. An address that stands `alone`
    takes no mail that goes to a process too. One that `is_question` gets whole what answers a letter whose token means
    it: first a line with the words of the token, then what the answer says. `together` does the same for several mails
    to one process at once: all of them, or it raises and has done nothing.
    """
    at = address or only_at

    def keep(function: Command) -> Command:
        pattern = re.compile(takes, re.IGNORECASE) if takes else None
        made = Explained(
            words,
            told,
            example or words[0],
            function,
            at,
            takes_words,
            pattern,
            is_question,
            anywhere,
            together,
        )
        for word in words:
            if (at, word) in COMMANDS:
                raise ValueError(f"Two mail commands are called {word}")
            COMMANDS[at, word] = made
        EXPLAINED.append(made)
        if place:
            PLACES[place] = words[0]
        if address:
            ADDRESSES[address] = words[0]
            ALONE.update({address} if alone else ())
        return function

    return keep


def called(word: str, key: str) -> Explained:
    """Return the command that `word` is at the address `key`. Raises KeyError where it is none."""
    return COMMANDS.get((key, word)) or COMMANDS["", word]


def words_at(key: str) -> list[str]:
    """Return every word that is a command at the address `key`: its own, and those that are one anywhere."""
    is_apart = any(at == key for at, _word in COMMANDS)
    return [
        word
        for (at, word), row in COMMANDS.items()
        if at == key or (not at and (row.anywhere or not is_apart))
    ]


def continuation(function: Continued) -> Continued:
    """Register what tells that a mail goes on with something said before."""
    CONTINUED.append(function)
    return function


def continued(key: str, answered: Sequence[str]) -> str:
    """Return the command of a mail that names none and answers something said in the process; "" is none."""
    return next((word for ask in CONTINUED if answered and (word := ask(key, answered))), "")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The command that a mail gives, the number that it names, if any, and the words that belong to it."""

    word: str
    number: int | None
    text: str


def understand(said: str, *, key: str, about: int | None, otherwise: str = DEFAULT) -> Spoken:
    """Return what `said` asks of the process `key`; `about` is the number that our own mail was about.

    What does not stand as a command does is what `otherwise` names, whole as it was written.
    """
    known = frozenset(word + mark for word in words_at(key) for mark in ("", *_MARKS))
    found = first_command(said, known)
    if found is None:
        return Spoken(otherwise, None, said)
    lines = said.split("\n")
    at = next(index for index, line in enumerate(lines) if first_command(line, known) == found)
    word, argument = found[0].rstrip(_MARKS), found[1]
    taken = argument.rstrip(_MARKS)
    # Where free words may follow, the sign that ends their sentence is theirs.
    meant = called(word, key)
    for told in (argument, taken) if meant.takes else ():
        if meant.takes and meant.takes.fullmatch(told):
            return Spoken(word, None, "\n".join([told, *lines[at + 1 :]]).strip())
    number, rest = _numbered(argument, key)
    if about is not None and _is_courtesy(argument) and not any(map(str.strip, lines[at + 1 :])):
        return Spoken(word, None, "")
    is_answer = about is not None or _COLON.match(lines[at].lower().partition(found[0])[2]) is not None
    is_meant = number is not None or (meant.takes_words and is_answer)
    if argument and (word == DEFAULT or not is_meant):
        return Spoken(otherwise, None, said)
    return Spoken(word, number, "\n".join([rest, *lines[at + 1 :]]).strip())


def yes_or_no(said: str, *, name: str) -> bool | None:
    """Return whether an answer to a question says `confirm` or `no`; None where it says neither, or anything more.

    Courtesies and `name` are nothing more. Other words might be a condition or another wish.
    """
    words = frozenset(word + mark for word in CONFIRMING | DECLINING for mark in ("", *_MARKS))
    found = first_command(said, words)
    if found is None:
        return None
    own = {word.strip(_MARKS) for word in name.lower().split()} | _FAREWELLS
    lines = [line for line in said.strip().split("\n")[1:] if not _SENT_FROM.fullmatch(line.strip())]
    rest = " ".join([found[1], *lines])
    if not all(_is_courtesy(word) or word.strip(_MARKS) in own for word in rest.lower().split()):
        return None
    return found[0].rstrip(_MARKS) in CONFIRMING


def _is_courtesy(argument: str) -> bool:
    """Tell whether what follows a command in an answer to our mail adds nothing to it, as in “Yes I confirm.”."""
    return all(word.strip(_MARKS) in _COURTESY for word in argument.lower().split())


def _numbered(argument: str, key: str) -> tuple[int | None, str]:
    """Part `17: words` or `nm-17 words` into number and words; 0 is a number of another process.

    A bare number before words is one of them, as in “replace 10 % of it”.
    """
    head, _colon, rest = argument.replace("：", ":", 1).partition(":")
    number = _number(head.strip(_MARKS), key)
    if number is not None:
        return number, rest.strip()
    first, _blank, rest = argument.partition(" ")
    number = 0 if first[:1].isdigit() else _number(first, key)
    return (number, rest.strip()) if number else (None, argument)


def _number(name: str, key: str) -> int | None:
    own = name[len(key) :].strip() if name.lower().startswith(f"{key} ") else name.strip()
    found = _LABEL.fullmatch(own)
    if found is None:
        return None
    return number_in(own) if (found[1] or "#").lower() in ("#", f"{key}-") else 0
