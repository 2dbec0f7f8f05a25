"""What the pages of a round share: finding it, and a statement as one reader sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from talanoa.contributions.models import Contribution, ShownAuthor
from talanoa.contributions.skin import why_not_shown
from talanoa.lib.processkeys import label
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.skin import process_or_404
from talanoa.statements.models import Round, Statement, Vote
from talanoa.statements.queries import readable, statement_numbered


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as one reader sees it: number and state always, its words only where they may read them.

    `vote` is how they vote on it themselves, with its name.
    """

    statement: Statement
    contribution: Contribution
    number: str
    url: str
    may_read: bool
    can_vote: bool
    author: ShownAuthor | None
    why: object
    vote: str
    vote_name: str


def lines_of(statements: Iterable[Statement], reader: Person | None, votes: Mapping[int, str]) -> list[Line]:
    """Return statements as `reader`, who votes so by place, sees them; one query more, whatever their number."""
    rows = list(statements)
    shown = readable(rows, reader)
    return [_line(one, may_read=one.pk in shown, vote=votes.get(one.place, "")) for one in rows]


def _line(one: Statement, *, may_read: bool, vote: str) -> Line:
    contribution = one.contribution
    key = contribution.process.key
    return Line(
        statement=one,
        contribution=contribution,
        number=label(key, contribution.number),
        url=reverse("statements:show", args=[key, contribution.number]),
        may_read=may_read,
        can_vote=contribution.state == Contribution.State.PUBLISHED,
        author=contribution.authorship.shown() if may_read else None,
        why=why_not_shown(contribution),
        vote=vote,
        vote_name=str(Vote(vote).label) if vote else "",
    )


def round_or_404(request: HttpRequest, key: str, number: int) -> Round:
    """Return the round with this number, for whoever may read the process."""
    rows = Round.objects.visible_to(asking(request)).select_related("process")
    return get_object_or_404(rows, process__key=key, number=number)


def statement_or_404(request: HttpRequest, key: str, number: int) -> Statement:
    """Return the statement with this number, for whoever may read the process."""
    found = statement_numbered(process_or_404(request, key), number)
    if found is None:
        raise Http404
    return found
