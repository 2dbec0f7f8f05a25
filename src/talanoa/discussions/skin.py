"""What the pages of a discussion share: a message as a reader sees it, finding it, naming a new one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution, ShownAuthor
from talanoa.contributions.queries import named_in
from talanoa.contributions.skin import why_not_shown
from talanoa.discussions.letters import mail_subject
from talanoa.discussions.models import Message, Thread
from talanoa.discussions.queries import called, messages_of, readable
from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.lib.mboxrd import Mail
from talanoa.lib.processkeys import label
from talanoa.mail.posting import outbox
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.processes.skin import process_or_404


@dataclass(frozen=True, slots=True)
class Line:
    """A message as one reader sees it: number and state always, all else only where they may read it."""

    message: Message
    contribution: Contribution
    number: str
    url: str
    may_read: bool
    subject: str
    author: ShownAuthor | None
    answers: str
    answers_url: str
    why: object


def lines_of(messages: Iterable[Message], reader: Person | None) -> list[Line]:
    """Return the messages as `reader` sees them; one query more, whatever their number."""
    rows = list(messages)
    shown = readable(rows, reader)
    return [_line(message, may_read=message.pk in shown) for message in rows]


def _line(message: Message, *, may_read: bool) -> Line:
    contribution = message.contribution
    key, parent = contribution.process.key, message.parent
    return Line(
        message=message,
        contribution=contribution,
        number=label(key, contribution.number),
        url=reverse("discussions:show", args=[key, message.hash]),
        may_read=may_read,
        subject=message.title if may_read else "",
        author=contribution.authorship.shown() if may_read else None,
        answers=label(key, parent.contribution.number) if parent else "",
        answers_url=reverse("discussions:show", args=[key, parent.hash]) if parent else "",
        why=why_not_shown(contribution),
    )


def thread_lines(threads: Iterable[Thread], reader: Person | None) -> list[tuple[Thread, Line]]:
    """Return threads, each with its first message as `reader` sees it."""
    rows = [thread for thread in threads if thread.opening]
    openings = [thread.opening for thread in rows if thread.opening]
    return list(zip(rows, lines_of(openings, reader), strict=True))


def named(lines: Iterable[Line]) -> dict[int, str]:
    """Return the numbers that become links in what this reader may read, each with its kind."""
    return named_in([line.contribution for line in lines if line.may_read])


def message_or_404(request: HttpRequest, key: str, permalink: str) -> tuple[Process, Message]:
    """Return the message with this hash in its address, for whoever may read the process."""
    process = process_or_404(request, key)
    found = called(process, permalink)
    if found is None:
        raise Http404
    return process, found


def thread_or_404(request: HttpRequest, key: str, permalink: str) -> tuple[Process, Thread, list[Line]]:
    """Return the thread that a message stands in, with its messages as the reader sees them."""
    process, found = message_or_404(request, key, permalink)
    return process, found.thread, lines_of(messages_of(found.thread), asking(request))


def new_message_id(process: Process) -> str:
    """Return an identifier of our own for a message that comes without one; nothing can be told from it."""
    return f"{process.key}.{entropy(REAL, 'message id').hex()[:32]}@{outbox.domain}"


def as_mail(line: Line) -> Mail:
    """Return a message as it stands in an mbox; its number stands in for its author's address."""
    message, author = line.message, line.author
    return Mail(
        address=f"{line.number}@{outbox.domain}",
        name=author.name if author else "",
        at=line.contribution.received_at,
        subject=mail_subject(message),
        message_id=message.message_id,
        parent=message.parent.message_id if message.parent else "",
        references=tuple(message.answered_ids()),
        text=whole(message),
    )


def whole(message: Message) -> str:
    """Return the words of a message with what it carries along."""
    return f"{message.text}\n\n{message.quoted}" if message.quoted else message.text


def as_text(lines: Iterable[Line]) -> str:
    """Return a thread as plain text: each message below a line that says who spoke and when."""
    return "\n".join(_as_text(line) for line in lines)


def _as_text(line: Line) -> str:
    rule = "=" * 72
    at = f"{line.contribution.received_at:%Y-%m-%d %H:%M} UTC"
    if line.author is None:
        return f"{rule}\n{line.number}  {at}\n{line.contribution.get_state_display()}\n"
    who = ", ".join(filter(None, (line.author.name, line.author.organization)))
    answers = " · " + _("in answer to %(number)s") % {"number": line.answers} if line.answers else ""
    head = f"{rule}\n{line.number}  {at}{answers}\n{who}\n{line.subject}\n{'-' * 72}\n"
    return f"{head}\n{whole(line.message)}\n"
