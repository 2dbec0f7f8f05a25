"""Reading consensus calls: the list, one call, who stands where, an objection, a minority statement."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.consensus.contestable import may_appeal_finding
from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import Call, Designation, MinorityStatement, Option
from talanoa.consensus.queries import handlings_of, minority_until, recommendation_texts, register_of
from talanoa.consensus.rows import contests_of
from talanoa.consensus.skin import call_or_404, lines_of, objection_of
from talanoa.contributions.forms import EraseForm
from talanoa.contributions.skin import why_not_shown
from talanoa.drafts.permissions import WRITERS
from talanoa.drafts.queries import drafts_of
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.people.models import Group
from talanoa.processes.facts import RULE_NAMES
from talanoa.processes.models import Role
from talanoa.processes.queries import participant
from talanoa.processes.skin import process_or_404

PER_PAGE = 100
GROUPS = dict(Group.choices)


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """Show the calls of a process, the newest first."""
    process = process_or_404(request, key)
    rows = process.calls.select_related("process", "revision", "draft__document").order_by("-number")
    at = clock.now()
    by = participant(process, asking(request))
    chairs = by is not None and by.has_role(Role.CHAIR)
    context = {
        "process": process,
        "calls": [{"call": call, "state": state_of(call, at)} for call in rows],
        "to_call": drafts_of(process) if chairs else [],
    }
    return TemplateResponse(request, "consensus/index.html", context)


def state_of(call: Call, at: datetime) -> str:
    """Return where a call stands at `at` (aware, UTC): open, over, declared, or stale where its text has changed."""
    if call.is_stale():
        return "stale"
    if call.declared_at is not None:
        return "declared"
    return "open" if call.takes_positions(at) else "over"


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one call: the question, the text, where people stand, each objection, what was found."""
    call, at = call_or_404(request, key, number), clock.now()
    by = participant(call.process, asking(request))
    texts = recommendation_texts(call)
    rows = list(call.designations.order_by("pk"))
    found = {row.recommendation: row for row in rows if row.annulled_at is None}
    annulled = {row.recommendation: row.annulled_at for row in rows if row.annulled_at}
    until = minority_until(call)
    context = {
        "process": call.process,
        "call": call,
        "state": state_of(call, at),
        "evidence": call.evidence.select_related("round"),
        "rule": RULE_NAMES[call.decision_rule.code],
        "texts": [_text(n, texts, found) | {"annulled_at": annulled.get(n)} for n in call.recommendations],
        "lines": lines_of(register_of(call), asking(request)),
        "counts": _counts(call),
        "estimates": [(row, _levels(row.levels)) for row in call.estimates.all()],
        "statements": MinorityStatement.objects.visible_to(asking(request))
        .filter(call=call)
        .select_related("contribution__process", "contribution__authorship"),
        "minority_until": until if until and at < until else None,
        "contests": contests_of(call, at),
        "chairs": by is not None and by.has_role(Role.CHAIR),
    }
    return TemplateResponse(request, "consensus/show.html", context)


def _text(number: int, texts: dict[int, Any], found: dict[int, Designation]) -> dict[str, Any]:
    row = found.get(number)
    return {
        "number": number,
        "text": texts[number].text if number in texts else "",
        "designation": row,
        "level": LEVEL_NAMES[row.level] if row else "",
    }


def _levels(levels: dict[str, str]) -> list[tuple[int, Any]]:
    return [(int(number), LEVEL_NAMES[level]) for number, level in levels.items()]


def _counts(call: Call) -> list[tuple[str, int]]:
    """Return how many stand where, of those who said so last: it informs, and is nowhere read again."""
    rows = (
        call.positions.newest()
        .values_list("option")
        .order_by("option")
        .annotate(n=Count("participant", distinct=True))
    )
    told = dict(rows)
    return [(str(label), told[option]) for option, label in Option.choices if option in told]


@require_safe
def positions(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show who stands where and why, the newest last."""
    call = call_or_404(request, key, number)
    rows = call.positions.newest().order_by("pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    listed = [(row, GROUPS.get(row.group, row.group)) for row in page]
    context = {"process": call.process, "call": call, "page": page, "rows": listed}
    return TemplateResponse(request, "consensus/positions.html", context)


@require_safe
def objection(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show an objection and all that was done about it."""
    process = process_or_404(request, key)
    found = objection_of(process, number)
    person = asking(request)
    by = participant(process, person)
    line = lines_of([found], person)[0]
    runs = found.call.declared_at is None
    context = {
        "process": process,
        "line": line,
        "objection": found,
        "handlings": handlings_of(found) if line.may_read else [],
        "own": person is not None and person.pk == found.contribution.person_id,
        "may_answer": runs and by is not None and by.has_role(*WRITERS),
        "chairs": runs and by is not None and by.has_role(Role.CHAIR),
        "runs": runs,
        "may_appeal": may_appeal_finding(found, clock.now()),
        "erase_form": EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None,
    }
    return TemplateResponse(request, "consensus/objection.html", context)


@require_safe
def statement(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show a minority statement."""
    process = process_or_404(request, key)
    rows = MinorityStatement.objects.filter(contribution__process=process).select_related(
        "contribution__process", "contribution__authorship", "call"
    )
    found = get_object_or_404(rows, contribution__number=number)
    person = asking(request)
    own = person is not None and person.pk == found.contribution.person_id
    by = participant(process, person)
    erase_form = EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None
    context = {
        "process": process,
        "statement": found,
        "may_read": MinorityStatement.objects.visible_to(person).filter(pk=found.pk).exists(),
        "why": why_not_shown(found.contribution),
        "own": own,
        "erase_form": erase_form,
    }
    return TemplateResponse(request, "consensus/statement.html", context)
