"""Questions about moderation: who is new, what waits at the desk, what can be appealed, what a kind says.

For the apps above: `quarantine_until` says whether the first message of somebody new is held, and until when;
`actions.moderating.quarantine` then holds it, in the transaction that registers it. Inputs are never quarantined.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from talanoa.contributions.conduct import NEWCOMER
from talanoa.contributions.models import Appeal, Contribution, Flag, ModerationAct
from talanoa.contributions.permissions import appeal_body
from talanoa.people.models import Person
from talanoa.processes.charter import newcomer_hours
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import published_charter, share_defaults


def is_newcomer(person: Person, process: Process) -> bool:
    """Tell whether nothing that `person` said in `process` was ever shown, and they hold no role in it."""
    shown = Contribution.objects.filter(process=process, person=person)
    if shown.filter(state__in=(Contribution.State.PUBLISHED, Contribution.State.SUPERSEDED)).exists():
        return False
    return not Participant.objects.filter(process=process, person=person, roles__isnull=False).exists()


def quarantine_until(person: Person, process: Process, *, at: datetime) -> datetime | None:
    """Return until when (aware, UTC) a message that `person` sends at `at` is held, or None: it is shown at once.

    Ask before the message is registered: once it is published, its author is no newcomer any more.
    """
    hours = hours_of(process)
    return at + timedelta(hours=hours) if hours and is_newcomer(person, process) else None


def hours_of(process: Process) -> int:
    """Return for how many hours, 0 to 24, the charter lets the first message of somebody new be held."""
    charter = published_charter(process)
    return newcomer_hours(charter.facts) if charter else 0


def quarantines_over(at: datetime) -> QuerySet[Contribution]:
    """Return what the clock held and should be shown at `at` (aware, UTC)."""
    over = ModerationAct.objects.filter(contribution=OuterRef("pk"), until__lte=at)
    rows = Contribution.objects.filter(state=Contribution.State.WITHHELD, reason=NEWCOMER)
    rows = rows.filter(process__is_practice=False)
    return rows.filter(Exists(over)).order_by("process_id", "number")


def standing_act(contribution: Contribution) -> ModerationAct | None:
    """Return the act that keeps a contribution back now, if anything does."""
    return next(iter(standing_acts(Contribution.objects.filter(pk=contribution.pk))), None)


def standing_acts(contributions: QuerySet[Contribution]) -> list[ModerationAct]:
    """Return the act that keeps back each of `contributions` that is held or rejected now, in one query."""
    rows = ModerationAct.objects.filter(contribution__in=contributions.values("pk"))
    rows = rows.filter(contribution__state__in=Contribution.KEPT_BACK).exclude(act=ModerationAct.Act.RELEASE)
    rows = rows.select_related("contribution__process", "entry").order_by("contribution", "at", "pk")
    return list({act.contribution_id: act for act in rows}.values())


def appealable_acts(contributions: QuerySet[Contribution], *, at: datetime) -> list[ModerationAct]:
    """Return which of the acts that keep back `contributions` their authors can appeal at `at` (aware, UTC)."""
    found = [act for act in standing_acts(contributions) if act.until is None]
    share_defaults([act.contribution.process for act in found])
    acts = [act for act in found if at < act.appeal_until]
    appealed = (
        Appeal.objects.filter(entry__in=[act.entry_id for act in acts]) if acts else Appeal.objects.none()
    )
    known = set(appealed.values_list("entry", flat=True))
    return [act for act in acts if act.entry_id not in known]


def appealable_act(contribution: Contribution, *, at: datetime) -> ModerationAct | None:
    """Return the act that the author of a contribution can appeal at `at` (aware, UTC), if there is one."""
    return next(iter(appealable_acts(Contribution.objects.filter(pk=contribution.pk), at=at)), None)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a contribution, of whatever kind."""

    title: str
    text: str
    language: str


def words_of(contribution: Contribution) -> Spoken:
    """Return what was said: a kind keeps it in a row of its own, one to one, under the name of the kind."""
    row: Any = getattr(contribution, contribution.kind, None)
    told = {name: str(getattr(row, name, "") or "") for name in ("title", "text", "language")}
    return Spoken(**told)


def said_in_moderation(contribution: Contribution) -> list[Flag | ModerationAct | Appeal]:
    """Return everything that was said about a contribution when it was flagged, decided on and appealed."""
    return [*contribution.flags.all(), *contribution.moderation.all(), *contribution.appeals.all()]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at the desk: flagged and shown, kept back, and appeals that this member may decide."""

    flagged: list[Contribution]
    held: list[ModerationAct]
    appeals: list[Appeal]
    overdue: int


def waiting_for(by: Participant, *, at: datetime) -> Waiting:
    """Return what waits at the desk of `by`'s process; an appeal only for whoever may decide it."""
    own = Contribution.objects.filter(process=by.process_id).select_related("process")
    flags = Flag.objects.filter(contribution=OuterRef("pk"), closed_at__isnull=True)
    flagged = own.filter(Exists(flags), state=Contribution.State.PUBLISHED).order_by("number")
    held = standing_acts(own.filter(state=Contribution.State.WITHHELD))
    appeals = list(open_appeals(by.process))
    mine = [appeal for appeal in appeals if appeal.contribution and may_rule(by, appeal.contribution)]
    overdue = sum(appeal.is_overdue(at) for appeal in appeals)
    return Waiting(list(flagged), held, mine, overdue)


def open_appeals(process: Process) -> QuerySet[Appeal]:
    """Return the appeals of a process that wait for their decision, the oldest first."""
    rows = Appeal.objects.filter(contribution__process=process, decided_at__isnull=True)
    return rows.select_related("contribution__process", "entry")


def may_rule(by: Participant, contribution: Contribution) -> bool:
    """Tell whether `by` is among those who may decide an appeal about a contribution."""
    return by.has_role("chair", "convenor") and appeal_body(contribution).filter(pk=by.pk).exists()


def appeals_for(person: Person) -> list[Appeal]:
    """Return the appeals that wait for `person`, in all processes."""
    seats = Participant.objects.in_office(person).filter(roles__role__in=("chair", "convenor")).distinct()
    rows = [
        (seat, appeal) for seat in seats.select_related("process") for appeal in open_appeals(seat.process)
    ]
    return [appeal for seat, appeal in rows if appeal.contribution and _hears(seat, appeal.contribution)]


def _hears(seat: Participant, contribution: Contribution) -> bool:
    return appeal_body(contribution).filter(pk=seat.pk).exists()
