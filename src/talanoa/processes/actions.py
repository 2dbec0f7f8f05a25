"""Steps of a process: begin, write and publish the charter, open, let the clock run, give roles, close."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.documents.actions import revise
from talanoa.documents.models import Document
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import processkeys
from talanoa.people.models import Person
from talanoa.processes import charter as charters
from talanoa.processes.events import (
    CharterPublished,
    ProcessClosed,
    ProcessCreated,
    ProcessOpened,
    RoleGiven,
    StageClosed,
    StageExtended,
    StageOpened,
)
from talanoa.processes.models import (
    SYSTEM,
    Actor,
    CharterVersion,
    Participant,
    Process,
    Role,
    RoleGrant,
    Stage,
    System,
)
from talanoa.processes.permissions import require_convenor, require_may_convene, require_office
from talanoa.processes.queries import public_group, stages_due, working_charter
from talanoa.record.actions import append
from talanoa.record.events import Committed, Event
from talanoa.record.models import Entry

EXTENSION_REASONS = ("outreach", "technical_failure", "holidays", "translation")


def put_on_record(
    process: Process,
    event: Event,
    *,
    by: Actor,
    role: str,
    at: datetime,
    channel: str,
    number: int | None = None,
) -> Entry:
    """Append the entry of an act in `process`, in the act's own transaction.

    The stakeholder group of the actor stands in it only where at least five participants share it.
    """
    group = "" if isinstance(by, System) else public_group(by)
    return append(
        event,
        at=at,
        channel=channel,
        role=role,
        group=group,
        process=process.key,
        number=number,
        space=process.space,
    )


@transaction.atomic
def create_process(
    *,
    by: Person,
    key: str,
    facts: Mapping[str, Any],
    at: datetime,
    channel: str,
    demonstration_note: str = "",
) -> Process:
    """Begin a process as a draft, with `by` as its convenor, from the facts of a charter.

    Raises NotAllowed; RuleBroken: key_malformed, key_taken, charter_incomplete (without a title).
    """
    require_may_convene(by)
    _check_key(key)
    facts = charters.normal(facts)
    if not facts["title"]:
        raise RuleBroken(_("A process needs a title."), code="charter_incomplete", subjects=["title"])
    document = Document.objects.create(kind=Document.Kind.CHARTER, title=_title(facts))
    process = Process.objects.create(
        key=key,
        title=_title(facts),
        question=facts["question"],
        charter=document,
        created_at=at,
        demonstration_note=demonstration_note,
    )
    convenor = Participant.objects.create(process=process, person=by, group=by.group, joined_at=at)
    RoleGrant.objects.create(participant=convenor, role=Role.CONVENOR, name=by.name, granted_at=at)
    _new_version(process, facts, at=at)
    put_on_record(process, ProcessCreated(), by=convenor, role=Role.CONVENOR, at=at, channel=channel)
    return process


def _title(facts: Mapping[str, Any]) -> str:
    return str(facts["title"])[:200].rstrip()


def _check_key(key: str) -> None:
    if not processkeys.is_key(key):
        raise RuleBroken(
            _(
                "A key has 2 to 12 letters a-z, digits or hyphens and begins with a letter; “%(key)s” does not."
            )
            % {"key": key},
            code="key_malformed",
        )
    if Process.objects.filter(key=key).exists():
        raise RuleBroken(_("The key “%(key)s” is taken by another process.") % {"key": key}, code="key_taken")


def _new_version(process: Process, facts: dict[str, Any], *, at: datetime) -> CharterVersion:
    revision = revise(process.charter, text=charters.as_markdown(facts), at=at)
    latest = process.charters.order_by("-version").first()
    if latest and latest.published_at is not None and latest.revision_id == revision.pk:
        return latest
    if latest and latest.published_at is None:
        latest.facts, latest.revision = facts, revision
        latest.save(update_fields=["facts", "revision"])
        return latest
    return CharterVersion.objects.create(
        process=process, version=latest.version + 1 if latest else 1, facts=facts, revision=revision
    )


@transaction.atomic
def write_charter(process: Process, *, by: Actor, facts: Mapping[str, Any], at: datetime) -> CharterVersion:
    """Save the facts of the charter; a published version stays and the next one begins.

    A working act: nothing stands on the record before it is published. Raises NotAllowed; RuleBroken: wrong_state.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    require_office(by, process)
    process.check_state(Process.State.DRAFT, Process.State.CHARTER_REVIEW, Process.State.OPEN)
    facts = charters.normal(facts)
    if process.state == Process.State.DRAFT:
        process.title, process.question = _title(facts) or process.title, facts["question"]
        process.save(update_fields=["title", "question"])
    return _new_version(process, facts, at=at)


