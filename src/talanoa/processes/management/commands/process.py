"""`talanoa process`: create, open, extend, close, show and announce a process; give roles; follow lists; invite."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import announcements
from talanoa.mail.posting import outbox
from talanoa.people.actions import know_person
from talanoa.processes import charter
from talanoa.processes.actions.announcing import announce, follow_list, stop_following
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.inviting import invite
from talanoa.processes.actions.roles import give_role
from talanoa.processes.actions.stages import EXTENSION_REASONS, close_process, extend_call, open_process
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.letters.announcing import announcement_text
from talanoa.processes.models import Announcement, DefaultChange, Process, Role, Stage
from talanoa.processes.queries import participant
from talanoa.processes.tables import LARGEST, decoded, read_list


class Command(ActingVerb):
    help = "Create, open, extend, close, show and announce processes; follow mailing lists; invite people."
    verbs: tuple[str, ...] = (
        "create",
        "open",
        "role",
        "extend",
        "close",
        "show",
        "announce",
        "follow",
        "unfollow",
        "invite",
    )

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
        if verb == "announce":
            parser.add_argument("file", help="its text in Markdown, or - for standard input")
            parser.add_argument("--title", default="", help="by default that of the process")
            parser.add_argument("--language", default="en")
            parser.add_argument(
                "--list",
                action="append",
                metavar="LIST_ID",
                help="a followed list to mail it to, again for each; by default all that take mail",
            )
            parser.add_argument("--preview", action="store_true", help="show the mail, publish nothing")
        if verb == "invite":
            parser.add_argument("file", metavar="FILE.csv", help="an outreach list, or - for standard input")
        if verb in ("follow", "unfollow"):
            parser.add_argument("list_id", metavar="LIST_ID", help="as it stands in the header of its mails")
        if verb == "follow":
            parser.add_argument("--name", default="", help="how people call it")
            parser.add_argument(
                "--post", default="", metavar="ADDRESS", help="the address that takes its mail"
            )
            parser.add_argument("--archive", default="", metavar="URL", help="its page in a web archive")

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

    def act_announce(self, options: dict[str, Any]) -> Told:
        """Publish a call to take part: a page, an entry in the feed, a mail to lists and to yourself."""
        process = process_called(options["key"])
        by, at = acting(options, process), options["at"]
        posted = process.lists.followed().exclude(post="").values_list("list_id", flat=True)
        said = {
            "title": options["title"] or process.title,
            "text": read_bytes(options["file"], sys.stdin).decode(),
            "language": options["language"],
            "lists": list(posted) if options["list"] is None else options["list"],
        }
        if options["preview"]:
            number = process.announcements.count() + 1
            draft = Announcement(process=process, number=number, by=by, made_at=at, **said)
            letter = announcement_text(draft, at=at)
            return Told({"mail": letter}, (letter,))
        made = announce(process, by=by, **said, at=at, channel="cli")
        letter = announcement_text(made, at=at)
        page = announcements.page(process.key, made.number, outbox.site)
        data = {"announcement": made.number, "page": page, "lists": made.lists, "mail": letter}
        where = ", ".join(made.lists) or "no list"
        return Told(
            data, (f"Announcement {made.number}: {page}", f"Mailed to {where}, and to you.", "", letter)
        )

    def act_follow(self, options: dict[str, Any]) -> Told:
        """Follow a mailing list: who answers an announcement there is asked whether that is an input."""
        process = process_called(options["key"])
        told = {name: options[name] for name in ("list_id", "name", "post", "archive")}
        row = follow_list(process, by=acting(options, process), **told, at=options["at"], channel="cli")
        data = {"key": process.key, "list": row.list_id, "subscribe": f"{process.key}+list@{outbox.domain}"}
        return Told(data, (f"{process.key} follows {row.list_id}. Subscribe {data['subscribe']} to it.",))

    def act_unfollow(self, options: dict[str, Any]) -> Told:
        """Follow a mailing list no more."""
        process = process_called(options["key"])
        by, called = acting(options, process), options["list_id"].lower()
        followed = process.lists.filter(list_id=called).first()
        if followed is None:
            told = f"{process.key} does not follow {called}."
            raise RuleBroken(told, code="list_unknown")
        stop_following(followed, by=by, at=options["at"], channel="cli")
        return Told({"key": process.key, "list": called}, (f"{process.key} follows {called} no more.",))

    def act_invite(self, options: dict[str, Any]) -> Told:
        """Invite the people on an outreach list: all of them, or nobody where a line of it is wrong."""
        process = process_called(options["key"])
        by = acting(options, process)
        found = read_list(process, decoded(read_bytes(options["file"], sys.stdin, most=LARGEST + 1)))
        if found.wrong:
            told = [_("Line %(line)s: %(reason)s") % {"line": w.line, "reason": w.told} for w in found.wrong]
            subjects = [str(wrong.line) for wrong in found.wrong]
            raise RuleBroken("\n".join(told), code="table_unreadable", subjects=subjects)
        done = invite(process, found.people, by=by, at=options["at"], channel="cli")
        skipped = [{"address": one.address, "why": one.why.value} for one in done.skipped]
        data = {"key": process.key, "invited": len(done.invitations), "skipped": skipped}
        lines = [f"{len(done.invitations)} invited, {len(skipped)} passed over."]
        return Told(data, (*lines, *(f"  {one.address}: {one.why.label}" for one in done.skipped)))

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show where a process stands."""
        return _shown(process_called(options["key"]))


def _facts(options: dict[str, Any]) -> dict[str, Any]:
    """Return the charter's facts: from the file, or from the template; honest defaults with --open."""
    days = DefaultChange.objects.days(options["at"])
    if options["charter"]:
        facts = charter.read_yaml(Path(options["charter"]).read_text(encoding="utf-8"), days=days)
        if options["title"]:
            facts["title"] = options["title"]
    else:
        if not (options["template"] or options["title"]):
            raise CommandError(
                "Say what the process is about: give CHARTER.yaml, or --title (and --template).", returncode=2
            )
        facts = charter.template(
            options["template"] or charter.TEMPLATES[0], title=options["title"], days=days
        )
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
