"""Publish an audit, a study or a data set; withdraw one; publish one anew in place of another."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.archives.permissions import require_keeper
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.studies.packs import Pack
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import require_office
from talanoa.record.actions import append
from talanoa.record.events import Committed
from talanoa.record.models import Entry
from talanoa.studies.events import PublicationMade, PublicationWithdrawn
from talanoa.studies.models import NAME_LENGTH, Publication
from talanoa.studies.permissions import require_publisher


@transaction.atomic
def publish_of_process(
    process: Process, pack: Pack, *, kind: str, by: Participant, at: datetime, channel: str
) -> Publication:
    """Publish an audit or a data set of `process`, which everybody must be able to read.

    Raises NotAllowed; RuleBroken: wrong_state, space_crossed, license_missing, publication_known.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_office(by, process)
    process.check_real()
    process.check_state(*(state for state in Process.State.values if state != Process.State.DRAFT))
    made = _kept(pack, kind, process, at)
    _sign(made, put_on_record(process, _event(made), by=by, role=role, at=at, channel=channel))
    return made


@transaction.atomic
def publish_study(pack: Pack, *, by: Person, at: datetime, channel: str) -> Publication:
    """Publish a study. Raises NotAllowed; RuleBroken: publication_known."""
    role = require_keeper(by)
    made = _kept(pack, Publication.Kind.STUDY, None, at)
    _sign(made, append(_event(made), at=at, channel=channel, role=role))
    return made


@transaction.atomic
def withdraw_publication(
    publication: Publication,
    *,
    by: Participant | Person,
    reason: str,
    instead: Publication | None = None,
    at: datetime,
    channel: str,
) -> Publication:
    """Withdraw a publication for a public reason; its files go, its name stays. `instead` is what replaces it.

    Raises NotAllowed; RuleBroken: publication_withdrawn, reason_missing, line_too_long.
    """
    rows = Publication.objects.select_for_update(of=("self",), no_key=True).select_related("process")
    publication = rows.get(pk=publication.pk)
    role = require_publisher(by, publication)
    publication.check_standing()
    reason = fitting_line(reason, Publication.REASON_LIMIT)
    if not reason:
        raise RuleBroken(_("Say why it is withdrawn: everybody will read it."), code="reason_missing")
    publication.withdrawn_at, publication.reason, publication.replaced_by = at, reason, instead
    publication.pack, publication.results = b"", {}
    publication.save(update_fields=["withdrawn_at", "reason", "replaced_by", "pack", "results"])
    event = PublicationWithdrawn(
        publication=publication.name,
        instead=instead.name if instead else "",
        reason=Committed(publication, "reason"),
    )
    if isinstance(by, Participant) and publication.process is not None:
        put_on_record(publication.process, event, by=by, role=role, at=at, channel=channel)
    else:
        append(event, at=at, channel=channel, role=role)
    return publication


def _kept(pack: Pack, kind: str, process: Process | None, at: datetime) -> Publication:
    if kind == Publication.Kind.DATASET and not pack.words.get("license"):
        raise RuleBroken(_("Say under which license others may use the data."), code="license_missing")
    name = pack.manifest_sha256[:NAME_LENGTH]
    if Publication.objects.filter(name=name).exists():
        raise RuleBroken(
            _("The very same was published already: %(name)s.") % {"name": name}, code="publication_known"
        )
    return Publication.objects.create(
        name=name,
        kind=kind,
        process=process,
        title=fitting_line(pack.words["title"], Publication.TITLE_LIMIT),
        words=dict(pack.words),
        results=dict(pack.results),
        manifest_sha256=pack.manifest_sha256,
        pack=pack.data,
        published_at=at,
    )


def _event(made: Publication) -> PublicationMade:
    return PublicationMade(
        what=made.kind,
        publication=made.name,
        manifest_sha256=made.manifest_sha256,
        title=Committed(made, "title"),
    )


def _sign(made: Publication, entry: Entry) -> None:
    made.entry = entry
    made.save(update_fields=["entry"])
