"""Let the mail of a list flow into an archive, or no more; take in one mail; tell the record once a day what came."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from talanoa.archives.actions.importing import About, describe, manifest_hash
from talanoa.archives.actions.storing import Found, store_new
from talanoa.archives.events import ArchiveFollowed, ArchiveHeard, ArchiveLeft
from talanoa.archives.models import Archive, ArchivedMessage, Following
from talanoa.archives.permissions import require_keeper
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.rfc5322.lists import is_list_id
from talanoa.mail import tokens
from talanoa.people.models import Person
from talanoa.record.actions import append

DAY = timedelta(days=1)


@transaction.atomic
def follow_into(about: About, *, by: Person, list_id: str, at: datetime, channel: str) -> Following:
    """Have the mail of a list flow into an archive; makes the archive, private, where it is not there yet.

    To follow another list, or again, gives a new address to subscribe. Raises NotAllowed; RuleBroken: archive_name,
    line_too_long, list_malformed.
    """
    role = require_keeper(by)
    called = list_id.strip().strip("<>").lower()
    if not is_list_id(called):
        raise RuleBroken(
            _("Give the List-Id as it stands in a mail of the list, such as talk.lists.example.org."),
            code="list_malformed",
        )
    archive = describe(about, at=at)
    known = Following.objects.filter(archive=archive, list_id=called, until=None).first()
    if known is not None:
        return known
    told = {"list_id": called, "secret": tokens.draw(f"archive {archive.name}"), "since": at, "until": None}
    new = {"told_at": at, "told_number": archive.last_number}
    row, _made = Following.objects.update_or_create(
        archive=archive, defaults=told, create_defaults=told | new
    )
    append(ArchiveFollowed(archive=archive.name, list=called), at=at, channel=channel, role=role)
    return row


@transaction.atomic
def leave_list(following: Following, *, by: Person, at: datetime, channel: str) -> Following:
    """Have the mail of a list flow in no more: what still comes is set aside.

    Raises NotAllowed; RuleBroken: list_unknown.
    """
    archive = Archive.objects.select_for_update(no_key=True).get(pk=following.archive_id)
    role = require_keeper(by)
    following = Following.objects.get(pk=following.pk)
    following.check_followed()
    following.until = at
    following.save(update_fields=["until"])
    append(ArchiveLeft(archive=archive.name, list=following.list_id), at=at, channel=channel, role=role)
    return following


@transaction.atomic
def hear_message(following: Following, found: Found, *, at: datetime) -> bool:
    """Take a mail of the list into the archive; tell whether it was new there."""
    archive = Archive.objects.select_for_update(no_key=True).get(pk=following.archive_id)
    Following.objects.filter(pk=following.pk).update(heard_at=at)
    return store_new(archive, [found], by_mail=True) > 0


@transaction.atomic
def set_aside(following: Following) -> None:
    """Count a mail that came to the subscribed address and is none of the list; nothing of it is kept."""
    Following.objects.filter(pk=following.pk).update(n_aside=F("n_aside") + 1)


@transaction.atomic
def note_heard(*, at: datetime) -> int:
    """Put on the record, for each archive at most once a day, what came by mail; return how many entries."""
    rows = Following.objects.filter(told_at__lte=at - DAY, archive__last_number__gt=F("told_number"))
    told = [_tell(one, at) for one in rows.select_related("archive").order_by("pk")]
    return sum(told)


def _tell(following: Following, at: datetime) -> bool:
    archive = Archive.objects.select_for_update(no_key=True).get(pk=following.archive_id)
    rows = ArchivedMessage.objects.filter(archive=archive, number__gt=following.told_number, by_mail=True)
    heard = [[number, bytes(digest).hex()] for number, digest in rows.values_list("number", "digest")]
    following.told_at, following.told_number = at, archive.last_number
    following.save(update_fields=["told_at", "told_number"])
    if not heard:
        return False
    event = ArchiveHeard(
        archive=archive.name, list=following.list_id, added=len(heard), manifest_sha256=manifest_hash(heard)
    )
    append(event, at=at, channel="tick", role="system")
    return True
