"""`talanoa moderate`: flag, hold, release, reject, appeal, rule on an appeal; list what was done."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.moderating import (
    flag_contribution,
    hold_contribution,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.commands import contribution_called
from talanoa.contributions.conduct import REASONS
from talanoa.contributions.models import Appeal, Contribution
from talanoa.contributions.moderation_log import log_lines
from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import label
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.processes.models import Participant

WITH_REASON, WITH_TEXT = ("flag", "hold", "reject"), ("flag", "reject", "appeal", "rule")


class Command(ActingVerb):
    help = "Moderate in the open: every act has a reason and stands on the record."
    verbs = ("flag", "hold", "release", "reject", "appeal", "rule", "log")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "log":
            return
        parser.add_argument("number")
        if verb in WITH_REASON:
            parser.add_argument(
                "--reason", required=True, metavar="CODE", help=", ".join(r.code for r in REASONS)
            )
        if verb in WITH_TEXT:
            parser.add_argument("--text", required=True, help="why, in words")
        if verb == "rule":
            parser.add_argument(
                "--outcome", required=True, metavar="CODE", help=", ".join(Appeal.Outcome.values)
            )

    def act_flag(self, options: dict[str, Any]) -> Told:
        """Say that something breaks the code of conduct; who said it is told to nobody."""
        found, by = _about(options)
        flag_contribution(found, by=by, reason=options["reason"], text=options["text"], **_how(options))
        return _told(found)

    def act_hold(self, options: dict[str, Any]) -> Told:
        """Keep something from the public until it is released or rejected."""
        found, by = _about(options)
        return _told(hold_contribution(found, by=by, reason=options["reason"], **_how(options)))

    def act_release(self, options: dict[str, Any]) -> Told:
        """Show it, or let stand what was flagged."""
        found, by = _about(options)
        return _told(release_contribution(found, by=by, **_how(options)))

    def act_reject(self, options: dict[str, Any]) -> Told:
        """Show it no more; the text tells its author why."""
        found, by = _about(options)
        told = {"reason": options["reason"], "text": options["text"]}
        return _told(reject_contribution(found, by=by, **told, **_how(options)))

    def act_appeal(self, options: dict[str, Any]) -> Told:
        """Ask, as its author, that another person look again."""
        found, by = _about(options)
        made = raise_appeal(found, by=by, text=options["text"], **_how(options))
        return _told(found, decide_by=f"{made.decide_by:%Y-%m-%dT%H:%M:%SZ}")

    def act_rule(self, options: dict[str, Any]) -> Told:
        """Decide the appeal that waits, with reasons."""
        found, by = _about(options)
        waiting = found.appeals.filter(decided_at__isnull=True).first()
        if waiting is None:
            raise RuleBroken(_("No appeal about this number waits for its decision."), code="appeal_missing")
        rule_on_appeal(waiting, by=by, outcome=options["outcome"], reasons=options["text"], **_how(options))
        found.refresh_from_db()
        return _told(found, outcome=options["outcome"])

    def act_log(self, options: dict[str, Any]) -> Told:
        """List every act of moderation in a process, as everybody may read it."""
        process = process_called(options["key"])
        names = ("hour", "act", "number", "reason", "role", "outcome", "appeal", "entry")
        rows = [{name: getattr(row, name) for name in names} for row in log_lines(process, at=options["at"])]
        lines = [
            f"{row['hour']}  {label(process.key, row['number']):<12} {row['act']:<10} "
            f"{row['reason'] or row['outcome']:<14} {row['role']:<12} {row['appeal']}".rstrip()
            for row in rows
        ]
        return Told({"acts": rows}, tuple(lines))


def _about(options: dict[str, Any]) -> tuple[Contribution, Participant]:
    """Return the contribution with this number and who acts. Raises NotAllowed; RuleBroken: number_unknown."""
    process = process_called(options["key"])
    return contribution_called(process, options["number"]), acting(options, process)


def _how(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _told(found: Contribution, **more: str) -> Told:
    called = label(found.process.key, found.number)
    data = {"number": found.number, "state": found.state, "reason": found.reason, **more}
    return Told(data, (f"{called}: {found.get_state_display()}.",))
