"""What the pages of archives share: finding one or answering 404, a message as it is shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from talanoa.archives.models import Archive, ArchivedMessage
from talanoa.archives.queries import archive_called, called_by_number, message_called
from talanoa.lib.quoting import unquoted
from talanoa.people.middleware import asking

SHOWN_LENGTH = 20_000
"""Characters of one message that stand on a page; the whole of a longer one is a plain text of its own."""

_ESCAPED = re.compile(r"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as pages show it: own words and what it quotes apart; what it answers, where that is here."""

    message: ArchivedMessage
    url: str
    text: str
    quoted: str
    is_cut: bool
    answers: ArchivedMessage | None
    answers_url: str


def archive_or_404(request: HttpRequest, name: str) -> Archive:
    """Return the archive if whoever asks may read it; otherwise nobody learns whether it is there."""
    found = archive_called(name, asking(request))
    if found is None:
        raise Http404
    return found


def message_or_404(request: HttpRequest, name: str, permalink: str) -> tuple[Archive, ArchivedMessage]:
    """Return an archive and its message with this hash."""
    archive = archive_or_404(request, name)
    found = message_called(archive, permalink)
    if found is None:
        raise Http404
    return archive, found


def shown(archive: Archive, messages: Iterable[ArchivedMessage]) -> list[Shown]:
    """Return messages as they are shown; one query more, whatever their number."""
    rows = list(messages)
    answered = called_by_number(archive, (row.parent_number for row in rows))
    return [_shown(archive, row, answered.get(row.parent_number or 0)) for row in rows]


def address(archive: Archive, message: ArchivedMessage) -> str:
    """Return the permanent address of a message."""
    return reverse("archives:show", args=[archive.name, message.hash])


def plain_text(message: ArchivedMessage) -> str:
    """Return the words of a message without the escape that mailbox files put before a line with `From `."""
    return _ESCAPED.sub(r"\1", message.text) if ">From " in message.text else message.text


def _shown(archive: Archive, message: ArchivedMessage, answered: ArchivedMessage | None) -> Shown:
    whole = plain_text(message)
    text, quoted = unquoted(whole[:SHOWN_LENGTH])
    return Shown(
        message=message,
        url=address(archive, message),
        text=text,
        quoted=quoted,
        is_cut=len(whole) > SHOWN_LENGTH,
        answers=answered,
        answers_url=address(archive, answered) if answered else "",
    )
