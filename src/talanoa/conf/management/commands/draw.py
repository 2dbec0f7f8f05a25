"""`talanoa draw`: draw by lot so that anybody can draw again; `talanoa draw verify` does so from a saved draw.

Both need no installation and no network. `verify` ends with 0 when the draw holds and with 1 when it does not.
"""

import hashlib
import json
import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, Verb, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import draws

MOST_OCTETS = 8_000_000
_LONGEST_NUMBER = 9


class Command(Verb):
    help = "Draw by lot from a numbered pool, so that anybody can check it (RFC 3797)."
    verbs = ("verify",)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a draw's own arguments without a verb: `talanoa draw --pool 25 ...`."""
        parser.add_argument("--method", choices=sorted(draws.METHODS), default="rfc3797")
        parser.add_argument(
            "--pool", metavar="N|FILE", help="how many are numbered, or a file with one name on each line"
        )
        parser.add_argument("--select", type=int, metavar="K", help="how many are drawn")
        parser.add_argument(
            "--source", action="append", default=[], metavar="NUMBERS", help="what one public source said"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout, to be saved")
        verify = parser.add_subparsers(dest="verb", metavar="verify").add_parser(
            "verify", help=(self.act_verify.__doc__ or "").split("\n")[0]
        )
        verify.add_argument("file", help="what `talanoa draw --json` wrote, or - for standard input")
        verify.add_argument("--pool", metavar="FILE", help="the list of names, to be checked too")
        verify.add_argument("--json", action="store_true", help="one JSON object on stdout")
        # Neither looks at a clock; the base class asks for the time of an act.
        parser.set_defaults(at=None, verb="draw")

    def act_draw(self, options: dict[str, Any]) -> Told:
        """Draw numbers of the pool."""
        if not options["pool"] or options["select"] is None or not options["source"]:
            raise CommandError("A draw takes --pool, --select and a --source for each source.", returncode=2)
        try:
            size, names = _pool(options["pool"])
            made = draws.draw(
                options["source"], pool=size, select=options["select"], method=options["method"]
            )
        except ValueError as wrong:
            raise _refused(wrong) from wrong
        data = _saved(made) | names.told(made.selected)
        lines = [f"{number} {names.of(number)}".rstrip() for number in made.selected]
        return Told(data, (_("Key: %(key)s") % {"key": made.key}, *lines))

    def act_verify(self, options: dict[str, Any]) -> Told:
        """Draw again from a saved draw and say whether it holds."""
        raw = read_bytes(options["file"], sys.stdin, most=MOST_OCTETS)
        try:
            saved = json.loads(raw)
            made, wrong = draws.broken(saved)
            wrong += _wrong_names(saved, made, options["pool"])
        except RecursionError as deep:
            raise _refused(draws.DrawUnreadable("too deep")) from deep
        except ValueError as unreadable:
            raise _refused(unreadable) from unreadable
        data = {"holds": not wrong, "wrong": list(wrong), "selected": list(made.selected)}
        if wrong:
            told = _("The draw does NOT hold. What differs: %(fields)s.") % {"fields": ", ".join(wrong)}
            return Told(data, (told,), 1)
        told = _("The draw holds: %(numbers)s.") % {"numbers": ", ".join(map(str, made.selected))}
        unchecked = "pool_sha256" in saved and not options["pool"]
        names = _("The list of names was not checked; give it with --pool.")
        return Told(data, (told, names) if unchecked else (told,))


class _Names:
    """The names of a pool and the SHA-256 of their file; nothing where the pool is a number."""

    def __init__(self, data: bytes | None) -> None:
        self.listed = draws.names_of(data.decode("utf-8-sig")) if data is not None else ()
        self.sha256 = hashlib.sha256(data).hexdigest() if data is not None else ""

    def of(self, number: int) -> str:
        return self.listed[number - 1] if self.listed else ""

    def told(self, selected: tuple[int, ...]) -> dict[str, Any]:
        """Return the fields of a saved draw that a pool of names adds."""
        if not self.listed:
            return {}
        return {"pool_sha256": self.sha256, "names": [self.of(number) for number in selected]}


def _pool(told: str) -> tuple[int, _Names]:
    """Return the size of the pool and its names; digits are a size, anything else a file."""
    if told.isascii() and told.isdigit():
        return int(told[:_LONGEST_NUMBER]), _Names(None)
    names = _Names(read_bytes(told, sys.stdin, most=MOST_OCTETS))
    return len(names.listed), names


def _saved(made: draws.Draw) -> dict[str, Any]:
    return {
        "method": made.method,
        "sources": list(made.sources),
        "key": made.key,
        "pool": made.pool,
        "selected": list(made.selected),
        "digests": list(made.digests),
    }


def _wrong_names(saved: dict[str, Any], made: draws.Draw, pool: str | None) -> tuple[str, ...]:
    """Return the fields that differ from the list of names, where it is given."""
    if not pool:
        return ()
    size, names = _pool(pool)
    fields = names.told(made.selected)
    wrong = tuple(name for name, value in fields.items() if saved.get(name) != value)
    return wrong if size == made.pool else ("pool", *wrong)


def _refused(wrong: ValueError) -> RuleBroken:
    """Say in words what cannot be drawn, with its code."""
    if isinstance(wrong, UnicodeDecodeError):
        raise wrong
    if isinstance(wrong, draws.SourceUnreadable):
        told = _(
            "Source %(number)s cannot be read. A source is up to 16 whole numbers between blanks, or one number"
            " with a fraction such as 3.5; a draw has 1 to 16 sources. RFC 3797 makes the key of numbers."
        ) % {"number": wrong.number}
    elif isinstance(wrong, draws.PoolUnfit):
        told = _("A pool has 1 to 65,535 members; a list has one name on each line, each once, none empty.")
    elif isinstance(wrong, draws.SelectionUnfit):
        told = _("Select one at least, and no more than the pool has.")
    else:
        told = _("This is no saved draw. `talanoa draw --json` writes one.")
    return RuleBroken(told, code=getattr(wrong, "code", draws.DrawUnreadable.code))
