"""`talanoa themes`: which themes run through the published inputs; a person names, keeps or drops them."""

from time import perf_counter
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talanoa.contributions.queries import suggested_themes
from talanoa.kernel.commands import Told, Verb
from talanoa.lib.processkeys import ranges
from talanoa.processes.commands import process_called


class Command(Verb):
    help = "Suggest themes from the texts; nothing is filed by itself."
    verbs = ("suggest",)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")

    def act_suggest(self, options: dict[str, Any]) -> Told:
        """List themes by the words that mark them, with the inputs that hold much of each."""
        process, begun = process_called(options["key"]), perf_counter()
        found = suggested_themes(process)
        seconds = round(perf_counter() - begun, 1)
        data = [{"words": list(one.words), "inputs": list(one.texts)} for one in found]
        lines = [f"{', '.join(one.words)}: {ranges(sorted(one.texts))}" for one in found]
        told = ngettext("%(n)s theme in %(seconds)s s.", "%(n)s themes in %(seconds)s s.", len(found))
        return Told(
            {"themes": data, "seconds": seconds},
            (*lines, told % {"n": len(found), "seconds": seconds})
            if found
            else (_("Too few inputs for themes."),),
        )