@transaction.atomic
def publish_charter(process: Process, *, by: Actor, at: datetime, channel: str) -> CharterVersion:
    """Publish the newest version of the charter; it never changes again.

    Raises NotAllowed; RuleBroken: charter_incomplete, overlap_unrecorded, review_too_short, nothing_to_publish.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    process.check_state(Process.State.DRAFT, Process.State.CHARTER_REVIEW, Process.State.OPEN)
    version = working_charter(process)
    if version.published_at is not None:
        raise RuleBroken(_("Every version of this charter is published already."), code="nothing_to_publish")
    charters.check_complete(version.facts)
    _check_promises_kept(process, version)
    version.published_at = at
    version.save(update_fields=["published_at"])
    if process.state != Process.State.OPEN:
        process.state = Process.State.CHARTER_REVIEW
        process.review_days = version.facts["stages"][2]["days"]
        process.save(update_fields=["state", "review_days"])
    event = CharterPublished(
        title=Committed(process, "title"),
        text=Committed(version.revision, "sha256"),
        version=version.version,
        sha256=version.revision.sha256,
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return version


def _check_promises_kept(process: Process, version: CharterVersion) -> None:
    """Refuse to change the stages of a process that runs: people planned by them."""
    before = process.charters.filter(published_at__isnull=False).order_by("-version").first()
    if before and process.state == Process.State.OPEN and before.facts["stages"] != version.facts["stages"]:
        raise RuleBroken(
            _("The stages cannot change while the process runs; extend a stage with a reason instead."),
            code="stages_fixed",
        )


@transaction.atomic
def open_process(process: Process, *, by: Actor, at: datetime, channel: str) -> Process:
    """Open the process: from now on its stages open and close by the clock.

    Raises NotAllowed; RuleBroken: wrong_state (no published charter).
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    process.check_state(Process.State.CHARTER_REVIEW)
    version = process.charters.filter(published_at__isnull=False).latest("version")
    process.state = Process.State.OPEN
    process.save(update_fields=["state"])
    _plan_stages(process, version.facts["stages"], at=at)
    overlap = (
        "not-checked"
        if version.facts["overlap"].lower().startswith(charters.OVERLAP_UNCHECKED)
        else "checked"
    )
    event = ProcessOpened(version=version.version, overlap=overlap)
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    first = process.stages.get(position=1)
    if first.opens_at is not None and first.opens_at <= at:
        _open_stage(first, at=at)
    return process


def _plan_stages(process: Process, stages: list[dict[str, Any]], *, at: datetime) -> None:
    opens = charters.instant(stages[0]["opens_at"]) if stages[0].get("opens_at") else at
    for position, stage in enumerate(stages, start=1):
        first = position == 1
        Stage.objects.create(
            process=process,
            kind=stage["kind"],
            position=position,
            opens_at=max(opens, at) if first else None,
            closes_at=max(opens, at) + timedelta(days=stage["days"]) if first else None,
        )


def _open_stage(stage: Stage, *, at: datetime) -> None:
    stage.opened_at = at
    stage.save(update_fields=["opened_at"])
    until = f"{stage.closes_at:%Y-%m-%dT%H:%MZ}" if stage.closes_at else "-"
    event = StageOpened(stage=stage.kind, position=stage.position, until=until)
    put_on_record(stage.process, event, by=SYSTEM, role="system", at=at, channel="tick")


def _close_stage(stage: Stage, *, at: datetime) -> None:
    stage.closed_at = at
    stage.save(update_fields=["closed_at"])
    event = StageClosed(stage=stage.kind, position=stage.position)
    put_on_record(stage.process, event, by=SYSTEM, role="system", at=at, channel="tick")


