"""Voting: one statement at a time, or ten on a page; one's own votes, ballots and receipts."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.models import Assurance
from talanoa.contributions.skin import once, once_key
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.queries import participant
from talanoa.statements.actions.voting import cast_ballot, erase_votes
from talanoa.statements.forms import BallotForm, VoteForm
from talanoa.statements.letters import AT_ONCE
from talanoa.statements.models import Ballot, Round, Statement
from talanoa.statements.queries import (
    ballots_of,
    next_statements,
    statements_of,
    votable_among,
    votes_of,
)
from talanoa.statements.receipts import ballot_receipt
from talanoa.statements.skin import lines_of, round_or_404


def _person(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first: each person votes once."))
    return person


@transaction.atomic  # who may not vote does not enter the process either
def _cast(made: Round, person: Person, votes: Mapping[int, str], said: str, *, at: datetime) -> Ballot:
    by = enter(made.process, person, at=at)
    lines = " ".join(f"{number}{vote}" for number, vote in sorted(votes.items()))
    return cast_ballot(
        made,
        by=by,
        voter=by,
        votes=votes,
        assurance=Assurance.PROVEN,
        dedup_key=once_key(made.process, person, said, str(made.number), lines),
        at=at,
        channel="web",
    )


def _asked(request: HttpRequest, made: Round, person: Person) -> Statement | None:
    """Return the statement that a link asks about, or the next one."""
    number = request.GET.get("n", "")
    rows = statements_of(made).votable()
    found = rows.filter(contribution__number=int(number)).first() if number.isdecimal() else None
    asked = next_statements(made, participant(made.process, person), person, most=1)
    return found or next(iter(asked), None)


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Vote on one statement with one of three buttons; then comes the next one."""
    made, person, at = round_or_404(request, key, number), _person(request), clock.now()
    made.check_open(at)
    if request.method == "POST":
        form = VoteForm(request.POST)
        if not form.is_valid():
            raise Http404
        said = form.cleaned_data
        _cast(made, person, {said["number"]: said["vote"]}, said["once"], at=at)
        return redirect("statements:vote", key, number)
    asked, votes = _asked(request, made, person), votes_of(made, person)
    n_all = statements_of(made).votable().count()
    context = {
        "process": made.process,
        "round": made,
        "line": lines_of([asked], person, votes)[0] if asked else None,
        "once": once(),
        "n_own": len(votes),
        "n_left": max(n_all - len(votes), 0),
    }
    return TemplateResponse(request, "statements/vote.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def vote_on_ten(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Vote on ten statements at once."""
    made, person, at = round_or_404(request, key, number), _person(request), clock.now()
    made.check_open(at)
    if request.method == "POST":
        form = BallotForm(request.POST, statements=votable_among(made, BallotForm.numbers_in(request.POST)))
        if form.is_valid():
            try:
                _cast(made, person, form.votes, form.cleaned_data["once"], at=at)
            except RuleBroken as broken:
                form.add_error(None, broken)
            else:
                # The next page says how many votes one has: a message would be a second writing for each ballot.
                return redirect("statements:ballot", key, number)
    rows = next_statements(made, participant(made.process, person), person, most=AT_ONCE)
    if request.method != "POST":
        form = BallotForm(statements=rows, initial={"once": once()})
    context = {
        "process": made.process,
        "round": made,
        "form": form,
        "n_asked": len(rows),
        "n_own": len(votes_of(made, person)),
    }
    return TemplateResponse(request, "statements/ballot.html", context)


@login_required
@require_safe
def mine(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show how one votes, and each ballot with its receipt; nobody else sees this page."""
    made, person = round_or_404(request, key, number), _person(request)
    votes = votes_of(made, person)
    rows = [one for one in statements_of(made) if one.place in votes]
    sent = ballots_of(made, person)
    context = {
        "process": made.process,
        "round": made,
        "is_open": made.is_open(clock.now()),
        "lines": lines_of(rows, person, votes),
        "ballots": [(len(sent) - at, row) for at, row in enumerate(sent)],
        "receipt": ballot_receipt(sent[0]) if sent and sent[0].lines else "",
    }
    return TemplateResponse(request, "statements/mine.html", context)


@login_required
@require_safe
def receipt(request: HttpRequest, key: str, number: int, ballot: int) -> HttpResponse:
    """Hand out the receipt of one's own ballot, counted from the first, as a plain text file."""
    made, person = round_or_404(request, key, number), _person(request)
    sent = list(reversed(ballots_of(made, person)))
    if not 1 <= ballot <= len(sent) or not sent[ballot - 1].lines:
        raise Http404
    answer = HttpResponse(ballot_receipt(sent[ballot - 1]), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-round-{number}-ballot-{ballot}.txt"'
    return answer


@login_required
@require_POST
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take all one's votes back, and have them destroyed."""
    made, person, at = round_or_404(request, key, number), _person(request), clock.now()
    with transaction.atomic():  # who has no votes does not enter the process either
        by = enter(made.process, person, at=at)
        erase_votes(made, by=by, at=at, channel="web")
    messages.success(
        request, _("Your votes are erased. They count no more; that there were ballots stays on the record.")
    )
    return redirect("statements:round", key, number)
