"""The step of anybody who applies or reviews: state what they published with others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.grants.events import WorksStated
from talanoa.grants.models import WorkList
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib.works import WorkUnreadable, read
from talanoa.people.models import Person
from talanoa.record.actions import append
from talanoa.record.events import Committed


@transaction.atomic
def state_works(*, by: Person, text: str, at: datetime, channel: str) -> WorkList:
    """State what one published with others, one work in a line; those who wrote it do not judge each other.

    What was stated before goes on counting. Raises RuleBroken: works_unreadable, text_too_long.
    """
    try:
        said = clean_text(text.strip(), WorkList.LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": WorkList.LIMIT}, code="text_too_long"
        ) from long
    made = WorkList(person=by, text=said, stated_at=at)
    event = WorksStated(works=_count(said), text_sha256=Committed(made, "text_sha256"))
    made.save()
    append(event, at=at, channel=channel, role="")
    return made


def _count(text: str) -> int:
    try:
        count = len(read(text))
    except WorkUnreadable as wrong:
        raise _unreadable(wrong.args[0]) from wrong
    if not count:
        raise _unreadable(text)
    return count


def _unreadable(part: str) -> RuleBroken:
    told = _(
        "This line cannot be read: “%(line)s”. Write each work as: Title; 2025-03; name, address or ORCID iD of each"
        " who wrote it with you."
    )
    return RuleBroken(told % {"line": part}, code="works_unreadable")
