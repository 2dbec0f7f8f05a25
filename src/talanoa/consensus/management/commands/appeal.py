"""`talanoa appeal`: appeal to a panel, support, prepare its hearing, draw, find, show."""

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.consensus.actions.contesting import admit_appeal, bring_appeal, refuse_appeal, support_appeal
from talanoa.consensus.actions.empaneling import announce_draw, draw_panel, leave_seat
from talanoa.consensus.actions.hearing import give_opinion
from talanoa.consensus.contestable import open_acts
from talanoa.consensus.letters.contesting import act_name
from talanoa.consensus.models import Call, PanelAppeal, PanelDraw
from talanoa.consensus.panels import draw_data
from talanoa.consensus.queries import newest_draw
from talanoa.consensus.rows import stage_of
from talanoa.contributions.models import Appeal
from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import numbered
from talanoa.lib.draws import METHODS
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Participant, Process

Argument = tuple[str, dict[str, Any]]
TEXT: Argument = ("--text", {"required": True})
SOURCE: Argument = ("--source", {"action": "append", "required": True, "metavar": "TEXT"})
ARGUMENTS: dict[str, tuple[Argument, ...]] = {
    "acts": (("call", {"type": int, "help": "the number of the call"}),),
    "raise": (
        ("call", {"type": int, "help": "the number of the call"}),
        ("--entry", {"type": int, "required": True, "help": "the entry of the act, as `acts` lists it"}),
        ("--argument", {"action": "append", "required": True, "metavar": "TEXT"}),
    ),
    "list": (),
    "show": (),
    "support": (),
    "admit": (),
    "refuse": (TEXT,),
    "announce": (
        SOURCE,
        ("--days", {"type": int, "default": 7, "help": "until all sources are known"}),
        ("--seats", {"type": int, "choices": PanelDraw.SEATS, "default": PanelDraw.SEATS[0]}),
        ("--method", {"choices": sorted(METHODS), "default": "sha256"}),
    ),
    "draw": (SOURCE,),
    "leave": (TEXT,),
    "opinion": (("outcome", {"choices": Appeal.Outcome.values}), TEXT),
}
_OF_CALLS = ("acts", "raise", "list")


