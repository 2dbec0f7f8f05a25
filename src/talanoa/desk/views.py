"""Pages of the issue desk: what was brought and what became of it; bring one; answer, reply, erase."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.forms import GROUND_LABELS, EraseForm
from talanoa.contributions.models import Assurance
from talanoa.contributions.skin import once, visitor
from talanoa.desk.actions.answering import answer_issue, hear_body, reconsider_issue, reply_to_answer
from talanoa.desk.actions.bringing import confirm_issue, receive_issue
from talanoa.desk.actions.erasing import erase_issue
from talanoa.desk.forms import AnswerForm, IssueForm, VisitorIssueForm, WordsForm
from talanoa.desk.models import ADDRESS, ANSWER_DAYS, Answer, Issue
from talanoa.desk.permissions import is_at_desk
from talanoa.desk.receipts import receipt_text
from talanoa.desk.skin import desk_page, once_key, own_page
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Process

PER_PAGE = 50


def _mailed() -> str:
    return f"{ADDRESS}@{settings.ENV['TALANOA_MAIL_DOMAIN']}"


def _with_answers() -> Any:
    rows = Answer.objects.select_related("body", "process", "referral", "author_reply").order_by("-number")
    return Prefetch("answers", queryset=rows)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every issue, newest first, with its clock and what followed; the titles that the reader may see."""
    person, at = asking(request), clock.now()
    page = Paginator(Issue.objects.prefetch_related(_with_answers()), PER_PAGE).get_page(
        request.GET.get("page", "1")
    )
    shown = Issue.objects.visible_to(person).filter(pk__in=[issue.pk for issue in page])
    titles = dict(shown.values_list("pk", "title"))
    rows = [(issue, titles.get(issue.pk, ""), issue.is_overdue(at)) for issue in page]
    context = {"rows": rows, "page": page, "address": _mailed(), "days": ANSWER_DAYS}
    return TemplateResponse(request, "issues/index.html", context)


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring an issue; a visitor says who they are and confirms it by mail."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = _receive(asking(request), form, at=clock.now())
        except RuleBroken as broken:
            form.add_error("text" if broken.rule.startswith("text_") else None, broken)
        else:
            told = (
                _("Received. We have written to you: confirm it by answering that mail.")
                if made.state == Issue.State.UNCONFIRMED
                else _("Received. Your receipt comes by mail.")
            )
            messages.success(request, told)
            return redirect("issues:show", made.number)
    context = {"form": form, "address": _mailed(), "days": ANSWER_DAYS}
    return TemplateResponse(request, "issues/bring.html", context)


def _form(request: HttpRequest) -> IssueForm:
    kind = IssueForm if asking(request) else VisitorIssueForm
    return kind(request.POST or None, initial={"once": once()})


@transaction.atomic
def _receive(person: Person | None, form: IssueForm, *, at: datetime) -> Issue:
    """Receive the issue together with its author, or neither."""
    said = form.cleaned_data
    by = author_of(person, assurance=Assurance.PROVEN) if person else visitor(said)
    return receive_issue(
        by=by,
        title=said["title"],
        text=said["text"],
        publication=said["publication"],
        dedup_key=once_key(said["once"], str(by.person.pk), said["title"], said["text"]),
        at=at,
        channel="web",
    )


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show one issue, its clock and its answers; of one that is not public, what follows from it only."""
    person, at = asking(request), clock.now()
    rows = Issue.objects.select_related("bringer", "entry").prefetch_related(_with_answers())
    issue = get_object_or_404(rows, number=number)
    may_read = Issue.objects.visible_to(person).filter(pk=issue.pk).exists()
    answers = list(issue.answers.all())
    processes = [answer.process_id for answer in answers]
    own = may_read and person is not None and issue.person_id == person.pk
    context = {
        "issue": issue,
        "may_read": may_read,
        "author": issue.bringer.shown(),
        "answers": answers,
        "readable": set(
            Process.objects.visible_to(person)
            .filter(pk__in=[pk for pk in processes if pk])
            .values_list("pk", flat=True)
        ),
        "late": at - issue.due_at if issue.is_overdue(at) else None,
        "own": own,
        "may_reply": own and bool(answers) and not hasattr(answers[0], "author_reply"),
        "works": is_at_desk(person),
        "ground": GROUND_LABELS.get(issue.ground, ""),
    }
    return TemplateResponse(request, "issues/show.html", context)


@own_page
@require_safe
def receipt(request: HttpRequest, *, issue: Issue, by: Person) -> HttpResponse:
    """Hand out the receipt as a plain text file."""
    answer = HttpResponse(receipt_text(issue), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="issue-{issue.number}-receipt.txt"'
    return answer


@own_page
@require_POST
def confirm(request: HttpRequest, *, issue: Issue, by: Person) -> HttpResponse:
    """Confirm, signed in with the address that it came from, that an issue is one's own."""
    confirm_issue(issue, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Confirmed. Thank you."))
    return redirect("issues:show", issue.number)


@desk_page
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, *, issue: Issue, by: Person) -> HttpResponse:
    """Answer an issue in public, or answer it once more."""
    form = AnswerForm(request.POST or None, processes=Process.objects.visible_to(by))
    before = issue.newest_answer
    if request.method == "POST" and form.is_valid():
        act = answer_issue if before is None else reconsider_issue
        try:
            act(issue, by=by, said=form.said, at=clock.now(), channel="web")
        except RuleBroken as broken:
            fields = {"process_missing": "process", "body_missing": "body"}
            form.add_error(fields.get(broken.rule), broken)
        else:
            messages.success(request, _("Answered. The answer is public, and its author is told."))
            return redirect("issues:show", issue.number)
    context = {"issue": issue, "form": form, "before": before}
    return TemplateResponse(request, "issues/answer.html", context)


@own_page
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, *, issue: Issue, by: Person) -> HttpResponse:
    """Say to the newest answer what is to be said to it, as the one who brought the issue."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_answer(issue, by=by, text=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            messages.success(request, _("Your reply stands beside the answer, and the issue desk is told."))
            return redirect("issues:show", issue.number)
    return TemplateResponse(request, "issues/reply.html", {"issue": issue, "form": form})


@desk_page
@require_http_methods(["GET", "POST"])
def heard(request: HttpRequest, *, issue: Issue, by: Person) -> HttpResponse:
    """Enter what the body answered that the issue is referred to, where it came another way than by our letter."""
    newest = issue.newest_answer
    referral = getattr(newest, "referral", None) if newest else None
    if referral is None:
        return redirect("issues:show", issue.number)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hear_body(referral, by=by, text=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            messages.success(request, _("Entered. Its author is told."))
            return redirect("issues:show", issue.number)
    return TemplateResponse(request, "issues/heard.html", {"issue": issue, "form": form, "answer": newest})


@desk_page
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, *, issue: Issue, by: Person) -> HttpResponse:
    """Erase the content of an issue, for a listed ground."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erase_issue(issue, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
        messages.success(request, _("Erased. Number, outcome and proof stay."))
        return redirect("issues:show", issue.number)
    return TemplateResponse(request, "issues/erase.html", {"issue": issue, "form": form})
