"""`talanoa place`: show how this place is run, carry out a decision on a default, publish and correct news."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from talanoa.kernel.commands import Told, read_bytes
from talanoa.lib.processkeys import PLACE
from talanoa.place.actions import change_default, correct_news, publish_news
from talanoa.place.queries import declared, standing_defaults
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.processes.models import DefaultChange


class Command(ActingVerb):
    help = "Show how this place is run; change a default as a process decided; publish and correct news."
    verbs = ("show", "default", "news", "correct")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "default":
            parser.add_argument("default", help="such as appeal; `talanoa place show` lists them")
            parser.add_argument("days", type=int)
            parser.add_argument("--process", required=True, metavar="KEY", help="where it was decided")
            parser.add_argument("--recommendation", type=int, required=True, metavar="NUMBER")
        if verb == "correct":
            parser.add_argument("number", type=int)
            parser.add_argument("--why", required=True, metavar="LINE", help="what was wrong")
        if verb in ("news", "correct"):
            parser.add_argument("file", help="its text in Markdown, or - for standard input")
            parser.add_argument("--title", required=True)
        if verb == "news":
            parser.add_argument("--language", default="en")

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show who hosts and pays, and the defaults in days."""
        found, rows = declared(), standing_defaults(options["at"])
        data = {
            "runs": found.runs if found else None,
            "payer": found.payer if found else None,
            "version": DefaultChange.objects.version(options["at"]),
            "defaults": {row.default.value: row.days for row in rows},
        }
        lines = [f"runs: {found.runs}", f"pays: {found.payer}"] if found else []
        lines += [f"  {row.default.value:<16} {row.days:>3} days" for row in rows]
        return Told(data, tuple(lines))

    def act_default(self, options: dict[str, Any]) -> Told:
        """Give a default other days, as an accepted recommendation of a decided process says."""
        place = process_called(PLACE)
        made = change_default(
            place,
            by=acting(options, place),
            default=options["default"],
            days=options["days"],
            decided=process_called(options["process"]),
            recommendation=options["recommendation"],
            at=options["at"],
            channel="cli",
        )
        data = {"default": made.name, "days": made.days, "version": made.version}
        return Told(data, (f"{made}; version {made.version} of the defaults.",))

    def act_news(self, options: dict[str, Any]) -> Told:
        """Publish news of this place."""
        place = process_called(PLACE)
        made = publish_news(
            place,
            by=acting(options, place),
            title=options["title"],
            text=read_bytes(options["file"], sys.stdin).decode(),
            language=options["language"],
            at=options["at"],
            channel="cli",
        )
        return Told({"news": made.number}, (f"Published: news {made.number}.",))

    def act_correct(self, options: dict[str, Any]) -> Told:
        """Say news anew, and what was wrong; every version stays."""
        place = process_called(PLACE)
        made = correct_news(
            place,
            by=acting(options, place),
            number=options["number"],
            title=options["title"],
            text=read_bytes(options["file"], sys.stdin).decode(),
            correction=options["why"],
            at=options["at"],
            channel="cli",
        )
        data = {"news": made.number, "version": made.version}
        return Told(data, (f"Corrected: news {made.number}, version {made.version}.",))
