"""What is to be done next in a process, and by whom: the main button of the cockpit, the lines of my page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talanoa.consensus.models import Call, Objection
from talanoa.consensus.permissions import ENDERS
from talanoa.consensus.queries import minority_until, unanswered_objections, undeclared
from talanoa.contributions.models import Contribution, Dispute
from talanoa.contributions.queries import is_answered
from talanoa.drafts.permissions import WRITERS
from talanoa.kernel.instants import moment
from talanoa.processes.models import OFFICE, CharterVersion, FloorFinding, Participant, Process, Role, Stage

State = Process.State
RUNNING = (State.OPEN, State.REPORT_DRAFT, State.REVIEW_PERIOD)


@dataclass(frozen=True, slots=True)
class Step:
    """A step and the page on which it is taken."""

    text: str
    url: str


def next_step(process: Process, by: Participant, *, waiting: int, has_report: bool) -> Step:
    """Return the next step of `process` for a member of its desk; `waiting` inputs have no answer yet."""
    convenes = by.has_role(Role.CONVENOR)
    is_ended = process.state == State.REPORT_DRAFT
    works_on_inputs = waiting or not (has_report or is_ended)
    report = _("Seal the report") if convenes and has_report and is_ended else _("Write the report")
    writing = (
        (_("Work on the inputs"), "contributions:manager") if works_on_inputs else (report, "reports:write")
    )
    read = (_("Read the report"), "reports:show")
    follow_up = (_("Say what became of the decision"), "reports:follow-up")
    steps = {
        State.DRAFT: (_("Publish the charter") if convenes else _("Write the charter"), "processes:write"),
        State.CHARTER_REVIEW: (_("Read the charter"), "processes:charter"),
        State.OPEN: writing,
        State.REPORT_DRAFT: writing,
        State.REVIEW_PERIOD: (_("Answer the comments"), "contributions:manager") if waiting else read,
        State.FINAL: (_("Answer the recommendations"), "reports:decision") if convenes else read,
        State.DECIDED: follow_up if by.has_role(Role.CONVENOR, Role.SECRETARIAT) else read,
        State.FOLLOW_UP: (_("Close the process"), "processes:close") if convenes else read,
        State.CLOSED: read,
    }
    text, page = steps[State(process.state)]
    return Step(text, reverse(page, args=[process.key]))


def next_agreeing_step(process: Process, by: Participant, waits: "Agreeing", at: datetime) -> Step | None:
    """Return the next step about drafts and consensus calls, while there are such steps at `at` (aware, UTC)."""
    if not process.drafts_at(at):
        return None
    steps = agreeing_steps(by, waits)
    drafts = Step(_("Work on the drafts"), reverse("drafts:index", args=[process.key]))
    return steps[0] if steps else drafts


@dataclass(frozen=True, slots=True)
class Duty:
    """What waits for me in a process."""

    text: str
    url: str
    process: Process


def duties(members: list[Participant], at: datetime) -> list[Duty]:
    """Return what waits for somebody at `at` (aware, UTC), process by process, in the order in which it is done.

    `members` are their roles in processes, loaded with process and roles; eight queries, however many there are.
    """
    desks = {row.process_id: row for row in members if row.has_role(*OFFICE)}
    waiting, disputes, drafts = _waiting(desks), _disputes(desks), _unpublished(desks)
    missed = _missed(desks)
    together = agreeing({row.process_id for row in members}, at)
    found: list[Duty] = []
    for row in members:
        process, is_desk = row.process, row.process_id in desks
        convenes = row.has_role(Role.CONVENOR)
        if convenes and process.pk in drafts:
            found.append(_duty(_("Publish the charter"), "processes:write", process))
        if convenes and process.state == State.CHARTER_REVIEW:
            found.append(_duty(_("Open the process"), "processes:charter", process))
        if convenes and process.pk in missed:
            found.append(_duty(_("Say why the call closes without some"), "contributions:floors", process))
        n_waiting = waiting.get(process.pk, 0)
        if is_desk and n_waiting:
            told = ngettext("Answer %(n)s input", "Answer %(n)s inputs", n_waiting) % {"n": n_waiting}
            found.append(_duty(told, "contributions:manager", process, "?show=waiting"))
        n_disputes = disputes.get(process.pk, 0)
        if is_desk and n_disputes:
            told = ngettext("Reply to %(n)s dispute", "Reply to %(n)s disputes", n_disputes)
            found.append(_duty(told % {"n": n_disputes}, "contributions:manager", process, "#disputes"))
        found += [Duty(step.text, step.url, process) for step in agreeing_steps(row, together)]
        if (
            convenes
            and process.state == State.REPORT_DRAFT
            and not (n_waiting or process.pk in together.dissenting)
        ):
            found.append(_duty(_("Seal the report"), "reports:write", process))
        if row.has_role(Role.CONVENOR, Role.SPONSOR) and process.state == State.FINAL:
            found.append(_duty(_("Answer the recommendations"), "reports:decision", process))
    return found


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What waits in consensus calls, by process: objections without an answer, calls that are over, calls to be ended.

    `dissenting` are the processes in which minority statements are still taken.
    """

    unanswered: dict[int, list[Objection]]
    over: dict[int, list[Call]]
    endable: set[int]
    dissenting: set[int]


