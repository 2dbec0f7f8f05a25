"""Proposing a statement, its receipt, taking it back."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.actions.standing import author_of, withdraw
from talanoa.contributions.models import Assurance
from talanoa.contributions.receipts import receipt_text
from talanoa.contributions.skin import (
    author_or_404,
    once,
    once_key,
    own_or_404,
    receipt_file,
    remember_sent,
    visitor,
)
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import label
from talanoa.people.middleware import asking
from talanoa.processes.actions.roles import enter
from talanoa.statements.actions.proposing import KIND, Proposed, propose_statement
from talanoa.statements.forms import ProposeForm, VisitorProposeForm
from talanoa.statements.models import Round, Statement
from talanoa.statements.skin import round_or_404

AT_THE_TEXT = (
    "one_idea",
    "reads_as_vote",
    "statement_known",
    "statement_similar",
    "text_empty",
    "text_too_long",
)
"""Refusals that stand beside the sentence."""


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Propose a statement; a visitor says who they are and confirms it by mail."""
    made, at = round_or_404(request, key, number), clock.now()
    made.check_open(at)
    kind = ProposeForm if asking(request) else VisitorProposeForm
    form = kind(request.POST or None, initial={"once": once()})
    is_near = False
    if request.method == "POST" and form.is_valid():
        try:
            stated = _proposed(request, made, form, at=at)
        except RuleBroken as broken:
            is_near = broken.rule == "statement_similar"
            form.add_error("text" if broken.rule in AT_THE_TEXT else None, broken)
        else:
            remember_sent(request, stated.contribution)
            return redirect("statements:received", key, stated.contribution.number)
    if not is_near:
        form.leave_out_difference()
    context = {"process": made.process, "round": made, "form": form, "person": asking(request)}
    return TemplateResponse(request, "statements/propose.html", context)


@transaction.atomic
def _proposed(request: HttpRequest, made: Round, form: ProposeForm, *, at: datetime) -> Statement:
    """Receive the statement together with its author, or neither."""
    person, said = asking(request), form.cleaned_data
    author = author_of(person, assurance=Assurance.PROVEN) if person else visitor(said)
    by = enter(made.process, author.person, at=at, group=author.group)
    return propose_statement(
        made,
        by=by,
        author=author,
        proposed=Proposed(said["text"], said.get("differs", False)),
        dedup_key=once_key(made.process, author.person, said["once"], str(made.number), said["text"]),
        at=at,
        channel="web",
    )


@require_safe
def received(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the number and the receipt of what was just proposed."""
    contribution = own_or_404(request, key, number, KIND)
    context = {
        "process": contribution.process,
        "round": contribution.words.round,
        "contribution": contribution,
        "called": label(key, number),
        "receipt": receipt_text(contribution),
    }
    return TemplateResponse(request, "statements/received.html", context)


@require_safe
def receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the receipt as a plain text file."""
    return receipt_file(own_or_404(request, key, number, KIND))


@require_POST
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one's own statement."""
    contribution = own_or_404(request, key, number, KIND)
    by = enter(contribution.process, author_or_404(request, contribution), at=clock.now())
    withdraw(contribution, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Withdrawn. Number and receipt stay on the record."))
    return redirect("statements:show", key, number)
