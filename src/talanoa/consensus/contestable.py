"""What can be appealed in a consensus call: acts on the record, each by its entry, with the time for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from talanoa.consensus.events import CallDeclared, CallOpened, EstimatePublished
from talanoa.consensus.models import (
    About,
    Call,
    Challenge,
    Designation,
    Handling,
    Objection,
    PanelAppeal,
)
from talanoa.contributions.models import Appeal
from talanoa.drafts.events import DraftRevised
from talanoa.lib.decision_rules import FINDINGS
from talanoa.processes.models import Default
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

PROCEDURES = (CallOpened.kind, EstimatePublished.kind, CallDeclared.kind)


@dataclass(frozen=True, slots=True)
class Contestable:
    """An act that can be appealed, and the row that came of it; `since` (aware, UTC) is when the time began."""

    about: About
    entry: Entry
    call: Call
    since: datetime
    designation: Designation | None = None
    handling: Handling | None = None
    challenge: Challenge | None = None
    refused: PanelAppeal | None = None

    @property
    def until(self) -> datetime:
        """The end (aware, UTC) of the time for an appeal."""
        return self.since + timedelta(days=self.call.process.defaults[Default.APPEAL])


def acts_in(call: Call, at: datetime) -> list[Contestable]:
    """Return every act of a call that could be appealed at `at` (aware, UTC), whatever the time for it.

    What was annulled, or what a later finding took the place of, cannot be.
    """
    return [
        *_designations(call),
        *_findings(call),
        *_challenges(call, at),
        *_refusals(call),
        *_procedures(call),
    ]


def open_acts(call: Call, at: datetime) -> list[Contestable]:
    """Return the acts of a call that nobody appealed yet and whose time for it runs at `at` (aware, UTC)."""
    found = [act for act in acts_in(call, at) if act.since <= at < act.until]
    known = set(
        Appeal.objects.filter(entry__in=[act.entry.pk for act in found]).values_list("entry", flat=True)
    )
    return [act for act in found if act.entry.pk not in known]


def may_appeal_finding(objection: Objection, at: datetime) -> bool:
    """Tell whether what the chair found on an objection can be appealed at `at` (aware, UTC)."""
    acts = open_acts(objection.call, at)
    return any(act.handling and act.handling.objection_id == objection.pk for act in acts)


def _designations(call: Call) -> Iterator[Contestable]:
    for row in call.designations.standing().select_related("entry").order_by("recommendation"):
        if row.entry:
            yield Contestable(About.DESIGNATION, row.entry, call, row.designated_at, designation=row)


def _findings(call: Call) -> Iterator[Contestable]:
    """Yield what the chair found last on each objection, where that is how the objection stands now."""
    rows = Handling.objects.filter(objection__call=call, state__in=FINDINGS)
    rows = rows.select_related("entry", "objection__contribution__process").order_by(
        "objection__contribution__number", "pk"
    )
    newest = {row.objection_id: row for row in rows}
    for row in newest.values():
        if row.entry and row.objection.standing == row.state:
            yield Contestable(About.FINDING, row.entry, call, row.at, handling=row)


def _challenges(call: Call, at: datetime) -> Iterator[Contestable]:
    """Yield the answers that keep a designation, and the challenges that are overdue without one."""
    rows = Challenge.objects.filter(designation__call=call, designation__annulled_at__isnull=True)
    for row in rows.select_related("entry", "answer_entry", "designation").order_by("number"):
        if row.answer_entry and row.answered_at:
            yield Contestable(About.CHALLENGE, row.answer_entry, call, row.answered_at, challenge=row)
        elif row.entry and row.is_overdue(at):
            yield Contestable(About.CHALLENGE, row.entry, call, row.answer_by, challenge=row)


def _refusals(call: Call) -> Iterator[Contestable]:
    rows = call.panel_appeals.filter(refused_at__isnull=False, admitted_at__isnull=True)
    for row in rows.select_related("refusal_entry").order_by("number"):
        if row.refusal_entry and row.refused_at:
            yield Contestable(About.REFUSAL, row.refusal_entry, call, row.refused_at, refused=row)


def _procedures(call: Call) -> Iterator[Contestable]:
    """Yield how it was done: the call, its estimates, its declaration, the text published after it was opened."""
    kinds = (*PROCEDURES, DraftRevised.kind)
    rows = Entry.objects.filter(
        process_key=call.process.key, kind__in=kinds, log__name=call.process.space.log
    )
    for entry in rows.order_by("index"):
        told = public_fields(entry)
        is_text = entry.kind == DraftRevised.kind
        is_here = (
            told["draft"] == call.draft.number and entry.at >= call.opened_at
            if is_text
            else told["call"] == call.number
        )
        if is_here:
            yield Contestable(About.PROCEDURE, entry, call, entry.at)
