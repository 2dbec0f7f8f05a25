"""`talanoa call`: ask, say where one stands, object, answer, weigh, estimate, find, dissent."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.consensus.actions.calling import open_call, publish_estimate
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.dissenting import state_minority
from talanoa.consensus.actions.evidencing import attach_evidence
from talanoa.consensus.actions.handling import (
    accommodate_objection,
    answer_objection,
    find_on_objection,
    maintain_objection,
)
from talanoa.consensus.actions.positions import Reasons, raise_objection, take_position
from talanoa.consensus.models import Call, Handling, Objection, Option
from talanoa.consensus.queries import register_of
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.contributions.receipts import receipt_text
from talanoa.drafts.models import Draft
from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.decision_rules import FINDINGS
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Participant, Process
from talanoa.statements.queries import round_called

Argument = tuple[str, dict[str, Any]]
CALL: Argument = ("number", {"type": int, "help": "of the call"})
OBJECTION: Argument = ("number", {"type": int, "help": "of the objection"})
ABOUT: Argument = ("--recommendation", {"type": int, "default": 0, "help": "left out: the whole text"})
TEXT: Argument = ("--text", {"required": True})
POSITIONS = [option for option in Option.values if option != Option.OBJECTION]
ARGUMENTS: dict[str, tuple[Argument, ...]] = {
    "open": (
        ("draft", {"type": int, "help": "the number of the draft"}),
        ("--question", {"required": True}),
        ("--days", {"type": int, "default": 0}),
        ("--because", {"default": "", "help": "what is new, where the text was called before"}),
    ),
    "list": (),
    "show": (CALL,),
    "position": (CALL, ("option", {"choices": POSITIONS}), ABOUT, ("--reason", {"default": ""})),
    "object": (
        CALL,
        ABOUT,
        TEXT,
        ("--about", {"choices": Objection.Kind.values, "required": True}),
        ("--resolves", {"required": True, "help": "what would resolve it"}),
    ),
    "minority": (CALL, ABOUT, TEXT),
    "answer": (OBJECTION, TEXT, ("--revision", {"type": int, "default": 0, "help": "that accommodates it"})),
    "stands": (OBJECTION, TEXT),
    "weigh": (OBJECTION, ("finding", {"choices": FINDINGS}), TEXT, ("--alternatives", {"default": ""})),
    "estimate": (CALL, TEXT, ("--level", {"action": "append", "default": [], "metavar": "N:LEVEL"})),
    "evidence": (CALL, ("round", {"type": int, "help": "of statements, closed"})),
    "designate": (
        CALL,
        ("file", {"type": Path, "help": 'JSON: {"1": {"level": "...", "reasons": "..."}}'}),
        ("--text", {"default": "", "help": "the declaration; left out: what the register tells"}),
    ),
}


class Command(ActingVerb):
    help = "Consensus calls: ask about a draft, say where one stands, object, answer, find."
    verbs = tuple(ARGUMENTS)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key", help="of the process")
        for name, how in ARGUMENTS[verb]:
            parser.add_argument(name, **how)

    def act_open(self, options: dict[str, Any]) -> Told:
        """Ask everybody about the newest revision of a draft."""
        process = process_called(options["key"])
        call = open_call(
            _draft(process, options["draft"]),
            by=acting(options, process),
            question=options["question"],
            days=options["days"],
            because=options["because"],
            **_when(options),
        )
        return Told(
            _call(call), (f"{process.key} call {call.number}, until {call.closes_at:%Y-%m-%dT%H:%MZ}",)
        )

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the calls of a process."""
        rows = process_called(options["key"]).calls.select_related("revision", "draft__document", "process")
        listed = [_call(call) for call in rows]
        return Told(
            {"calls": listed}, tuple(f"{row['number']}  {row['closes_at']}  {row['title']}" for row in listed)
        )

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show a call with the register of its objections and what was found."""
        call = _numbered(process_called(options["key"]), options["number"])
        rows = [
            {
                "number": row.contribution.number,
                "recommendation": row.recommendation,
                "about": row.kind,
                "state": row.standing,
            }
            for row in register_of(call)
        ]
        found = {row.recommendation: row.level for row in call.designations.standing()}
        data = _call(call) | {"objections": rows, "found": found, "declaration": call.declaration}
        lines = [f"{row['number']}  {row['state']}  {row['about']}  {row['recommendation']}" for row in rows]
        return Told(data, (call.question, *lines, *(f"{n}: {level}" for n, level in found.items())))

    def act_position(self, options: dict[str, Any]) -> Told:
        """Say where one stands."""
        call, by = self._entered(options)
        made = take_position(
            call,
            by=by,
            option=options["option"],
            reason=options["reason"],
            recommendation=options["recommendation"],
            assurance=Assurance.PROVEN,
            **_when(options),
        )
        return Told({"call": call.number, "option": made.option}, (str(made.get_option_display()),))

    def act_object(self, options: dict[str, Any]) -> Told:
        """Object, with a reason and what would resolve it."""
        call, by = self._entered(options)
        made = raise_objection(
            call,
            by=by,
            author=author_of(by.person, assurance=Assurance.PROVEN, group=by.group),
            reasons=Reasons(options["about"], options["text"], options["resolves"]),
            recommendation=options["recommendation"],
            dedup_key=entropy(REAL, "said on the command line").hex(),
            **_when(options),
        )
        receipt = receipt_text(made.contribution)
        return Told({"number": made.contribution.number, "receipt": receipt}, (receipt,))

    def act_minority(self, options: dict[str, Any]) -> Told:
        """Send a minority statement."""
        call, by = self._entered(options)
        made = state_minority(
            call,
            by=by,
            author=author_of(by.person, assurance=Assurance.PROVEN, group=by.group),
            text=options["text"],
            recommendation=options["recommendation"],
            dedup_key=entropy(REAL, "said on the command line").hex(),
            **_when(options),
        )
        receipt = receipt_text(made.contribution)
        return Told({"number": made.contribution.number, "receipt": receipt}, (receipt,))

    def act_answer(self, options: dict[str, Any]) -> Told:
        """Answer an objection, or say which later revision accommodates it."""
        process = process_called(options["key"])
        found, by = _objection(process, options["number"]), acting(options, process)
        text, wanted = options["text"], options["revision"]
        if not wanted:
            return _handled(answer_objection(found, by=by, text=text, **_when(options)))
        revision = found.call.draft.document.revisions.filter(number=wanted).first() or found.call.revision
        return _handled(accommodate_objection(found, by=by, revision=revision, text=text, **_when(options)))

    def act_stands(self, options: dict[str, Any]) -> Told:
        """Say, as who objected, that the answer will not do."""
        process = process_called(options["key"])
        found, by = _objection(process, options["number"]), acting(options, process)
        return _handled(maintain_objection(found, by=by, text=options["text"], **_when(options)))

    def act_weigh(self, options: dict[str, Any]) -> Told:
        """Find, as the chair, what an objection weighs."""
        process = process_called(options["key"])
        made = find_on_objection(
            _objection(process, options["number"]),
            by=acting(options, process),
            finding=options["finding"],
            text=options["text"],
            alternatives=options["alternatives"],
            **_when(options),
        )
        return _handled(made)

    def act_estimate(self, options: dict[str, Any]) -> Told:
        """Publish an estimate."""
        process = process_called(options["key"])
        levels = {int(n): level for n, _colon, level in (one.partition(":") for one in options["level"])}
        made = publish_estimate(
            _numbered(process, options["number"]),
            by=acting(options, process),
            levels=levels,
            text=options["text"],
            **_when(options),
        )
        return Told({"round": made.round, "levels": made.levels}, (f"{made.round}",))

    def act_evidence(self, options: dict[str, Any]) -> Told:
        """Lay the result of a closed round of statements beside a call."""
        process = process_called(options["key"])
        made = round_called(process, options["round"]) if options["round"] else None
        if made is None:
            raise RuleBroken(_("No such round of statements is closed."), code="round_unknown")
        call = _numbered(process, options["number"])
        attached = attach_evidence(call, by=acting(options, process), made=made, **_when(options))
        data = {"call": call.number, "round": made.number, "sha256": attached.result_sha256}
        return Told(data, (attached.result_sha256,))

    def act_designate(self, options: dict[str, Any]) -> Told:
        """Find how far each recommendation is agreed, and declare the outcome."""
        process = process_called(options["key"])
        said: Mapping[str, Mapping[str, str]] = json.loads(options["file"].read_text(encoding="utf-8"))
        found = {int(n): Found(row["level"], row["reasons"]) for n, row in said.items()}
        call = designate(
            _numbered(process, options["number"]),
            by=acting(options, process),
            found=found,
            text=options["text"],
            **_when(options),
        )
        return Told(_call(call) | {"declaration": call.declaration}, (call.declaration,))

    def _entered(self, options: dict[str, Any]) -> tuple[Call, Participant]:
        """Return the call, and who acts as somebody in the room."""
        process = process_called(options["key"])
        by = enter(process, acting_person(options), at=options["at"])
        return _numbered(process, options["number"]), by


def _when(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _draft(process: Process, number: int) -> Draft:
    found = process.drafts.filter(number=number).first()
    if found is None:
        raise RuleBroken(f"There is no draft {number} in {process.key}.", code="number_unknown")
    return found


def _numbered(process: Process, number: int) -> Call:
    rows = process.calls.select_related("process", "revision", "draft__document")
    found = rows.filter(number=number).first()
    if found is None:
        raise RuleBroken(f"There is no call {number} in {process.key}.", code="number_unknown")
    return found


def _objection(process: Process, number: int) -> Objection:
    rows = Objection.objects.select_related("call__draft__document", "call__revision", "contribution")
    found = rows.filter(contribution__process=process, contribution__number=number).first()
    if found is None:
        raise RuleBroken(f"There is no objection {number} in {process.key}.", code="number_unknown")
    return found


def _call(call: Call) -> dict[str, Any]:
    return {
        "number": call.number,
        "title": call.draft.document.title,
        "draft": call.draft.number,
        "revision": call.revision.number,
        "sha256": call.revision.sha256,
        "rule": call.rule,
        "question": call.question,
        "closes_at": f"{call.closes_at:%Y-%m-%dT%H:%M:%SZ}",
        "declared_at": f"{call.declared_at:%Y-%m-%dT%H:%M:%SZ}" if call.declared_at else None,
        "stale": call.is_stale(),
    }


def _handled(made: Handling) -> Told:
    number = made.objection.contribution.number
    return Told({"number": number, "state": made.state}, (f"{number}: {made.get_state_display()}",))
