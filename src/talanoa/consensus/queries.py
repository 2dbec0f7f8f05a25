"""Questions about consensus calls."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

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
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.lib.decision_rules import Raised, Rule, named_rule
from talanoa.lib.processkeys import label
from talanoa.processes.models import Default, Process
from talanoa.processes.queries import comments_until, published_charter


def rule_of(process: Process) -> Rule | None:
    """Return the version of the decision rule that the published charter names, if it names one."""
    charter = published_charter(process)
    return named_rule(charter.facts.get("rule", "")) if charter else None


def live_calls(process: Process, at: datetime) -> list[Call]:
    """Return the calls in which positions can be taken at `at` (aware, UTC), by number."""
    rows = process.calls.filter(declared_at__isnull=True, opened_at__lte=at, closes_at__gt=at)
    return [call for call in rows.select_related("revision", "draft__document") if not call.is_stale()]


def undeclared(processes: Iterable[int]) -> QuerySet[Call]:
    """Return the calls in `processes` without a declared outcome, whose text has not changed since, by number."""
    newest = Revision.objects.filter(document=OuterRef("revision__document")).order_by("-number")
    rows = Call.objects.filter(process__in=processes, declared_at__isnull=True)
    return rows.filter(revision=Subquery(newest.values("pk")[:1])).order_by("process", "number")


def undeclared_calls(process: Process) -> list[Call]:
    """Return the calls whose outcome is not declared, and whose text has not changed since, by number."""
    return list(undeclared([process.pk]).select_related("revision"))


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
    """Return the designations that hold, by draft and number, each with its call, revision and draft; one query.

    They are of the last call about their draft that was declared, nobody annulled them, and the text has not changed
    since.
    """
    declared = Call.objects.filter(draft=OuterRef("call__draft"), declared_at__isnull=False)
    newest = Revision.objects.filter(document=OuterRef("call__revision__document")).order_by("-number")
    rows = Designation.objects.standing().filter(
        call__process=process,
        call=Subquery(declared.order_by("-number").values("pk")[:1]),
        call__revision=Subquery(newest.values("pk")[:1]),
    )
    return list(
        rows.select_related("call__process", "call__revision", "call__draft__document").order_by(
            "call__draft__number", "recommendation"
        )
    )


def uncalled_drafts(process: Process) -> list[Draft]:
    """Return the drafts whose newest revision has no declared outcome, by number; one that was annulled is none."""
    newest = Revision.objects.filter(document=OuterRef("document")).order_by("-number")
    declared = Call.objects.filter(declared_at__isnull=False, revision=OuterRef("newest"))
    declared = declared.exclude(designations__annulled_at__isnull=False)
    rows = process.drafts.annotate(newest=Subquery(newest.values("pk")[:1])).filter(~Exists(declared))
    return list(rows.select_related("document").order_by("number"))


def unanswered_objections(processes: Iterable[int]) -> list[Objection]:
    """Return the objections in `processes`, in calls without an outcome, that nobody answered, by number."""
    rows = Objection.objects.filter(call__process__in=processes, call__declared_at__isnull=True)
    rows = rows.filter(state=Objection.State.OPEN).select_related("contribution__process")
    return [row for row in rows.order_by("contribution__number") if row.standing == Objection.State.OPEN]


def contested(process: Process) -> list[str]:
    """Return what of the outcomes is challenged or appealed and not decided yet, as readers call it."""
    challenges = _("challenge %(number)s")
    appeals = _("appeal %(number)s")
    return [
        *(challenges % {"number": row.number} for row in open_challenges(process)),
        *(appeals % {"number": row.number} for row in open_appeals(process)),
    ]


def open_challenges(process: Process) -> list[Challenge]:
    """Return the challenges that wait for their answer, by number."""
    rows = Challenge.objects.unanswered().filter(process=process).order_by("number")
    return list(rows.select_related("process", "designation__call__draft__document"))


def open_appeals(process: Process) -> list[PanelAppeal]:
    """Return the appeals to a panel that are neither decided nor refused, by number."""
    rows = PanelAppeal.objects.waiting().filter(process=process).order_by("number")
    return list(rows.select_related("process", "call__draft__document", "appeal__entry"))


def minority_statements(process: Process) -> QuerySet[MinorityStatement]:
    """Return the minority statements of a process that everybody may read, by number."""
    rows = MinorityStatement.objects.visible_to(None).filter(call__process=process)
    return rows.select_related("call__draft__document", "contribution__authorship", "contribution__process")


def handlings_of(objection: Objection) -> Sequence[Handling]:
    """Return what was done about an objection, oldest first."""
    rows = objection.handlings.select_related("revision").prefetch_related("appeals")
    return list(rows.order_by("at", "pk"))


def minority_until(call: Call) -> datetime | None:
    """Return until when (aware, UTC) minority statements are taken; None before anything was declared."""
    if call.declared_at is None:
        return None
    return call.declared_at + timedelta(days=call.process.defaults[Default.MINORITY])


def dissented_calls(process: Process, at: datetime) -> list[Call]:
    """Return the calls about which minority statements are taken at `at` (aware, UTC), the first to end first."""
    rows = process.calls.filter(declared_at__isnull=False).select_related("process", "draft__document")
    ends = [(end, call) for call in rows.order_by("declared_at") if (end := minority_until(call))]
    return [call for end, call in ends if at < end]


def minority_closes_at(process: Process) -> datetime | None:
    """Return when (aware, UTC) the last time for minority statements ends; None where nothing was declared."""
    ends = (minority_until(call) for call in process.calls.select_related("process"))
    return max((end for end in ends if end), default=None)


def check_endable(process: Process, at: datetime) -> None:
    """Refuse to leave behind what is not settled at `at` (aware, UTC).

    Raises RuleBroken: comments_running, call_running, objection_unanswered, outcome_contested.
    """
    until = comments_until(process)
    if until is not None and at < until:
        raise RuleBroken(
            _("Drafts are open for comments until %(day)s.") % {"day": moment(until)}, code="comments_running"
        )
    if running := undeclared_calls(process):
        raise RuleBroken(
            _("The outcome of call %(number)s is not declared yet.") % {"number": running[0].number},
            code="call_running",
            subjects=[str(call.number) for call in running],
        )
    if waiting := unanswered_objections([process.pk]):
        numbers = [label(process.key, row.contribution.number) for row in waiting]
        raise RuleBroken(
            _("These objections have no answer yet: %(numbers)s.") % {"numbers": ", ".join(numbers)},
            code="objection_unanswered",
            subjects=numbers,
        )
    check_uncontested(process)


def check_uncontested(process: Process) -> None:
    """Refuse to build on an outcome that is challenged or appealed. Raises RuleBroken: outcome_contested."""
    if open_still := contested(process):
        raise RuleBroken(
            _("What was found is contested, and not decided yet: %(names)s.")
            % {"names": ", ".join(open_still)},
            code="outcome_contested",
            subjects=open_still,
        )


def challenge_until(call: Call) -> datetime | None:
    """Return until when (aware, UTC) what a call found can be challenged; None before anything was declared."""
    if call.declared_at is None:
        return None
    return call.declared_at + timedelta(days=call.process.defaults[Default.CHALLENGE])


def due_at(appeal: PanelAppeal) -> datetime:
    """Return when (aware, UTC) an appeal is due: while a panel sits, its time counts."""
    draw = max(appeal.draws.all(), key=lambda one: one.number, default=None)
    return draw.speak_by if draw and draw.speak_by else appeal.appeal.decide_by


def newest_draw(appeal: PanelAppeal) -> PanelDraw | None:
    """Return the newest draw of the panel of an appeal, announced or drawn, if there is one."""
    return appeal.draws.order_by("number").last()