def agreeing(processes: Collection[int], at: datetime) -> Agreeing:
    """Return what waits in the consensus calls of `processes` at `at` (aware, UTC); four queries."""
    unanswered: dict[int, list[Objection]] = {}
    for objection in unanswered_objections(processes):
        unanswered.setdefault(objection.contribution.process_id, []).append(objection)
    over: dict[int, list[Call]] = {}
    running = undeclared(processes)
    for call in running.filter(closes_at__lte=at):
        over.setdefault(call.process_id, []).append(call)
    stages = Stage.objects.filter(kind=Stage.Kind.CONSENSUS, opened_at__lte=at, closed_at__isnull=True)
    stages = stages.filter(process__in=processes).exclude(process__in=running.order_by().values("process"))
    declared = Call.objects.filter(process__in=processes, process__state=State.REPORT_DRAFT)
    ends = ((minority_until(call), call) for call in declared.select_related("process"))
    return Agreeing(
        unanswered=unanswered,
        over=over,
        endable=set(stages.values_list("process", flat=True)),
        dissenting={call.process_id for end, call in ends if end and at < end},
    )


def agreeing_steps(by: Participant, waits: Agreeing) -> list[Step]:
    """Return what waits for `by` in the consensus calls of their process: to answer, to declare, to end them."""
    process, found = by.process, []
    if by.has_role(*WRITERS) and (unanswered := waits.unanswered.get(process.pk)):
        first = min(unanswered, key=lambda row: row.answer_by)
        n = len(unanswered)
        told = ngettext(
            "Answer %(n)s objection by %(day)s", "Answer %(n)s objections, the first by %(day)s", n
        )
        page = reverse("consensus:objection", args=[process.key, first.contribution.number])
        found.append(Step(told % {"n": n, "day": moment(first.answer_by)}, page))
    if by.has_role(Role.CHAIR):
        for call in waits.over.get(process.pk, []):
            told = _("Declare the outcome of call %(number)s") % {"number": call.number}
            found.append(Step(told, reverse("consensus:show", args=[process.key, call.number])))
    if by.has_role(*ENDERS) and process.pk in waits.endable:
        found.append(Step(_("End the consensus calls"), reverse("consensus:end", args=[process.key])))
    return found


def _duty(text: str, page: str, process: Process, more: str = "") -> Duty:
    return Duty(text, reverse(page, args=[process.key]) + more, process)


def _waiting(desks: dict[int, Participant]) -> dict[int, int]:
    """Return how many inputs wait for an answer in each process that takes answers now."""
    rows = Contribution.objects.filter(process__in=desks, process__state__in=RUNNING).counted()
    rows = rows.annotate(has_answer=is_answered()).filter(has_answer=False)
    return dict(rows.order_by().values_list("process").annotate(n=Count("pk")))


def _disputes(desks: dict[int, Participant]) -> dict[int, int]:
    rows = Dispute.objects.filter(answer__contribution__process__in=desks, replied_at__isnull=True)
    return dict(rows.order_by().values_list("answer__contribution__process").annotate(n=Count("pk")))


def _unpublished(desks: dict[int, Participant]) -> set[int]:
    """Return the processes whose newest charter is not public yet."""
    rows = CharterVersion.objects.filter(process__in=desks, published_at__isnull=True)
    return set(rows.values_list("process", flat=True))


def _missed(desks: dict[int, Participant]) -> set[int]:
    """Return the processes whose call is over, below a floor, and waits for the reason."""
    rows = FloorFinding.objects.filter(stage__process__in=desks, stage__closed_at=None, explained_at=None)
    # What was found before the call was extended says nothing about how it ends now.
    rows = rows.filter(found_at__gte=F("stage__closes_at")).exclude(gaps=[])
    return set(rows.values_list("stage__process", flat=True))
