"""`talanoa respond`: import themes and answers from a table; what an author makes of an answer."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from talanoa.contributions.actions.answering import acknowledge_response, dispute_response
from talanoa.contributions.commands import contribution_called
from talanoa.contributions.models import Answer
from talanoa.contributions.queries import told_answer
from talanoa.contributions.tables import import_answers
from talanoa.kernel.commands import Told
from talanoa.lib.processkeys import label
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.processes.models import Participant


class Command(ActingVerb):
    help = "Answer inputs from a table; say what one makes of an answer."
    verbs = ("import", "thanks", "dispute")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb != "import":
            parser.add_argument("number", help="of one's own contribution")
            if verb == "dispute":
                parser.add_argument("--text", required=True, help="how the answer misreads one")
            return
        parser.add_argument(
            "csv", type=Path, help="columns: numbers, theme, summary, status, response, change, where"
        )

    def act_import(self, options: dict[str, Any]) -> Told:
        """Publish the answers of a table; each line answers some numbers, as a theme where it names one."""
        process = process_called(options["key"])
        text = options["csv"].read_text(encoding="utf-8-sig")
        done = import_answers(process, text, by=acting(options, process), at=options["at"], channel="cli")
        data = {"responses": done.responses, "answered": done.answered, "waiting": done.waiting}
        parts = (
            ngettext("%(n)s answer published", "%(n)s answers published", done.responses)
            % {"n": done.responses},
            ngettext("to %(n)s input", "to %(n)s inputs", done.answered) % {"n": done.answered},
            ngettext("%(n)s still waits.", "%(n)s still wait.", done.waiting) % {"n": done.waiting},
        )
        return Told(data, (f"{parts[0]} {parts[1]}; {parts[2]}",))

    def act_thanks(self, options: dict[str, Any]) -> Told:
        """Say, as its author, that the answer to a contribution does it justice."""
        answer, by = _answered(options)
        return _told(acknowledge_response(answer, by=by, at=options["at"], channel="cli"))

    def act_dispute(self, options: dict[str, Any]) -> Told:
        """Say, as its author, how the answer to a contribution misreads it; in public, beside the answer."""
        answer, by = _answered(options)
        made = dispute_response(answer, by=by, text=options["text"], at=options["at"], channel="cli")
        return _told(made.answer)


def _answered(options: dict[str, Any]) -> tuple[Answer, Participant]:
    """Return the newest answer to a contribution and who acts. Raises RuleBroken: number_unknown, not_answered."""
    process = process_called(options["key"])
    found = contribution_called(process, options["number"])
    return told_answer(found), acting(options, process)


def _told(answer: Answer) -> Told:
    contribution = answer.contribution
    called = label(contribution.process.key, contribution.number)
    return Told(
        {"number": contribution.number, "reception": answer.reception}, (f"{called}: {answer.reception}",)
    )
