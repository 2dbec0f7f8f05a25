"""What the pages of archives share: who may open one, finding one or answering 404, a message as it is shown."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talanoa.archives.models import Archive, ArchivedMessage, Merge
from talanoa.archives.permissions import require_keeper
from talanoa.archives.queries import archive_called, called_by_number, message_called
from talanoa.contributions.forms import GROUND_LABELS
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.archive.merging import SAME_LOCAL, SAME_NAME
from talanoa.lib.quoting import unquoted
from talanoa.people.middleware import asking
from talanoa.processes.skin import second_factor_first

SHOWN_LENGTH = 20_000
"""Characters of one message that stand on a page; the whole of a longer one is a plain text of its own."""

_ESCAPED = re.compile(r"^>(>*From )", re.MULTILINE)
_EVIDENCE = {SAME_NAME: _("the same name: %(what)s"), SAME_LOCAL: _("the same part before the @: %(what)s")}
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as pages show it: own words and what it quotes apart; what it answers, where that is here.

    Of an erased one, `ground` says why in words.
    """

    message: ArchivedMessage
    url: str
    text: str
    quoted: str
    is_cut: bool
    answers: ArchivedMessage | None
    answers_url: str
    ground: str

    @property
    def is_erased(self) -> bool:
        """Tell whether its words are gone."""
        return self.message.erased_at is not None


def keeper_page(view: View) -> View:
    """Admit only those who keep archives, signed in with a second factor; the view gets `archive` and `by`."""

    @login_required
    @wraps(view)
    def admitted(request: HttpRequest, name: str, **more: object) -> HttpResponse:
        person = asking(request)
        if person is None:
            raise NotAllowed(_("Sign in first."))
        require_keeper(person)
        if not person.may_use_office:
            return second_factor_first(request)
        return view(request, archive=archive_or_404(request, name), by=person, **more)

    return admitted


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


def evidence_of(merge: Merge) -> list[str]:
    """Return what speaks for it that two senders are one person, in words."""
    told = (part.partition(": ") for part in merge.evidence.split("; ") if part)
    return [
        str(_EVIDENCE[code]) % {"what": what} if code in _EVIDENCE else code for code, _colon, what in told
    ]


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
        ground=str(GROUND_LABELS.get(message.ground, "")),
    )
