"""The public log of moderation as lines of a table, and where a contribution is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.conduct import REASON_LABELS
from talanoa.contributions.letters import role_name
from talanoa.contributions.models import Contribution
from talanoa.contributions.moderation import Waiting
from talanoa.contributions.moderation_log import Counts, LogLine
from talanoa.lib.processkeys import label
from talanoa.people.models import Group
from talanoa.processes.models import Process

PAGES = {
    "input": "inputs:show",
    "message": "discussions:numbered",
    "objection": "consensus:objection",
    "minority": "consensus:statement",
    "comment": "drafts:remark",
    "suggestion": "drafts:remark",
    "statement": "statements:show",
}
"""The page on which a contribution of each kind is shown, by process and number."""
ACT_LABELS = {
    "flag": _("Flagged"),
    "quarantine": _("Held for a short time"),
    "hold": _("Held"),
    "release": _("Released"),
    "reject": _("Rejected"),
    "appeal": _("Appealed"),
    "rule": _("Appeal decided"),
}
STANDING_LABELS = {
    "open": _("appeal open"),
    "overdue": _("appeal overdue"),
    "upheld": _("appealed: the decision stands"),
    "overturned": _("appealed: overturned"),
}
OUTCOME_LABELS = {"upheld": _("the decision stands"), "overturned": _("overturned")}


def page_of(key: str, number: int, kind: str) -> str:
    """Return the address of the page of a contribution."""
    return reverse(PAGES[kind], args=[key, number])


@dataclass(frozen=True, slots=True)
class LogRow:
    """One act in words; `url` leads to what it was about."""

    line: LogLine
    number: str
    url: str
    act: str
    reason: str
    role: str
    appeal: str


def log_rows(process: Process, lines: Iterable[LogLine]) -> list[LogRow]:
    """Return the lines in words; one query, whatever their number."""
    rows = list(lines)
    found = process.contributions.filter(number__in={line.number for line in rows}).select_related("process")
    pages = {row.number: page_of(process.key, row.number, row.kind) for row in found}
    return [
        LogRow(
            line=line,
            number=label(process.key, line.number),
            url=pages.get(line.number, ""),
            act=str(ACT_LABELS[line.act]),
            reason=str(REASON_LABELS.get(line.reason, line.reason) or OUTCOME_LABELS.get(line.outcome, "")),
            role=role_name(line.role),
            appeal=str(STANDING_LABELS.get(line.appeal, "")),
        )
        for line in rows
    ]


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One thing that waits at the desk: what, where, and the time that `note` speaks of."""

    told: str
    url: str
    note: str = ""
    at: datetime | None = None


def desk_rows(waiting: Waiting) -> list[DeskRow]:
    """Return what waits for a member of the desk, appeals first: they have a clock."""
    appeals = [(row.contribution, row.decide_by) for row in waiting.appeals if row.contribution]
    return [
        *(_desk_row(_("Decide an appeal"), row, _("at the latest on"), at, "#appeal") for row, at in appeals),
        *(_desk_row(_("Flagged"), row) for row in waiting.flagged),
        *(
            _desk_row(
                _("Held"),
                act.contribution,
                _("shown by itself on") if act.until else _("since"),
                act.until or act.at,
            )
            for act in waiting.held
        ),
    ]


def _desk_row(
    what: Any, row: Contribution, note: Any = "", at: datetime | None = None, place: str = ""
) -> DeskRow:
    url = reverse("contributions:moderate", args=[row.process.key, row.number])
    return DeskRow(f"{what}: {label(row.process.key, row.number)}", url + place, str(note), at)


@dataclass(frozen=True, slots=True)
class CountRow:
    """What was counted, by which act where it was counted by acts, and how often."""

    first: str
    act: str
    n: int


@dataclass(frozen=True, slots=True)
class CountRows:
    """The counts of a log in words."""

    by_role: list[CountRow]
    by_reason: list[CountRow]
    by_group: list[CountRow]


def count_rows(counts: Counts) -> CountRows:
    """Return the counts in words."""
    roles = [CountRow(role_name(role), str(ACT_LABELS[act]), n) for role, act, n in counts.by_role]
    reasons = [
        CountRow(str(REASON_LABELS.get(code, code)), str(ACT_LABELS[act]), n)
        for code, act, n in counts.by_reason
    ]
    groups = [CountRow(str(Group(group).label), "", n) for group, n in counts.by_group.items()]
    return CountRows(roles, reasons, groups)
