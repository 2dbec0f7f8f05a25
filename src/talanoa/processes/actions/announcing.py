"""Steps that make a process known: follow lists of others, announce, note where an announcement was seen."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text, fitting_line
from talanoa.lib.languages import is_language
from talanoa.lib.rfc5322.lists import is_list_id, is_mail_address, is_web_address
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.events import AnnouncementMade, ListFollowed, ListLeft
from talanoa.processes.models import Announcement, FollowedList, Participant, Process, Seed
from talanoa.processes.permissions import require_organizer
from talanoa.record.events import Committed

LONGEST_LINK = 500
_State = Process.State
PUBLIC = tuple(state for state in _State if state not in (_State.DRAFT, _State.CLOSED))


@transaction.atomic
def follow_list(
    process: Process,
    *,
    by: Participant,
    list_id: str,
    name: str,
    post: str,
    archive: str,
    at: datetime,
    channel: str,
) -> FollowedList:
    """Follow a mailing list of others, named by its List-Id; to follow it again changes its addresses.

    The convenor's and the secretariat's act. `post` is the address that takes mail for it, `archive` that of its
    archive on the web, for HyperKitty the page of the list; either may be "".
    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, list_malformed, line_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_organizer(by, process)
    process.check_real()
    process.check_state(*PUBLIC)
    called = list_id.strip().strip("<>").lower()
    told = {
        "name": fitting_line(name, 200) or called,
        "post": _address(process, post.strip().lower()),
        "archive": _archive(archive.strip()),
        "until": None,
    }
    if not is_list_id(called):
        raise _malformed(
            _("Give the List-Id as it stands in a mail of the list, such as talk.lists.example.org.")
        )
    was_followed = FollowedList.objects.followed().filter(process=process, list_id=called).exists()
    row, _created = FollowedList.objects.update_or_create(
        process=process, list_id=called, defaults=told, create_defaults={**told, "since": at}
    )
    if not was_followed:
        put_on_record(process, ListFollowed(list=called), by=by, role=role, at=at, channel=channel)
    return row


def _address(process: Process, post: str) -> str:
    if post and not is_mail_address(post):
        raise _malformed(_("This is no mail address: %(address)s") % {"address": post[:100]})
    if post.partition("@")[0].partition("+")[0] == process.key:
        raise _malformed(_("This is the address of the process itself: %(address)s") % {"address": post})
    return post


def _archive(archive: str) -> str:
    if archive and not is_web_address(archive):
        raise _malformed(_("This is no web address: %(address)s") % {"address": archive[:100]})
    return archive


def _malformed(told: str) -> RuleBroken:
    return RuleBroken(told, code="list_malformed")


@transaction.atomic
def stop_following(followed: FollowedList, *, by: Participant, at: datetime, channel: str) -> FollowedList:
    """Follow a list no more: what comes from it is set aside. Raises NotAllowed; RuleBroken: list_unknown."""
    process = Process.objects.select_for_update(no_key=True).get(pk=followed.process_id)
    role = require_organizer(by, process)
    followed = FollowedList.objects.get(pk=followed.pk)
    followed.check_followed()
    followed.until = at
    followed.save(update_fields=["until"])
    put_on_record(process, ListLeft(list=followed.list_id), by=by, role=role, at=at, channel=channel)
    return followed


@transaction.atomic
def announce(
    process: Process,
    *,
    by: Participant,
    title: str,
    text: str,
    language: str,
    lists: Collection[str],
    at: datetime,
    channel: str,
) -> Announcement:
    """Publish a call to take part: on the site, in the feed, and by mail to the followed lists named in `lists`.

    The convenor's and the secretariat's act. `text` is Markdown, `lists` are List-Ids. It never changes afterwards.
    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, text_empty, text_too_long, line_too_long,
    language_unknown, list_unknown, list_without_post.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_organizer(by, process)
    process.check_real()
    process.check_state(*PUBLIC)
    said = _said(text)
    if not is_language(language):
        raise RuleBroken(_("Name the language by its code, such as en, fr or sw."), code="language_unknown")
    chosen = [_posted(process, list_id) for list_id in dict.fromkeys(map(str.lower, lists))]
    made = Announcement.objects.create(
        process=process,
        number=process.announcements.count() + 1,
        title=fitting_line(title, Announcement.TITLE_LIMIT) or process.title,
        text=said,
        language=language,
        lists=[followed.list_id for followed in chosen],
        by=by,
        made_at=at,
    )
    event = AnnouncementMade(
        announcement=made.number,
        language=language,
        lists=",".join(made.lists) or "-",
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


def _said(text: str) -> str:
    try:
        said = clean_text(text, Announcement.TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep the announcement under %(limit)s characters: it is a mail to busy people.")
            % {"limit": Announcement.TEXT_LIMIT},
            code="text_too_long",
        ) from long
    if not said.strip():
        raise RuleBroken(_("The announcement has no words yet."), code="text_empty")
    return said


def _posted(process: Process, list_id: str) -> FollowedList:
    found = FollowedList.objects.followed().filter(process=process, list_id=list_id).first()
    if found is None:
        raise RuleBroken(
            _("This process does not follow the list %(list)s.") % {"list": list_id[:100]},
            code="list_unknown",
        )
    if not found.post:
        raise RuleBroken(
            _("No address is known that takes mail for %(list)s. Forward the announcement there yourself.")
            % {"list": found.list_id},
            code="list_without_post",
        )
    return found


@transaction.atomic
def note_seed(
    announcement: Announcement, *, followed: FollowedList, message_id: str, permalink: str, at: datetime
) -> Seed:
    """Note that an announcement was seen on a list. A working act: only what answers it there is of interest."""
    made, _created = Seed.objects.get_or_create(
        list=followed,
        message_id=message_id[:400],
        defaults={"announcement": announcement, "permalink": permalink[:LONGEST_LINK], "seen_at": at},
    )
    return made
