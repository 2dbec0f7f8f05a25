"""Let everybody read an archive."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.archives.events import ArchiveReleased
from talanoa.archives.models import Archive
from talanoa.archives.permissions import require_keeper
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.record.actions import append


@transaction.atomic
def release_archive(archive: Archive, *, by: Person, at: datetime, channel: str) -> Archive:
    """Release an archive whose source and license are stated and of which no import is under way.

    Raises NotAllowed; RuleBroken: archive_released, archive_unlicensed, archive_unfinished.
    """
    archive = Archive.objects.select_for_update(no_key=True).get(pk=archive.pk)
    role = require_keeper(by)
    if archive.is_released:
        raise RuleBroken(_("This archive was released already."), code="archive_released")
    if not archive.source or not archive.license:
        raise RuleBroken(
            _(
                "Say first where the archive comes from and under which license or permission others may read it:"
                " import its files again with --source and --license."
            ),
            code="archive_unlicensed",
        )
    if archive.imports.filter(finished_at=None).exists():
        raise RuleBroken(
            _(
                "An import of this archive has not ended. Give the same command again; it goes on where it stopped."
            ),
            code="archive_unfinished",
        )
    archive.released_at = at
    archive.save(update_fields=["released_at"])
    event = ArchiveReleased(archive=archive.name, messages=archive.n_messages)
    append(event, at=at, channel=channel, role=role)
    return archive
