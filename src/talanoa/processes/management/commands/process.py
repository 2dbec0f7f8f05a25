"""`talanoa process`: create, open, extend, close and show a process; give roles in it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from talanoa.kernel.commands import Told
from talanoa.people.actions import know_person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.roles import give_role
from talanoa.processes.actions.stages import EXTENSION_REASONS, close_process, extend_call, open_process
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Process, Role, Stage
from talanoa.processes.queries import participant


class Command(ActingVerb):
    help = "Create, open, extend, close and show processes."
    verbs = ("create", "open", "role", "extend", "close", "show")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "create":
            parser.add_argument("charter", nargs="?", metavar="CHARTER.yaml")
            parser.add_argument("--template", choices=charter.TEMPLATES)
            parser.add_argument("--key")
            parser.add_argument("--title", default="")
            parser.add_argument("--open", action="store_true", help="publish the charter and open at once")
            return
        parser.add_argument("key")
        if verb == "role":
            parser.add_argument("address")
            parser.add_argument("role", choices=Role.values)
            parser.add_argument("--name", default="")
        if verb == "extend":
            parser.add_argument("days", type=int, help="how many days later the call ends")
            parser.add_argument("reason", choices=EXTENSION_REASONS)

    def act_create(self, options: dict[str, Any]) -> Told:
        """Begin a process as a draft; with --open, publish its charter and open it."""
        facts = _facts(options)
        by, at = acting_person(options), options["at"]
        key = options["key"] or facts.get("key") or ""
        process = create_process(by=by, key=key, facts=facts, at=at, channel="cli")
        if options["open"]:
            convenor = participant(process, by)
            assert convenor is not None  # noqa: S101 - create_process made them
            publish_charter(process, by=convenor, at=at, channel="cli")
            process = open_process(process, by=convenor, at=at, channel="cli")
        return _shown(process)

    def act_open(self, options: dict[str, Any]) -> Told:
        """Publish the charter if it is not yet, and open the process."""
        process = process_called(options["key"])
        by = acting(options, process)
        if process.state == Process.State.DRAFT:
            publish_charter(process, by=by, at=options["at"], channel="cli")
        return _shown(open_process(process, by=by, at=options["at"], channel="cli"))

    def act_role(self, options: dict[str, Any]) -> Told:
        """Give a person a role in the process."""
        process = process_called(options["key"])
        by = acting(options, process)
        person = know_person(name=options["name"], address=options["address"])
        give_role(process, person, role=Role(options["role"]), by=by, at=options["at"], channel="cli")
        return Told(
            {"key": process.key, "address": person.address, "role": options["role"]},
            (f"{person.address} is now {options['role']} of {process.key}.",),
        )

    def act_extend(self, options: dict[str, Any]) -> Told:
        """Move the end of the open call for input to a later time, for a public reason."""
        process = process_called(options["key"])
        by, days, reason = acting(options, process), options["days"], options["reason"]
        extend_call(process, by=by, days=days, reason=reason, at=options["at"], channel="cli")
        return _shown(process)

    def act_close(self, options: dict[str, Any]) -> Told:
        """Close a process whose decision is taken and followed up."""
        process = process_called(options["key"])
        return _shown(close_process(process, by=acting(options, process), at=options["at"], channel="cli"))

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show where a process stands."""
        return _shown(process_called(options["key"]))


def _facts(options: dict[str, Any]) -> dict[str, Any]:
    """Return the charter's facts: from the file, or from the template; honest defaults with --open."""
    if options["charter"]:
        facts = charter.read_yaml(Path(options["charter"]).read_text(encoding="utf-8"))
        if options["title"]:
            facts["title"] = options["title"]
    else:
        if not (options["template"] or options["title"]):
            raise CommandError(
                "Say what the process is about: give CHARTER.yaml, or --title (and --template).", returncode=2
            )
        facts = charter.template(options["template"] or charter.TEMPLATES[0], title=options["title"])
    if options["open"] and not facts["overlap"]:
        facts["overlap"] = (
            f"{charter.OVERLAP_UNCHECKED}, because the process was opened from the command line."
        )
    return facts


def _shown(process: Process) -> Told:
    stages = [
        {
            "kind": stage.kind,
            "opens_at": _iso(stage.opens_at),
            "closes_at": _iso(stage.closes_at),
            "opened_at": _iso(stage.opened_at),
            "closed_at": _iso(stage.closed_at),
        }
        for stage in process.stages.all()
    ]
    data = {
        "key": process.key,
        "title": process.title,
        "state": process.state,
        "received": process.last_number,
        "stages": stages,
    }
    lines = [f"{process.key}: {process.title}", f"state: {process.get_state_display()}"]
    lines += [f"  {_ran(stage)}" for stage in process.stages.all()]
    return Told(data, tuple(lines))


def _ran(stage: Stage) -> str:
    """Return a line on a stage: when it opened and closed, or when it is to."""
    begun, ended = "not yet", ""
    if stage.opened_at or stage.opens_at:
        begun = f"{'opened' if stage.opened_at else 'opens'} {_iso(stage.opened_at or stage.opens_at)}"
    if stage.closed_at or stage.closes_at:
        ended = f"{'closed' if stage.closed_at else 'closes'} {_iso(stage.closed_at or stage.closes_at)}"
    return f"{stage.kind:<9} {begun:<28} {ended}".rstrip()


def _iso(when: Any) -> str | None:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}" if when else None
