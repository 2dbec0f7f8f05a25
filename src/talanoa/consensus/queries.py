"""Questions about consensus calls."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from talanoa.consensus.models import (
    Call,
    Challenge,
    Designation,
    Handling,
    MinorityStatement,
    Objection,
    PanelAppeal,
    PanelDraw,
)
from talanoa.documents.models import Paragraph
from talanoa.lib.decision_rules import Raised, Rule, named_rule
from talanoa.processes.models import Default, Process
from talanoa.processes.queries import published_charter


def rule_of(process: Process) -> Rule | None:
    """Return the version of the decision rule that the published charter names, if it names one."""
    charter = published_charter(process)
    return named_rule(charter.facts.get("rule", "")) if charter else None


def live_calls(process: Process, at: datetime) -> list[Call]:
    """Return the calls in which positions can be taken at `at` (aware, UTC), by number."""
    rows = process.calls.filter(declared_at__isnull=True, opened_at__lte=at, closes_at__gt=at)
    return [call for call in rows.select_related("revision", "draft__document") if not call.is_stale()]


def undeclared_calls(process: Process) -> list[Call]:
    """Return the calls whose outcome is not declared, and whose text has not changed since, by number."""
    rows = process.calls.filter(declared_at__isnull=True).select_related("revision")
    return [call for call in rows if not call.is_stale()]


def calls_on_text(call: Call) -> QuerySet[Call]:
    """Return the earlier calls of the process about the very same text, which were declared and not annulled.

    One of which a designation was annulled asks in vain: the same text may be called again.
    """
    rows = Call.objects.filter(process=call.process_id, declared_at__isnull=False)
    rows = rows.exclude(designations__annulled_at__isnull=False)
    return rows.filter(draft=call.draft_id, revision__text=call.revision.text).exclude(pk=call.pk)


def register_of(call: Call) -> QuerySet[Objection]:
    """Return the objections that a call has to deal with, by number.

    They are its own, and those of earlier calls about the same draft whose text changed before anything was declared:
    nobody loses an objection because the text was touched.
    """
    before = Q(call__draft=call.draft_id, call__declared_at__isnull=True, call__number__lt=call.number)
    rows = Objection.objects.filter(Q(call=call) | before)
    return rows.select_related("contribution__process", "contribution__authorship").order_by(
        "contribution__number"
    )


def raised_in(call: Call) -> list[Raised]:
    """Return the objections of a call as the closing tests of its rule see them.

    One to a recommendation that the text has no longer is about the whole text.
    """
    rows = (row.as_raised() for row in register_of(call))
    return [
        row if row.recommendation in call.recommendations else replace(row, recommendation=0) for row in rows
    ]


def recommendation_texts(call: Call) -> dict[int, Paragraph]:
    """Return the numbered recommendations of the revision that a call is about."""
    return {row.number: row for row in call.revision.paragraphs.filter(kind="recommendation")}


def designations_in_force(process: Process) -> list[Designation]:
    """Return the designations that nobody annulled and whose text has not changed since, by call and number.

    Where the same text was called again, what the later call found on a recommendation takes the place of the earlier.
    """
    rows = Designation.objects.standing().filter(call__process=process).select_related("call__revision")
    standing = [row for row in rows.order_by("call__number", "recommendation") if not row.call.is_stale()]
    newest = {(row.call.draft_id, row.recommendation): row for row in standing}
    return [row for row in standing if newest[row.call.draft_id, row.recommendation] is row]


def contested(process: Process) -> list[Challenge | PanelAppeal]:
    """Return the challenges without an answer and the appeals without a decision: while there is one, nothing ends."""
    challenges = Challenge.objects.unanswered().filter(process=process)
    appeals = PanelAppeal.objects.waiting().filter(process=process)
    return [
        *challenges.select_related("process", "designation__call"),
        *appeals.select_related("process", "call", "appeal"),
    ]


def minority_statements(process: Process) -> QuerySet[MinorityStatement]:
    """Return the minority statements of a process that everybody may read, by number."""
    rows = MinorityStatement.objects.visible_to(None).filter(call__process=process)
    return rows.select_related("call", "contribution__authorship", "contribution__process")


def handlings_of(objection: Objection) -> Sequence[Handling]:
    """Return what was done about an objection, oldest first."""
    return list(objection.handlings.select_related("revision").order_by("at", "pk"))


def minority_until(call: Call) -> datetime | None:
    """Return until when (aware, UTC) minority statements are taken; None before anything was declared."""
    if call.declared_at is None:
        return None
    return call.declared_at + timedelta(days=call.process.defaults[Default.MINORITY])


def newest_draw(appeal: PanelAppeal) -> PanelDraw | None:
    """Return the newest draw of the panel of an appeal, announced or drawn, if there is one."""
    return appeal.draws.order_by("number").last()
