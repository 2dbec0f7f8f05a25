"""`talanoa roster`: join, leave, list; ask for somebody, see whom it fits, ask one, answer."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.roster.actions.answering import accept_assignment, decline_assignment
from talanoa.roster.actions.asking import Wanted, ask_expert, request_expert
from talanoa.roster.actions.joining import Offered, join_roster, leave_roster
from talanoa.roster.candidates import Candidate, candidates
from talanoa.roster.models import Expert, ExpertRequest
from talanoa.roster.permissions import organizer
from talanoa.roster.queries import Listed, asked_of, expert_called, on_roster, request_called, with_interests


class Command(ActingVerb):
    help = "The expert roster: join, leave, list; ask for somebody, match, answer."
    verbs = ("join", "leave", "list", "request", "match", "ask", "answer")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "join":
            parser.add_argument("kind", choices=Expert.Kind.values)
            parser.add_argument("--about", default="", help="a sentence about yourself")
            parser.add_argument("--topics", default="")
        if verb == "list":
            parser.add_argument("--language", default="", help="only who speaks it, such as sw")
            parser.add_argument("--kind", choices=ExpertRequest.Kind.values, default="")
        if verb == "request":
            parser.add_argument("process")
            parser.add_argument("kind", choices=ExpertRequest.Kind.values)
            parser.add_argument("--text", required=True, help="what for")
            parser.add_argument("--by", type=date.fromisoformat, required=True, help="a day: 2026-11-30")
        if verb in ("join", "request"):
            parser.add_argument("--languages", required=True, help="with commas between them: en,sw")
        if verb in ("match", "ask", "answer"):
            parser.add_argument("number", type=int, help="of the request")
        if verb == "ask":
            parser.add_argument("expert", type=int, help="the number on the roster")
        if verb == "answer":
            parser.add_argument("answer", choices=("accept", "decline"))
            parser.add_argument("--reason", default="")
            parser.add_argument("--public", action="store_true", help="everybody may read the reason")

    def act_join(self, options: dict[str, Any]) -> Told:
        """Join the roster, or change what stands there."""
        offered = Offered(options["kind"], _tags(options), options["topics"], options["about"])
        made = join_roster(by=acting_person(options), offered=offered, **_when(options))
        return Told(
            {"number": made.number, "kind": made.kind, "languages": made.languages},
            (f"{made.number}: {made.kind}, {made.tags}.",),
        )

    def act_leave(self, options: dict[str, Any]) -> Told:
        """Leave the roster."""
        made = leave_roster(by=acting_person(options), **_when(options))
        return Told({"number": made.number}, (f"{made.number}: off the roster.",))

    def act_list(self, options: dict[str, Any]) -> Told:
        """List who stands on the roster, with the date of their statement of interests."""
        rows = with_interests(on_roster(language=options["language"], kind=options["kind"]), options["at"])
        told = [_listed(row) for row in rows]
        lines = [
            f"{r['number']:>4} {r['kind']:<12} {','.join(r['languages']):<12} {r['interests']:<9} {r['name']}"
            for r in told
        ]
        return Told({"experts": told}, tuple(lines))

    def act_request(self, options: dict[str, Any]) -> Told:
        """Ask the roster for somebody, as convenor or secretariat."""
        process = process_called(options["process"])
        wanted = Wanted(options["kind"], _tags(options), options["text"], options["by"])
        made = request_expert(process, by=acting(options, process), wanted=wanted, **_when(options))
        return Told({"number": made.number}, (f"Request {made.number}: {made.kind}, {made.tags}.",))

    def act_match(self, options: dict[str, Any]) -> Told:
        """List whom a request could ask, best first, with what that rests on."""
        found = _called(options)
        if organizer(acting_person(options), found.process) is None:
            raise NotAllowed(_("This list is for the convenor and the secretariat of the process."))
        rows = [_candidate(row) for row in candidates(found, options["at"])]
        return Told({"request": found.number, "candidates": rows}, tuple(map(_line, rows)))

    def act_ask(self, options: dict[str, Any]) -> Told:
        """Ask one of those who fit; they are written to."""
        found, expert = _called(options), expert_called(options["expert"])
        if expert is None:
            raise RuleBroken(_("There is no such number on the roster."), code="expert_unlisted")
        made = ask_expert(found, expert, by=acting(options, found.process), **_when(options))
        until = f"{made.answer_by:%Y-%m-%dT%H:%MZ}"
        return Told(
            {"request": found.number, "assignment": made.number, "until": until},
            (f"{found.number}: {expert.name} is asked, until {until}.",),
        )

    def act_answer(self, options: dict[str, Any]) -> Told:
        """Accept or decline what one is asked for."""
        person = acting_person(options)
        found = asked_of(person, options["number"])
        if found is None:
            raise RuleBroken(_("Nobody asked you for that."), code="number_unknown")
        if options["answer"] == "accept":
            made = accept_assignment(found, by=person, **_when(options))
        else:
            said = {"reason": options["reason"], "is_public": options["public"]}
            made = decline_assignment(found, by=person, **said, **_when(options))
        number = options["number"]
        return Told({"request": number, "state": made.state}, (f"{number}: {made.state}.",))


def _when(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _tags(options: dict[str, Any]) -> tuple[str, ...]:
    return tuple(options["languages"].split(","))


def _called(options: dict[str, Any]) -> ExpertRequest:
    """Return the request with the number that was given. Raises RuleBroken: number_unknown."""
    found = request_called(options["number"])
    if found is None:
        raise RuleBroken(_("There is no request with this number."), code="number_unknown")
    return found


def _listed(row: Listed) -> dict[str, Any]:
    return {
        "number": row.expert.number,
        "name": row.expert.name,
        "kind": row.expert.kind,
        "languages": row.expert.languages,
        "topics": row.expert.topics,
        "time_zone": row.expert.person.time_zone,
        "interests": row.standing.value,
        "stated_at": f"{row.statement.stated_at:%Y-%m-%d}" if row.statement else "",
    }


def _candidate(row: Candidate) -> dict[str, Any]:
    return {
        "expert": row.expert.number,
        "name": row.expert.name,
        "languages": list(row.fit.languages),
        "words": list(row.fit.words),
        "hours": row.fit.hours,
        "load": row.fit.load,
        "barred": row.obstacle.rule if row.obstacle else "",
        "organization": ", ".join(row.obstacle.subjects) if row.obstacle else "",
    }


def _line(row: dict[str, Any]) -> str:
    why = f"{','.join(row['languages'])}; {','.join(row['words']) or '-'}; {row['hours']:g} h; {row['load']} in hand"
    barred = (
        f" [{row['barred']}{': ' if row['organization'] else ''}{row['organization']}]"
        if row["barred"]
        else ""
    )
    return f"{row['expert']:>4} {row['name']}: {why}{barred}"