@transaction.atomic
def keep_stage(stage: Stage, *, at: datetime) -> bool:
    """Open or close one call for input as the clock says; tell whether anything changed. The clock's own act."""
    process = Process.objects.select_for_update(no_key=True).get(pk=stage.process_id)
    stage = process.stages.get(pk=stage.pk)
    if stage.opened_at is None and stage.opens_at is not None and stage.opens_at <= at:
        _open_stage(stage, at=at)
        return True
    due = stage.opened_at is not None and stage.closed_at is None
    if not due or stage.closes_at is None or stage.closes_at > at:
        return False
    _close_stage(stage, at=at)
    process.state = Process.State.REPORT_DRAFT
    process.save(update_fields=["state"])
    _open_stage(process.stages.get(kind=Stage.Kind.REPORT), at=at)
    return True


def keep_stages(*, at: datetime) -> int:
    """Open and close every call for input that is due at `at` (aware, UTC); return how many changed."""
    changed = 0
    for _round in range(2):
        changed += sum(keep_stage(stage, at=at) for stage in stages_due(at))
    return changed


@transaction.atomic
def begin_stage(process: Process, kind: str, *, until: datetime | None, at: datetime) -> Stage:
    """Open the stage of this kind, ending the one before it; called by the acts that bring it about.

    The caller holds the lock on the process: no stage changes without it.
    """
    for before in process.stages.filter(closed_at=None, opened_at__isnull=False):
        _close_stage(before, at=at)
    stage = process.stages.get(kind=kind)
    stage.opens_at, stage.closes_at = at, until
    stage.save(update_fields=["opens_at", "closes_at"])
    _open_stage(stage, at=at)
    return stage


@transaction.atomic
def extend_stage(
    stage: Stage, *, by: Actor, until: datetime, reason: str, at: datetime, channel: str
) -> Stage:
    """Move the end of an open call for input to a later time; `reason` is one of EXTENSION_REASONS.

    Raises NotAllowed; RuleBroken: call_closed, extension_not_later, reason_unknown.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=stage.process_id)
    role = require_convenor(by, process)
    stage = process.stages.get(pk=stage.pk)
    stage.check_takes_input(at)
    if reason not in EXTENSION_REASONS:
        raise RuleBroken(
            _("Give one of these reasons: %(reasons)s.") % {"reasons": ", ".join(EXTENSION_REASONS)},
            code="reason_unknown",
        )
    if stage.closes_at is None or until <= stage.closes_at:
        raise RuleBroken(_("A stage can only be extended, never shortened."), code="extension_not_later")
    if stage.kind != Stage.Kind.INPUT:
        raise RuleBroken(_("The review period is fixed by the report that was sealed."), code="wrong_state")
    stage.closes_at = until.astimezone(UTC)
    stage.save(update_fields=["closes_at"])
    event = StageExtended(
        stage=stage.kind,
        position=stage.position,
        until=f"{stage.closes_at:%Y-%m-%dT%H:%MZ}",
        reason=reason,
    )
    put_on_record(stage.process, event, by=by, role=role, at=at, channel=channel)
    return stage


@transaction.atomic
def enter(process: Process, person: Person, *, at: datetime, group: str = "") -> Participant:
    """Return `person` as a participant of `process`, making them one on first contact.

    The act that brings a person in stands on the record by itself, so entering adds no entry.
    """
    made, _created = Participant.objects.get_or_create(
        process=process, person=person, defaults={"group": group or person.group, "joined_at": at}
    )
    return made


@transaction.atomic
def give_role(
    process: Process, person: Person, *, role: Role, by: Actor, at: datetime, channel: str
) -> Participant:
    """Give `person` a role in the process; the convenor's act, on the record. Raises NotAllowed."""
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    acting = require_convenor(by, process)
    member = enter(process, person, at=at)
    grant, created = RoleGrant.objects.get_or_create(
        participant=member, role=role, defaults={"granted_at": at, "name": person.name}
    )
    if created:
        event = RoleGiven(role=role, name=Committed(grant, "name"))
        put_on_record(process, event, by=by, role=acting, at=at, channel=channel)
    return member


@transaction.atomic
def close_process(process: Process, *, by: Actor, at: datetime, channel: str) -> Process:
    """Close a process after its follow-up. Raises NotAllowed; RuleBroken: wrong_state."""
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    process.check_state(Process.State.DECIDED, Process.State.FOLLOW_UP)
    process.state = Process.State.CLOSED
    process.save(update_fields=["state"])
    put_on_record(process, ProcessClosed(), by=by, role=role, at=at, channel=channel)
    return process
