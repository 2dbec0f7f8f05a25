"""Hands the queued mails to the operator's mail server, each once: it is marked as sent right after the server's 250.

A program that dies between the two sends the mail again, under the same Message-ID. A server that falls silent
after it was told the mail may have taken it: it is told once more, and then no more.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from talanoa.kernel.faults import fault_point
from talanoa.lib.smtp_line import Answer, Fate, Line, LineDown
from talanoa.mail.actions import claim_mail, count_bounce, give_up, mark_sent, put_off
from talanoa.mail.bouncing import HARD
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.outbox import as_bytes, envelope_sender
from talanoa.mail.posting import outbox
from talanoa.mail.queries import waiting

BATCH = 1_000
"""Mails for which one connection is kept."""
Now = Callable[[], datetime]
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """What one round did: mails taken by the server, put off, given up; and why it ended early, if it did."""

    taken: int = 0
    later: int = 0
    never: int = 0
    down: str = ""


def send_due(*, now: Now, only: Iterable[int] | None = None) -> Sent:
    """Send every mail that is due, or those of the rows `only`; `now` tells the time (aware, UTC) whenever asked.

    Without a mail server nothing happens. Logs codes and row numbers, never a word or an address.
    """
    done = Sent()
    if outbox.smtp is None:
        return done
    rows = waiting(now()) if only is None else waiting(now()).filter(pk__in=list(only))
    due = list(rows.values_list("pk", flat=True)[:BATCH])
    while due and not done.down:
        try:
            with closing(Line(outbox.smtp, name=outbox.domain)) as line:
                _hand_over_all(line, due, done, now)
        except LineDown as down:
            done.down = down.code
            log.warning("the mail server does not take mail now: %s", down.code)
    return done


def _hand_over_all(line: Line, due: list[int], done: Sent, now: Now) -> None:
    """Hand over mails from the front of `due` until none is left or the line is gone."""
    while due and line.is_open:
        message = claim_mail(due.pop(0), at=now())
        if message is None:
            continue
        fault_point("before-send")
        try:
            answer = line.hand_over(as_bytes(message), sender=envelope_sender(message), recipient=message.to)
        except LineDown as down:
            done.later += put_off(message, code=down.code, at=now())
            raise
        fault_point("after-send")
        _note(message, answer, done, now())


def _note(message: OutgoingMessage, answer: Answer, done: Sent, at: datetime) -> None:
    """Write down what the server's answer means for a mail."""
    if answer.fate is Fate.TAKEN:
        mark_sent(message, at=at)
        done.taken += 1
        return
    log.warning("mail %s was not taken: %s", message.pk, answer.reply)
    told_twice = answer.fate is Fate.UNDECIDED and message.error == answer.reply
    if answer.fate is Fate.NEVER or told_twice:
        give_up(message, code=answer.reply, at=at)
        done.never += 1
    elif put_off(message, code=answer.reply, at=at):
        done.later += 1
    else:
        done.never += 1
    if answer.no_such_mailbox:
        count_bounce(message, weight=HARD, at=at)
