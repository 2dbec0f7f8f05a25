"""`talanoa overlap`: who works on the question of a process already: search, judge, write, answer, show."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.processes.actions.overlapping import (
    clear_overlap,
    contact_body,
    explain_overlap,
    judge_overlap,
    question_overlap,
    record_reply,
    search_overlaps,
)
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Process
from talanoa.registry.models import Action, Body, Clearance, Missed, Relation
from talanoa.registry.queries import missed_of, newest_search, standings

WITH_BODY, WITH_TEXT = ("judge", "write", "reply", "clear"), ("write", "reply", "missed", "explain")


class Command(ActingVerb):
    help = "Say who works on the question of a process already, and what follows."
    verbs = ("search", "judge", "write", "reply", "clear", "missed", "explain", "show")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb in WITH_BODY:
            parser.add_argument("body", help="the key of a body in the registry")
        if verb == "judge":
            parser.add_argument("relation", choices=Relation.values)
            parser.add_argument("action", choices=Action.values)
            parser.add_argument("--reason", required=True)
        if verb == "clear":
            parser.add_argument("ground", choices=Clearance.Ground.values)
            parser.add_argument("--reason", required=True)
        if verb == "explain":
            parser.add_argument("number", type=int)
        if verb in WITH_TEXT:
            parser.add_argument("--text", required=True)

    def act_search(self, options: dict[str, Any]) -> Told:
        """Search the registry with the words of the charter."""
        process = process_called(options["key"])
        search_overlaps(process, by=acting(options, process), at=options["at"])
        return _shown(process, options)

    def act_judge(self, options: dict[str, Any]) -> Told:
        """Say how the work of a body stands to the question, what follows, and why."""
        process = process_called(options["key"])
        told = {name: options[name] for name in ("relation", "action", "reason")}
        by, body = acting(options, process), _body(options)
        judge_overlap(process, body, by=by, at=options["at"], channel="cli", **told)
        return _shown(process, options)

    def act_write(self, options: dict[str, Any]) -> Told:
        """Write to a body; where it has only a page, keep what was written there."""
        process = process_called(options["key"])
        by, body = acting(options, process), _body(options)
        contact_body(process, body, by=by, text=options["text"], at=options["at"], channel="cli")
        return _shown(process, options)

    def act_reply(self, options: dict[str, Any]) -> Told:
        """Enter what a body answered on another way than by mail."""
        process, body = process_called(options["key"]), _body(options)
        rows = {row.body: row.liaison for row in standings(process.key, at=options["at"])}
        letter = rows.get(body)
        if letter is None:
            raise RuleBroken(_("Nobody has written to this body yet."), code="liaison_missing")
        by = acting(options, process)
        record_reply(letter, by=by, text=options["text"], at=options["at"], channel="cli")
        return _shown(process, options)

    def act_clear(self, options: dict[str, Any]) -> Told:
        """Let a process go on beside a body that does the same: with its consent, or by an override."""
        process = process_called(options["key"])
        told = {name: options[name] for name in ("ground", "reason")}
        by, body = acting(options, process), _body(options)
        clear_overlap(process, body, by=by, at=options["at"], channel="cli", **told)
        return _shown(process, options)

    def act_missed(self, options: dict[str, Any]) -> Told:
        """Say that the process missed somebody."""
        process = process_called(options["key"])
        by = enter(process, acting_person(options), at=options["at"])
        once = entropy(REAL, "missed on the command line").hex()
        question_overlap(
            process, by=by, text=options["text"], dedup_key=once, at=options["at"], channel="cli"
        )
        return _shown(process, options)

    def act_explain(self, options: dict[str, Any]) -> Told:
        """Answer who says that somebody was missed, in public."""
        process = process_called(options["key"])
        found = Missed.objects.filter(process_key=process.key, number=options["number"]).first()
        if found is None:
            raise RuleBroken(_("Nobody said so under this number."), code="number_unknown")
        by = acting(options, process)
        explain_overlap(found, by=by, text=options["text"], at=options["at"], channel="cli")
        return _shown(process, options)

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show who was found, how each stands, and who is said to be missed."""
        process = process_called(options["key"])
        if process.state == Process.State.DRAFT:
            acting(options, process)
        return _shown(process, options)


def _body(options: dict[str, Any]) -> Body:
    """Return the body that is named. Raises RuleBroken: entry_unknown."""
    found = Body.objects.filter(key=options["body"]).first()
    if found is None:
        told = _("There is no “%(name)s” in the registry.") % {"name": options["body"]}
        raise RuleBroken(told, code="entry_unknown")
    return found


def _shown(process: Process, options: dict[str, Any]) -> Told:
    at = options["at"]
    rows = [
        {
            "body": row.body.key,
            "score": row.score,
            "must_judge": row.must_judge,
            "relation": row.judgement.relation if row.judgement else "",
            "action": row.judgement.action if row.judgement else "",
            "lacks": row.lacks,
        }
        for row in standings(process.key, at=at)
    ]
    said = [
        {"number": row.number, "text": row.text, "answer": row.answer, "overdue": row.is_overdue(at)}
        for row in missed_of(process.key)
    ]
    lines = [
        f"{r['score']:.2f} {r['body']:<28} {r['relation'] or '-':<10} {r['lacks']}".rstrip() for r in rows
    ]
    lines += [f"{row['number']}: {row['text']} -> {row['answer'] or 'waits'}" for row in said]
    found = newest_search(process.key)
    own = [{"process": row["body"], "score": row["score"]} for row in (found.own if found else ())]
    lines += [f"{row['score']:.2f} here before: {row['process']}" for row in own]
    return Told({"key": process.key, "candidates": rows, "own": own, "missed": said}, tuple(lines))
