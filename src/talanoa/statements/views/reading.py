"""Reading: the rounds of a process, one round with its statements, one statement."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.contributions.forms import EraseForm
from talanoa.contributions.moderation import appealable_act
from talanoa.contributions.queries import mentioned_by
from talanoa.kernel import clock
from talanoa.mail.posting import outbox
from talanoa.people.middleware import asking
from talanoa.processes.models import OFFICE, Role
from talanoa.processes.queries import participant
from talanoa.processes.skin import process_or_404
from talanoa.statements.permissions import may_open
from talanoa.statements.queries import number_imported, rounds_of, statements_of, voter_of, votes_of
from talanoa.statements.skin import lines_of, round_or_404, statement_or_404

PAGE = 50


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List the rounds of a process, the newest first."""
    process, at = process_or_404(request, key), clock.now()
    rounds = [(made, made.is_open(at)) for made in rounds_of(process)]
    by = participant(process, asking(request))
    context = {"process": process, "rounds": rounds, "may_open": may_open(by)}
    return TemplateResponse(request, "statements/index.html", context)


@require_safe
def show_round(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show a round: its question, what can be done, and all its statements with one's own votes."""
    made, person, at = round_or_404(request, key, number), asking(request), clock.now()
    page = Paginator(statements_of(made), PAGE).get_page(request.GET.get("page"))
    votes = votes_of(made, person)
    by = participant(made.process, person)
    context = {
        "process": made.process,
        "round": made,
        "page": page,
        "lines": lines_of(page.object_list, person, votes),
        "is_open": made.is_open(at),
        "is_due": made.closed_at is None and at >= made.closes_at,
        "n_own": len(votes),
        "has_voted": voter_of(made, person) is not None,
        "n_imported": number_imported(made),
        "works": by is not None and by.has_role(*OFFICE),
        "may_enter": may_open(by),
        "address": f"{made.process.key}@{outbox.domain}",
    }
    return TemplateResponse(request, "statements/round.html", context)


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one statement, or what may be said of it where it cannot be read."""
    statement, person, at = statement_or_404(request, key, number), asking(request), clock.now()
    made, contribution = statement.round, statement.contribution
    [line] = lines_of([statement], person, votes_of(made, person))
    by = participant(made.process, person)
    own = person is not None and person.pk == contribution.person_id
    context = {
        "process": made.process,
        "round": made,
        "line": line,
        "contribution": contribution,
        "is_open": made.is_open(at),
        "mentioned_by": mentioned_by(contribution, person),
        "own": own,
        "may_withdraw": own and contribution.state in contribution.COUNTED_STATES,
        "may_flag": contribution.is_public and not own and contribution.state == contribution.State.PUBLISHED,
        "act": appealable_act(contribution, at=at) if own else None,
        "works": by is not None and by.has_role(*OFFICE),
        "erase_form": EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None,
    }
    return TemplateResponse(request, "statements/show.html", context)
