"""Speaking about a draft: comment, suggest, the receipt, taking it back, saying what the text needs."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.actions.standing import author_of, withdraw
from talanoa.contributions.models import Assurance, Contribution
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
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.actions.remarking import Remarked, comment_on, suggest
from talanoa.drafts.forms import CommentForm, NeedForm, SuggestForm, VisitorCommentForm, VisitorSuggestForm
from talanoa.drafts.models import Draft, Suggestion
from talanoa.drafts.queries import paragraph_at
from talanoa.drafts.skin import WHOLE, Remark, block_of, draft_or_404, newest_of, remark_or_404
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import label
from talanoa.people.middleware import asking
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Process

FIELDS = {"quote_unknown": "quote", "one_paragraph": "replacement", "recommendation_numbers": "replacement"}
"""The field beside which a refusal is told."""


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, key: str, draft: int, anchor: str) -> HttpResponse:
    """Comment on a paragraph, or on the whole text; a visitor says who they are and confirms it by mail."""
    process, found = draft_or_404(request, key, draft)
    newest = newest_of(found)
    row = _row(newest, anchor)
    kind = CommentForm if asking(request) else VisitorCommentForm
    form = kind(request.POST or None, initial={"once": once(), "read": newest.number})
    return _speak(request, process, found, row, form, template="drafts/comment.html")


@require_http_methods(["GET", "POST"])
def suggest_words(request: HttpRequest, key: str, draft: int, anchor: str) -> HttpResponse:
    """Suggest other words for one paragraph."""
    process, found = draft_or_404(request, key, draft)
    newest = newest_of(found)
    row = _row(newest, anchor)
    if row is None:
        raise Http404
    kind = SuggestForm if asking(request) else VisitorSuggestForm
    start = {"once": once(), "read": newest.number, "replacement": row.text}
    form = kind(request.POST or None, initial=start)
    return _speak(request, process, found, row, form, template="drafts/suggest.html")


def _row(newest: Revision, anchor: str) -> Paragraph | None:
    """Return the paragraph that is meant, None for the whole text."""
    if anchor == WHOLE:
        return None
    found = paragraph_at(newest, anchor)
    if found is None:
        raise Http404
    return found


def _speak(
    request: HttpRequest, process: Process, draft: Draft, row: Paragraph | None, form: Any, *, template: str
) -> HttpResponse:
    at = clock.now()
    if not process.drafts_at(at):
        return TemplateResponse(
            request, "drafts/closed.html", {"process": process, "draft": draft}, status=409
        )
    if request.method == "POST" and form.is_valid():
        try:
            made = _said(request, process, draft, row, form, at=at)
        except RuleBroken as broken:
            form.add_error(_field(form, broken), broken)
        else:
            remember_sent(request, made.contribution)
            return redirect("drafts:received", process.key, made.contribution.number)
    context = {
        "process": process,
        "draft": draft,
        "form": form,
        "anchor": row.anchor if row else WHOLE,
        "shown": block_of(row) if row else None,
        "person": asking(request),
    }
    return TemplateResponse(request, template, context)


def _field(form: forms.Form, broken: RuleBroken) -> str | None:
    """Return the field beside which a refusal stands; None for above them all."""
    name = FIELDS.get(broken.rule, "text" if broken.rule.startswith("text_") else "")
    if name == "text" and "replacement" in form.fields:
        name = "replacement"
    return name if name in form.fields else None


@transaction.atomic
def _said(
    request: HttpRequest, process: Process, draft: Draft, row: Paragraph | None, form: Any, *, at: datetime
) -> Remark:
    """Receive what was said together with its author, or neither."""
    person, words = asking(request), form.cleaned_data
    author = author_of(person, assurance=Assurance.PROVEN) if person else visitor(words)
    by = enter(process, author.person, at=at, group=author.group)
    read = draft.document.revisions.filter(number=words["read"]).first() or newest_of(draft)
    anchor, quote, other = row.anchor if row else "", words.get("quote", ""), words.get("replacement", "")
    place = f"{draft.number} {anchor}"
    told: dict[str, Any] = {
        "by": by,
        "author": author,
        "said": Remarked(anchor=anchor, text=words["text"], quote=quote, replacement=other),
        "dedup_key": once_key(process, author.person, words["once"], place, words["text"], quote, other),
        "channel": "web",
        "at": at,
    }
    return suggest(read, **told) if isinstance(form, SuggestForm) else comment_on(read, **told)


def _own_or_404(request: HttpRequest, key: str, number: int) -> Contribution:
    """Return a comment or suggestion to its author, to the desk, or to the browser that sent it."""
    _process, remark = remark_or_404(request, key, number)
    return own_or_404(request, key, number, remark.contribution.kind)


@require_safe
def received(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the number and the receipt of what was just said."""
    contribution = _own_or_404(request, key, number)
    context = {
        "process": contribution.process,
        "draft": contribution.words.draft,
        "contribution": contribution,
        "called": label(contribution.process.key, number),
        "receipt": receipt_text(contribution),
    }
    return TemplateResponse(request, "drafts/received.html", context)


@require_safe
def receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the receipt as a plain text file."""
    return receipt_file(_own_or_404(request, key, number))


@require_POST
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one's own comment or suggestion."""
    contribution = _own_or_404(request, key, number)
    by = enter(contribution.process, author_or_404(request, contribution), at=clock.now())
    withdraw(contribution, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Withdrawn. Number and receipt stay on the record."))
    return redirect("drafts:remark", key, number)


@login_required
@require_POST
def need(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say that a suggestion must or should be in the text, or take that back."""
    process, remark = remark_or_404(request, key, number)
    form, person, at = NeedForm(request.POST), asking(request), clock.now()
    if not isinstance(remark, Suggestion) or not form.is_valid() or person is None:
        raise Http404
    with transaction.atomic():  # who may not say it does not enter the process either
        by = enter(process, person, at=at)
        state_need(remark, by=by, degree=form.cleaned_data["degree"], at=at, channel="web")
    messages.success(request, _("Noted. How many say so is public; who says so is not."))
    return redirect("drafts:remark", key, number)
