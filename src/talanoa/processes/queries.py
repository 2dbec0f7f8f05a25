"""Questions about processes."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from talanoa.lib.declared import Subgroup
from talanoa.lib.regions import REGIONS, region_of
from talanoa.people.models import Person
from talanoa.processes.charter import subgroups, targets
from talanoa.processes.models import (
    OFFICE,
    Announcement,
    CharterVersion,
    DefaultChange,
    FloorFinding,
    FollowedList,
    Participant,
    Process,
    RoleGrant,
    Stage,
)
from talanoa.processes.models.defaults import days_in_force
from talanoa.processes.stage_plan import days_of
from talanoa.registry.models import OverlapSearch

GROUP_FLOOR = 5


def share_defaults(processes: Collection[Process]) -> None:
    """Let many processes know their defaults by one query instead of one for each."""
    rows = list(DefaultChange.objects.order_by("version")) if processes else []
    for process in processes:
        process.defaults = days_in_force(rows, process.created_at)


def participant(process: Process, person: Person | None) -> Participant | None:
    """Return `person` as a participant of `process`, with the roles that they may use now, or None."""
    if person is None:
        return None
    roles = RoleGrant.objects.all() if person.may_use_office else RoleGrant.objects.exclude(role__in=OFFICE)
    rows = Participant.objects.filter(process=process, person=person)
    return rows.select_related("person", "process").prefetch_related(Prefetch("roles", roles)).first()


def published_charter(process: Process) -> CharterVersion | None:
    """Return the newest published version of the charter."""
    rows = process.charters.filter(published_at__isnull=False).select_related("revision")
    return rows.order_by("-version").first()


def parts_of_group(process: Process, group: str) -> list[Subgroup]:
    """Return the parts of a stakeholder group that the published charter tells apart."""
    charter = published_charter(process)
    return [part for part in subgroups(charter.facts) if part.group == group] if charter else []


def working_charter(process: Process) -> CharterVersion:
    """Return the newest version of the charter, published or not."""
    return process.charters.select_related("revision").latest("version")


def open_call(process: Process, at: datetime) -> Stage | None:
    """Return the stage that takes inputs at `at` (aware, UTC), if one is open."""
    return next((s for s in process.stages.all() if s.takes_input and s.is_open(at)), None)


def comments_until(process: Process) -> datetime | None:
    """Return until when (aware, UTC) drafts are open for comments before the first consensus call may begin.

    None before the drafting has begun, and for a process that drafts nothing.
    """
    stage = next((one for one in process.stages.all() if one.kind == Stage.Kind.DRAFTING), None)
    charter = published_charter(process)
    if stage is None or stage.opened_at is None or charter is None:
        return None
    return stage.opened_at + timedelta(days=days_of(charter.facts["stages"], Stage.Kind.DRAFTING))


def open_processes(at: datetime) -> list[Process]:
    """Return the processes that take inputs at `at` (aware, UTC), by key."""
    rows = Process.objects.visible_to(None).prefetch_related("stages")
    return [process for process in rows.order_by("key") if open_call(process, at)]


def decided_processes() -> QuerySet[Process]:
    """Return the processes that are decided, followed up or closed, by key."""
    over = (Process.State.DECIDED, Process.State.FOLLOW_UP, Process.State.CLOSED)
    return Process.objects.real().filter(state__in=over).order_by("key")


def come_close(search: OverlapSearch | None) -> list[tuple[Process, Mapping[str, Any]]]:
    """Return the processes of this place that a search for overlap found, each with its score and parts, best first."""
    found = {row["body"]: row for row in search.own} if search else {}
    processes = Process.objects.visible_to(None).in_bulk(found, field_name="key")
    return [(processes[key], row) for key, row in found.items() if key in processes]


def known_keys(keys: Collection[str]) -> set[str]:
    """Return those of `keys` that are the key of a process which the public can read."""
    return set(Process.objects.visible_to(None).filter(key__in=keys).values_list("key", flat=True))


def stages_due(at: datetime) -> QuerySet[Stage]:
    """Return the stages whose planned opening or end lies at or before `at` and has not happened yet.

    None of a practice room: it has a clock of its own.
    """
    opening = Q(opened_at__isnull=True, opens_at__lte=at, kind=Stage.Kind.INPUT)
    closing = Q(opened_at__isnull=False, closed_at__isnull=True, closes_at__lte=at, kind=Stage.Kind.INPUT)
    rows = Stage.objects.filter(opening | closing, process__in=Process.objects.visible_to(None))
    return rows.select_related("process").order_by("process_id", "position")


def stages_over(at: datetime) -> list[Stage]:
    """Return the calls for input that are over at `at` (aware, UTC), not closed, and whose charter sets floors."""
    rows = stages_due(at).filter(opened_at__isnull=False)
    return [stage for stage in rows if sets_floors(stage.process)]


def sets_floors(process: Process) -> bool:
    """Tell whether the published charter says how many of a group or region must speak."""
    charter = published_charter(process)
    return charter is not None and any(one.floor for one in targets(charter.facts))


def finding_of(stage: Stage) -> FloorFinding | None:
    """Return what was found about the floors of a call since it was over, if it was looked at."""
    rows = FloorFinding.objects.filter(stage=stage)
    # What was found before the call was extended says nothing about how it ends now.
    return rows.filter(found_at__gte=stage.closes_at).order_by("-pk").first() if stage.closes_at else None


def public_group(by: Participant) -> str:
    """Return the stakeholder group as it may stand on the record: empty where fewer than five share it."""
    # The fifth is enough: counting all of 5,000 participants would slow every append by 1 ms.
    members = Participant.objects.filter(process=by.process_id, group=by.group)[:GROUP_FLOOR]
    return by.group if members.count() >= GROUP_FLOOR else ""


def people_by_group(process: Process) -> dict[str, int]:
    """Return how many participants each stakeholder group has; counts below five are left out."""
    rows = process.participants.values("group").annotate(n=Count("pk")).filter(n__gte=GROUP_FLOOR)
    return {row["group"]: row["n"] for row in rows}


def invited_by_group(process: Process) -> dict[str, int]:
    """Return how many people of each stakeholder group were invited; counts below five are left out.

    The group is the one that whoever invited them named.
    """
    rows = process.invitations.values("group").order_by().annotate(n=Count("pk")).filter(n__gte=GROUP_FLOOR)
    return {row["group"]: row["n"] for row in rows}


def invited_by_region(process: Process) -> dict[str, int]:
    """Return how many people of each region were invited; counts below five are left out.

    Whose country is not told, or spans several regions, is counted nowhere.
    """
    rows = process.invitations.values_list("country").order_by().annotate(n=Count("pk"))
    found: Counter[str] = Counter()
    for country, n in rows:
        found[region_of(country)] += n
    return {region: found[region] for region in REGIONS if found[region] >= GROUP_FLOOR}


def invitation_counts(process: Process) -> dict[str, Counter[str]]:
    """Return for each stakeholder group how many invitations are in which state: for those who run the process."""
    rows = process.invitations.values_list("group", "state").order_by().annotate(n=Count("pk"))
    found: dict[str, Counter[str]] = {}
    for group, state, n in rows:
        found.setdefault(group, Counter())[state] += n
    return found


def announcement(process: Process, number: int) -> Announcement | None:
    """Return the announcement of `process` with this number, if there is one."""
    return Announcement.objects.filter(process=process, number=number).select_related("process").first()


def lists_called(list_id: str) -> list[FollowedList]:
    """Return the list with this identifier in each process that follows it, or did, by key."""
    rows = FollowedList.objects.filter(list_id=list_id, process__in=Process.objects.visible_to(None))
    return list(rows.select_related("process").order_by("until", "process__key"))
