"""Steps before a process runs: begin it, write its charter, publish it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.documents.actions import revise
from talanoa.documents.models import Document
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL, Space
from talanoa.lib import processkeys
from talanoa.people.models import Person
from talanoa.processes import charter as charters
from talanoa.processes.actions.overlapping import publish_overlaps
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.events import (
    CharterPublished,
    ProcessCreated,
)
from talanoa.processes.models import (
    Actor,
    CharterVersion,
    DefaultChange,
    Participant,
    Process,
    Role,
    RoleGrant,
    Stage,
)
from talanoa.processes.permissions import check_plays, require_convenor, require_may_convene, require_office
from talanoa.processes.queries import working_charter
from talanoa.processes.stage_plan import days_of
from talanoa.record.events import Committed
from talanoa.registry.models.overlaps import NEAR
from talanoa.registry.queries import newest_search, overrides, standings

BEFORE_OPENING = (Process.State.DRAFT, Process.State.CHARTER_REVIEW)


@transaction.atomic
def create_process(
    *,
    by: Person,
    key: str,
    facts: Mapping[str, Any],
    at: datetime,
    channel: str,
    demonstration_note: str = "",
    space: Space = REAL,
) -> Process:
    """Begin a process as a draft, with `by` as its convenor, from the facts of a charter.

    In a practice `space`, whose log is open, `by` is somebody of the room, and nobody has to be appointed.
    Raises NotAllowed; RuleBroken: key_malformed, key_reserved, key_taken, charter_incomplete (without a title),
    space_crossed.
    """
    if space.is_real:
        require_may_convene(by)
    else:
        check_plays(by)
    facts = charters.normal(facts, days=DefaultChange.objects.days(at))
    _check_key(key, is_place=facts["template"] == processkeys.PLACE, space=space)
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
        is_practice=not space.is_real,
        seed=space.seed or None,
    )
    convenor = Participant.objects.create(process=process, person=by, group=by.group, joined_at=at)
    RoleGrant.objects.create(participant=convenor, role=Role.CONVENOR, name=by.name, granted_at=at)
    _new_version(process, facts, at=at)
    put_on_record(process, ProcessCreated(), by=convenor, role=Role.CONVENOR, at=at, channel=channel)
    return process


def _title(facts: Mapping[str, Any]) -> str:
    return str(facts["title"])[:200].rstrip()


def _check_key(key: str, *, is_place: bool, space: Space) -> None:
    if not processkeys.is_key(key):
        raise RuleBroken(
            _(
                "A key has 2 to 12 letters a-z, digits or hyphens and begins with a letter; “%(key)s” does not."
            )
            % {"key": key},
            code="key_malformed",
        )
    is_taken = key in processkeys.RESERVED or key.startswith(processkeys.PRACTICE) == space.is_real
    if is_taken or (key == processkeys.PLACE) != is_place:
        raise RuleBroken(
            _("The key “%(key)s” is the name of another address here; choose another one.") % {"key": key},
            code="key_reserved",
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
    process.check_charter_changes()
    facts = charters.normal(facts, days=process.defaults)
    if process.state == Process.State.DRAFT:
        process.title, process.question = _title(facts) or process.title, facts["question"]
        process.save(update_fields=["title", "question"])
    return _new_version(process, facts, at=at)


@transaction.atomic
def publish_charter(process: Process, *, by: Actor, at: datetime, channel: str) -> CharterVersion:
    """Publish the newest version of the charter; it never changes again.

    Raises NotAllowed; RuleBroken: charter_incomplete, overlap_unrecorded, why_new_missing, own_override,
    review_too_short, nothing_to_publish.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    process.check_charter_changes()
    version = working_charter(process)
    if version.published_at is not None:
        raise RuleBroken(_("Every version of this charter is published already."), code="nothing_to_publish")
    charters.check_complete(version.facts)
    _check_promises_kept(process, version)
    _check_overlap(process, version, by=by, at=at)
    version.published_at = at
    version.save(update_fields=["published_at"])
    if process.state == Process.State.DRAFT:
        publish_overlaps(process, by=by, role=role, at=at, channel=channel)
    if process.state in BEFORE_OPENING:
        process.state = Process.State.CHARTER_REVIEW
        process.review_days = days_of(version.facts["stages"], Stage.Kind.REVIEW)
        process.save(update_fields=["state", "review_days"])
    event = CharterPublished(
        title=Committed(process, "title"),
        text=Committed(version.revision, "sha256"),
        version=version.version,
        sha256=version.revision.sha256,
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return version


def _check_overlap(process: Process, version: CharterVersion, *, by: Actor, at: datetime) -> None:
    """Refuse a charter that states a finding before each close candidate is judged, written to and heard.

    One that says in public “not checked, because ...” passes.
    """
    if charters.is_overlap_unchecked(version.facts):
        return
    rows = standings(process.key, at=at)
    lacking = [row.body for row in rows if row.lacks]
    if newest_search(process.key) is None or lacking:
        raise RuleBroken(
            _(
                "The overlap record is not complete: search for bodies, judge each close one, wait for its answer"
                " where you wrote to it, and get its consent where it does the same. It lacks: %(bodies)s."
            )
            % {"bodies": ", ".join(map(str, lacking)) or _("the search")},
            code="overlap_unrecorded",
            subjects=[body.key for body in lacking],
        )
    if any(row.judgement and row.judgement.relation in NEAR for row in rows) and not version.facts.get(
        "why_new"
    ):
        raise RuleBroken(
            _("Others work near this question: say in the charter why a new process is needed."),
            code="why_new_missing",
            subjects=["why_new"],
        )
    own = [
        row for row in overrides(process.key) if isinstance(by, Participant) and row.person_id == by.person_id
    ]
    if own:
        raise RuleBroken(
            _("Whoever overrode a body does not publish the charter too; another convenor does."),
            code="own_override",
        )


def _check_promises_kept(process: Process, version: CharterVersion) -> None:
    """Refuse to change the stages of a process that runs: people planned by them."""
    before = process.charters.filter(published_at__isnull=False).order_by("-version").first()
    if before and process.state not in BEFORE_OPENING and before.facts["stages"] != version.facts["stages"]:
        raise RuleBroken(
            _("The stages cannot change while the process runs; extend a stage with a reason instead."),
            code="stages_fixed",
        )
