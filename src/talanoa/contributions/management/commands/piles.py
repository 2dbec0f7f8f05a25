"""`talanoa piles`: find near-identical inputs, show them as one position, take one out again."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.contributions.actions.piling import fold_copies, part_copy
from talanoa.contributions.models import Contribution
from talanoa.contributions.queries import suggested_piles
from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import label, number_in, numbers_in, ranges
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.processes.models import Process


class Command(ActingVerb):
    help = "Show near-identical inputs as one position with many signatories."
    verbs = ("suggest", "fold", "part")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "fold":
            parser.add_argument("number", help="the one that stands for the others")
            parser.add_argument("copies", help="the others, such as 18-24,31")
        if verb == "part":
            parser.add_argument("number", help="the one that is to stand by itself")

    def act_suggest(self, options: dict[str, Any]) -> Told:
        """List what says nearly the same among the published inputs; nothing is changed."""
        process = process_called(options["key"])
        found = suggested_piles(process)
        data = [
            {"leading": pile.leading, "copies": [number for number, _common in pile.copies]} for pile in found
        ]
        lines = [
            _("%(number)s: %(n)s in nearly the same words: %(numbers)s")
            % {
                "number": label(process.key, pile.leading),
                "n": len(pile.copies),
                "numbers": ranges([number for number, _common in pile.copies]),
            }
            for pile in found
        ]
        return Told({"piles": data}, tuple(lines or [_("No two published inputs say nearly the same.")]))

    def act_fold(self, options: dict[str, Any]) -> Told:
        """Show inputs as one position; refused where one of them says something of its own."""
        process = process_called(options["key"])
        leading, by = _named(process, options["number"]), acting(options, process)
        pile = fold_copies(leading, numbers_in(options["copies"]), by=by, at=options["at"], channel="cli")
        n = pile.signatories.present().count()
        told = _("%(number)s: one position, %(n)s signatories.")
        data = {"number": leading.number, "signatories": n}
        return Told(data, (told % {"number": label(process.key, leading.number), "n": n},))

    def act_part(self, options: dict[str, Any]) -> Told:
        """Take an input out of its position, for its author or the desk."""
        process = process_called(options["key"])
        found = _named(process, options["number"])
        part_copy(found, by=acting(options, process), at=options["at"], channel="cli")
        told = _("%(number)s stands by itself again, and is not put together with others any more.")
        return Told({"number": found.number}, (told % {"number": label(process.key, found.number)},))


def _named(process: Process, number: str) -> Contribution:
    """Return the contribution with this number. Raises RuleBroken: number_unknown."""
    rows = Contribution.objects.filter(process=process, number=number_in(number) or 0)
    found = rows.select_related("process").first()
    if found is None:
        raise RuleBroken(
            _("There is no number %(number)s in %(key)s.") % {"number": number, "key": process.key},
            code="number_unknown",
        )
    return found
