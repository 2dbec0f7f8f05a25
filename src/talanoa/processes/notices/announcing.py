"""The mails of an announcement: one to whoever made it, to pass on, and one to each list that it names."""

from talanoa.lib import announcements
from talanoa.lib.mailboxes import mailbox
from talanoa.mail.actions import queue_mail
from talanoa.mail.posting import outbox
from talanoa.mail.queries import is_silenced
from talanoa.processes.letters.announcing import announcement_text
from talanoa.processes.models import Announcement, FollowedList
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields


def tell_announced(entry: Entry) -> None:
    """Queue the mails of an announcement. Each is the same mail, under the same Message-ID."""
    number = public_fields(entry)["announcement"]
    made = Announcement.objects.select_related("process", "by__person").get(
        process__key=entry.process_key, number=number
    )
    text, person = announcement_text(made, at=entry.at), made.by.person
    lists = FollowedList.objects.filter(process=made.process, list_id__in=made.lists)
    to = {f"list-{row.pk}": row.post for row in lists if row.post}
    if person.address and not is_silenced(person):
        to["own"] = person.address
    for called, address in to.items():
        queue_mail(
            key=f"announcement-{made.pk}-{called}",
            to=address,
            subject=made.title,
            text=text,
            headers=_headers(made),
            at=entry.at,
            process_key=made.process.key,
        )


def _headers(made: Announcement) -> dict[str, str]:
    """Return the headers of a mail by a person to a list: the process speaks, and no list of ours is named."""
    key = made.process.key
    return {
        "From": mailbox(made.process.title, f"{key}@{outbox.domain}"),
        "Message-ID": f"<{announcements.message_id(key, made.number, outbox.domain)}>",
        "List-Id": "",
        "Content-Language": made.language,
    }
