"""`talanoa issue`: bring an issue, list them, answer, reply, erase."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.desk.actions.answering import Said, answer_issue, hear_body, reconsider_issue, reply_to_answer
from talanoa.desk.actions.bringing import receive_issue
from talanoa.desk.actions.erasing import erase_issue
from talanoa.desk.models import Answer, Issue
from talanoa.desk.queries import issue_called
from talanoa.kernel.commands import Told
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.processes.commands import ActingVerb, acting_person


class Command(ActingVerb):
    help = "The issue desk: bring an issue, list them, answer."
    verbs = ("bring", "list", "answer", "reconsider", "reply", "heard", "erase")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "bring":
            parser.add_argument("--title", default="")
            parser.add_argument("--show", choices=Contribution.Publication.values, default="named")
        elif verb != "list":
            parser.add_argument("number", type=int)
        if verb in ("answer", "reconsider"):
            parser.add_argument("outcome", choices=Answer.Outcome.values)
            parser.add_argument("--process", default="", help="the key of the process, to convene")
            parser.add_argument("--body", default="", help="the key of the body, to refer")
        if verb == "erase":
            parser.add_argument("--ground", choices=ERASURE_GROUNDS, required=True)
        elif verb != "list":
            parser.add_argument("--text", required=True)

    def act_bring(self, options: dict[str, Any]) -> Told:
        """Bring an issue to the desk."""
        made = receive_issue(
            by=author_of(acting_person(options), assurance=Assurance.PROVEN),
            title=options["title"],
            text=options["text"],
            publication=options["show"],
            dedup_key=entropy(REAL, "issue on the command line").hex(),
            at=options["at"],
            channel="cli",
        )
        due = made.due
        return Told(
            {"number": made.number, "due": due},
            (f"Received: issue {made.number}, to be answered until {due}.",),
        )

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the issues, those that wait for an answer first."""
        shown = Issue.objects.visible_to(acting_person(options)).prefetch_related("answers")
        rows = [_row(issue, options["at"]) for issue in shown.order_by("number")]
        rows.sort(key=lambda row: (row["outcome"] != "", row["due"]))
        lines = [f"{r['number']:>4} {_state(r):<10} {r['due']} {r['title']}" for r in rows]
        return Told({"issues": rows}, tuple(lines))

    def act_answer(self, options: dict[str, Any]) -> Told:
        """Answer an issue, in public."""
        return _told(answer_issue(_called(options), **_answering(options)))

    def act_reconsider(self, options: dict[str, Any]) -> Told:
        """Answer an issue once more; the new answer counts."""
        return _told(reconsider_issue(_called(options), **_answering(options)))

    def act_reply(self, options: dict[str, Any]) -> Told:
        """Reply to the answer of an issue that one brought."""
        made = reply_to_answer(
            _called(options), by=acting_person(options), text=options["text"], at=options["at"], channel="cli"
        )
        number = made.answer.issue.number
        return Told({"number": number}, (f"{number}: the reply stands beside the answer.",))

    def act_heard(self, options: dict[str, Any]) -> Told:
        """Enter what the body wrote back that an issue is referred to."""
        newest = _called(options).check_answered()
        referral = getattr(newest, "referral", None)
        if referral is None:
            raise RuleBroken(_("This issue is referred to no body."), code="body_missing")
        hear_body(referral, by=acting_person(options), text=options["text"], at=options["at"], channel="cli")
        number = options["number"]
        return Told({"number": number}, (f"{number}: what the body wrote stands on its page.",))

    def act_erase(self, options: dict[str, Any]) -> Told:
        """Erase the content of an issue."""
        made = erase_issue(
            _called(options),
            by=acting_person(options),
            ground=options["ground"],
            at=options["at"],
            channel="cli",
        )
        return Told({"number": made.number, "state": made.state}, (f"{made.number}: erased.",))


def _called(options: dict[str, Any]) -> Issue:
    """Return the issue with the number that was given. Raises RuleBroken: number_unknown."""
    found = issue_called(options["number"])
    if found is None:
        raise RuleBroken(_("There is no issue with this number."), code="number_unknown")
    return found


def _answering(options: dict[str, Any]) -> dict[str, Any]:
    names = {"outcome": options["outcome"], "process": options["process"], "body": options["body"]}
    said = Said(reason=options["text"], **names)
    return {"by": acting_person(options), "said": said, "at": options["at"], "channel": "cli"}


def _told(answer: Answer) -> Told:
    number = answer.issue.number
    return Told(
        {"number": number, "answer": answer.number, "outcome": answer.outcome},
        (f"{number}: {answer.outcome}.",),
    )


def _row(issue: Issue, at: Any) -> dict[str, Any]:
    newest = issue.newest_answer
    return {
        "number": issue.number,
        "title": issue.title,
        "state": issue.state,
        "due": issue.due,
        "overdue": issue.is_overdue(at),
        "outcome": newest.outcome if newest else "",
    }


def _state(row: dict[str, Any]) -> str:
    waits = "overdue" if row["overdue"] else "waits"
    return str(row["outcome"] or (waits if row["state"] == "open" else row["state"]))
