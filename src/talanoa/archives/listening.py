"""What comes to an address that is subscribed to a list for an archive.

Whoever writes there knows the secret of the address: the list and its keepers. Nothing is ever answered, so there can
be no loop. Taken in is what bears the List-Id of the list; what the program of the list writes about itself, such as
that the subscription must be confirmed, and what no program can read, is kept for who keeps the archive; all else is
set aside. Who wrote is as the list says it: like every sender of an archive, nobody has proven it.
"""

from talanoa.archives.actions.following import hear_message, set_aside
from talanoa.archives.actions.storing import Found
from talanoa.archives.models import Following
from talanoa.archives.queries import KEY, letters_of
from talanoa.lib.archive.reading import MAX_REFERENCES, ArchivedMail, digest_of, header_of
from talanoa.lib.archive.splitting import Raw
from talanoa.lib.messageids import is_message_id
from talanoa.lib.rfc5322 import ParsedMail
from talanoa.lib.rfc5322.lists import (
    addresses_of_list,
    is_of_list,
    name_without_list,
    without_footer,
    writer,
)
from talanoa.mail.actions import number_raw
from talanoa.mail.models import LIST_ADMIN, LIST_MESSAGE, LIST_OTHER
from talanoa.mail.registry import Overheard, Understood

MOST_LETTERS = 50
"""What the program of a list wrote and is kept; more of it is set aside."""
_DATE = b"date"


def hear(heard: Overheard) -> Understood:
    """Take in a mail to a subscribed address, and say what it is."""
    following = Following.objects.filter(secret=heard.token, until=None).select_related("archive").first()
    if following is None:
        return Understood(KEY, LIST_OTHER, stays=False)
    if heard.is_read and _is_of_list(heard, following):
        raw = bytes(heard.kept.data)
        mail = archived(heard.parsed, raw)
        hear_message(following, Found(mail, digest_of(Raw(raw, 0, len(raw)), mail)), at=heard.at)
        return Understood(KEY, LIST_MESSAGE, stays=False)
    if _is_for_keeper(heard, following) and letters_of(following).count() < MOST_LETTERS:
        number_raw(heard.kept, number=following.archive_id)
        return Understood(KEY, LIST_ADMIN, stays=True)
    set_aside(following)
    return Understood(KEY, LIST_OTHER, stays=False)


def archived(parsed: ParsedMail, raw: bytes) -> ArchivedMail:
    """Return a mail of a list as a message of its archive: without what the list adds, under who wrote it."""
    own = addresses_of_list(parsed.list_id, parsed.list_post)
    header = header_of(raw)
    date = header.values.get(_DATE, b"")
    return ArchivedMail(
        message_id=_named(parsed.message_id),
        in_reply_to=_named(parsed.in_reply_to),
        references=tuple(filter(is_message_id, parsed.references))[-MAX_REFERENCES:],
        name=name_without_list(parsed.sender_name),
        address=writer(parsed.sender_address, parsed.behind, own),
        subject=parsed.subject,
        date=date.decode("ascii", "replace"),
        sent_at=parsed.sent_at,
        text=without_footer(parsed.text),
        n_attachments=len(parsed.attachments),
        notes=tuple(dict.fromkeys(parsed.charset_notes)),
        is_fallback=False,
        body_at=header.body_at,
    )


def _named(name: str) -> str:
    return name if is_message_id(name) else ""


def _is_of_list(heard: Overheard, following: Following) -> bool:
    """Tell whether somebody said it on the list; what a machine says under the list's own address, its program says."""
    parsed = heard.parsed
    own = addresses_of_list(parsed.list_id, parsed.list_post)
    is_program = heard.is_machine and is_of_list(parsed.sender_address, own)
    return parsed.list_id == following.list_id and not is_program


def _is_for_keeper(heard: Overheard, following: Following) -> bool:
    own = addresses_of_list(following.list_id, heard.parsed.list_post)
    return not heard.is_read or is_of_list(heard.parsed.sender_address, own)