class Command(ActingVerb):
    help = "Appeals to a panel: appeal, prepare the hearing, draw by lot, find."
    verbs = tuple(ARGUMENTS)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key", help="of the process")
        if verb not in _OF_CALLS:
            parser.add_argument("number", type=int, help="of the appeal")
        for name, how in ARGUMENTS[verb]:
            parser.add_argument(name, **how)

    def act_acts(self, options: dict[str, Any]) -> Told:
        """List what can be appealed in a call, each by its entry."""
        call = _call(process_called(options["key"]), options["call"])
        found = open_acts(call, options["at"])
        rows = [
            {
                "entry": act.entry.index,
                "about": str(act.about),
                "until": f"{act.until:%Y-%m-%dT%H:%M:%SZ}",
                "told": act_name(act),
            }
            for act in found
        ]
        return Told({"acts": rows}, tuple(f"{row['entry']}  {row['until']}  {row['told']}" for row in rows))

    def act_raise(self, options: dict[str, Any]) -> Told:
        """Appeal against an act of a call, with arguments."""
        process = process_called(options["key"])
        call = _call(process, options["call"])
        by = enter(process, acting_person(options), at=options["at"])
        entry, arguments = options["entry"], options["argument"]
        return _told(bring_appeal(call, by=by, entry=entry, arguments=arguments, **_when(options)))

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the appeals of a process."""
        listed = [_told(row) for row in _rows(process_called(options["key"])).order_by("number")]
        return Told({"appeals": [one.data for one in listed]}, tuple(one.lines[0] for one in listed))

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show an appeal with its arguments, its draw and what was decided."""
        found = _numbered(process_called(options["key"]), options["number"])
        draw = newest_draw(found)
        told = _told(found)
        arguments = [row.text for row in found.arguments.order_by("number")]
        data = told.data | {
            "arguments": arguments,
            "supporters": [row.name for row in found.supporters.all()],
            "refusal": found.refusal,
            "reasons": found.appeal.reasons,
            "draw": draw_data(draw) if draw else None,
        }
        command = (str(data["draw"]["command"]),) if draw else ()
        reasons = tuple(found.appeal.reasons.splitlines())
        return Told(
            data, (*told.lines, *(f"{n}. {text}" for n, text in enumerate(arguments, 1)), *command, *reasons)
        )

    def act_support(self, options: dict[str, Any]) -> Told:
        """Stand behind an appeal that somebody else brought."""
        found, by = self._entered(options)
        return _told(support_appeal(found, by=by, **_when(options)))

    def act_admit(self, options: dict[str, Any]) -> Told:
        """Say that an appeal is heard."""
        found, by = _about(options)
        return _told(admit_appeal(found, by=by, **_when(options)))

    def act_refuse(self, options: dict[str, Any]) -> Told:
        """Say that an appeal is not heard, and why."""
        found, by = _about(options)
        return _told(refuse_appeal(found, by=by, text=options["text"], **_when(options)))

    def act_announce(self, options: dict[str, Any]) -> Told:
        """Announce the draw of the panel: the pool, the method and the sources."""
        found, by = _about(options)
        terms = {name: options[name] for name in ("method", "seats")}
        known = options["at"] + timedelta(days=options["days"])
        sources = options["source"]
        made = announce_draw(found, by=by, sources=sources, known_at=known, **terms, **_when(options))
        return _drawn(made)

    def act_draw(self, options: dict[str, Any]) -> Told:
        """Draw the panel with what the sources said, in their order."""
        found, by = _about(options)
        return _drawn(draw_panel(found, by=by, said=options["source"], **_when(options)))

    def act_leave(self, options: dict[str, Any]) -> Told:
        """Leave a seat to the next of the draw, for a public reason."""
        found, by = self._entered(options)
        leave_seat(found, by=by, text=options["text"], **_when(options))
        return _told(_numbered(found.process, found.number))

    def act_opinion(self, options: dict[str, Any]) -> Told:
        """Find on an appeal, as a member of its panel; the text is `1: ...`, a line for each argument."""
        found, by = self._entered(options)
        before, said = numbered.read(options["text"])
        reasons = said or {1: before}
        made = give_opinion(found, by=by, outcome=options["outcome"], reasons=reasons, **_when(options))
        return _told(_numbered(made.process, made.number))

    def _entered(self, options: dict[str, Any]) -> tuple[PanelAppeal, Participant]:
        """Return the appeal, and who acts as somebody who takes part."""
        process = process_called(options["key"])
        by = enter(process, acting_person(options), at=options["at"])
        return _numbered(process, options["number"]), by


def _about(options: dict[str, Any]) -> tuple[PanelAppeal, Participant]:
    process = process_called(options["key"])
    return _numbered(process, options["number"]), acting(options, process)


def _when(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _rows(process: Process) -> Any:
    return process.panel_appeals.select_related(
        "process",
        "appeal__entry",
        "call",
        "designation",
        "handling__objection__contribution__process",
        "challenge",
        "refused",
    )


def _numbered(process: Process, number: int) -> PanelAppeal:
    found: PanelAppeal | None = _rows(process).filter(number=number).first()
    if found is None:
        raise _unknown(process, number)
    return found


def _call(process: Process, number: int) -> Call:
    found = process.calls.select_related("process", "draft").filter(number=number).first()
    if found is None:
        raise _unknown(process, number)
    return found


def _unknown(process: Process, number: int) -> RuleBroken:
    return RuleBroken(
        _("There is no number %(number)s in %(key)s.") % {"number": number, "key": process.key},
        code="number_unknown",
    )


def _told(made: PanelAppeal) -> Told:
    stage = stage_of(made, newest_draw(made))
    data = {
        "number": made.number,
        "call": made.call.number,
        "entry": made.appeal.entry.index,
        "against": act_name(made),
        "name": made.name,
        "stage": stage,
        "outcome": made.appeal.outcome,
    }
    return Told(data, (f"{made.number}  {stage}  {data['against']}",))


def _drawn(made: PanelDraw) -> Told:
    data = draw_data(made)
    seats = [row for row in data["members"] if row["state"] == "seated"]
    lines = [f"{row['number']} {row['name']}" for row in (seats or data["members"])]
    return Told(data, (data["command"], *lines))
