"""`talanoa practice`: check a scenario, show my rooms, play in one."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.course_files import files_in
from talanoa.lib.scenario_checks import checked
from talanoa.lib.scenario_files import ScenarioWrong, read
from talanoa.practice.commands import play
from talanoa.practice.letters import morning_lines
from talanoa.practice.models import Room
from talanoa.processes.commands import ActingVerb, acting_person


class Command(ActingVerb):
    help = "Practice rooms: check a scenario, show my rooms, play in one."
    verbs = ("check", "rooms", "play")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "check":
            parser.add_argument("folder", type=Path, help="of the scenario")
        if verb == "play":
            parser.add_argument(
                "line", nargs="+", help="as in a mail: open 72-hours consumer; ask small 4: ...; end day"
            )
            parser.add_argument("--room", default="", help="its key; by default the only one that runs")

    def act_check(self, options: dict[str, Any]) -> Told:
        """Tell every fault of a scenario as file:line; else whether it is a fair exercise, and its map."""
        try:
            made = read(files_in(options["folder"]))
        except ScenarioWrong as wrong:
            raise RuleBroken("\n".join(wrong.wrong), code="scenario_wrong", subjects=wrong.wrong) from wrong
        found = checked(made)
        if found.findings:
            raise RuleBroken("\n".join(found.findings), code="scenario_unfair", subjects=list(found.findings))
        told = {
            "scenario": made.id,
            "version": made.version,
            "packages": len(found.map.places),
            "agreements": len(found.map.agreements),
            "traps": found.map.trap_share,
            "bots": found.means,
            "sha256": made.sha256,
        }
        line = _(
            "%(scenario)s %(version)s: %(packages)s packages, all seats can live with %(agreements)s; nothing wrong."
        )
        return Told(told, (line % told,))

    def act_rooms(self, options: dict[str, Any]) -> Told:
        """Show the rooms of who acts, the newest first."""
        rows = Room.objects.visible_to(acting_person(options)).select_related("process")
        told = [
            {"room": row.process.key, "scenario": row.scenario_id, "day": row.day, "state": row.state}
            for row in rows
        ]
        return Told({"rooms": told}, tuple("{room} {scenario} {day} {state}".format(**row) for row in told))

    def act_play(self, options: dict[str, Any]) -> Told:
        """Do what the lines say, all or nothing, and show where the room stands."""
        by = acting_person(options)
        room, told = play(
            "\n".join(options["line"]), by=by, key=options["room"], at=options["at"], channel="cli"
        )
        seat = room.seats.filter(player=by).first()
        data = {"room": room.process.key, "day": room.day, "state": room.state, "done": told}
        return Told(data, (*told, *morning_lines(room, seat)))
