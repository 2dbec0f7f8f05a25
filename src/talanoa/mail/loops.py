"""When a mail is not answered: two machines that answer each other would never end (RFC 3834).

A receipt always goes to whoever sent an input, unless a machine did. Anything else is answered once a day for each
sender and process, unless a proven sender asked for it by a command. No conversation gets more than five answers in
a day.
"""

import hashlib
import re
from datetime import datetime, timedelta

from talanoa.lib.rfc5322 import ParsedMail
from talanoa.lib.rfc5322.lists import addresses_of_list, is_of_list
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.posting import outbox
from talanoa.mail.queries import n_answers, n_in_thread

DAY = timedelta(hours=24)
MOST_IN_THREAD = 5
_OURS = re.compile(r"(\d{1,18})\.[^@]*@(.+)")
_AGAIN = re.compile(r"(?:\s*[\w\[\]]{1,8}\s*[:：])+|\d+")


def is_automatic(parsed: ParsedMail) -> bool:
    """Tell whether a machine sent the mail, or it is one of ours that came back by a list or a loop."""
    domain = outbox.domain.lower()
    is_ours = parsed.list_id.endswith(f".{domain}") or domain in parsed.loops
    return parsed.auto_submitted or is_ours


def is_lists_own(parsed: ParsedMail, address: str) -> bool:
    """Tell whether `address` is that of the list which carried the mail: what goes there goes to all its members."""
    return is_of_list(address, addresses_of_list(parsed.list_id, parsed.list_post))


def may_answer(
    parsed: ParsedMail, address: str, *, process_key: str, asked_for: bool, thread: str, at: datetime
) -> bool:
    """Tell whether an answer may go to `address`.

    `asked_for` says that the mail got a number or holds a command of a proven sender; `at` is aware, UTC.
    """
    if not address or is_automatic(parsed) or is_lists_own(parsed, address):
        return False
    if n_in_thread(address, thread=thread, since=at - DAY) >= MOST_IN_THREAD:
        return False
    return asked_for or n_answers(address, process_key=process_key, since=at - DAY) == 0


def thread_of(parsed: ParsedMail, *, process_key: str, is_reply: bool) -> str:
    """Return a name for the conversation that a mail belongs to, the same for all of them.

    A mail to a reply address that names no mail before it is told by its subject: programs write such.
    """
    before = (*parsed.references[:1], parsed.in_reply_to)
    for named in filter(None, (parsed.in_reply_to, *parsed.references)):
        found = _OURS.fullmatch(named)
        if found and found[2].lower() == outbox.domain.lower():
            row = OutgoingMessage.objects.filter(pk=int(found[1])).first()
            if row is not None:
                return row.thread or _digest(named)
    if is_reply and not any(before):
        return _digest(f"{parsed.sender_address} {process_key} {_AGAIN.sub('', parsed.subject)}")
    return _digest(next(filter(None, before), parsed.message_id))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
