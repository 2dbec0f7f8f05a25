"""Saying something in a discussion, taking it back, pinning a summary, erasing."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.contributions.actions.standing import author_of, withdraw
from talanoa.contributions.forms import EraseForm
from talanoa.contributions.models import Assurance
from talanoa.contributions.skin import author_or_404, once, once_key, own_or_404, remember_sent, visitor
from talanoa.discussions.actions import Said, erase_message, pin_summary, reply, start_thread
from talanoa.discussions.forms import SayForm, SummaryForm, VisitorSayForm
from talanoa.discussions.models import Message
from talanoa.discussions.queries import called, numbered, summaries
from talanoa.discussions.skin import lines_of, message_or_404, new_message_id
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.skin import office_page, process_or_404


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a thread; a visitor says who they are and confirms it by mail."""
    return _write(request, process_or_404(request, key), None)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: str, permalink: str) -> HttpResponse:
    """Answer a message in its thread."""
    process, parent = message_or_404(request, key, permalink)
    return _write(request, process, parent)


def _write(request: HttpRequest, process: Process, parent: Message | None) -> HttpResponse:
    at = clock.now()
    line = lines_of([parent], asking(request))[0] if parent else None
    if line is not None and not line.may_read:
        raise Http404
    if not process.takes_discussion(at):
        return TemplateResponse(request, "discussions/closed.html", {"process": process}, status=409)
    kind = SayForm if asking(request) else VisitorSayForm
    form = kind(request.POST or None, initial={"once": once()}, is_answer=parent is not None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _say(request, process, parent, form, at=at)
        except RuleBroken as broken:
            form.add_error("text" if broken.rule.startswith("text_") else None, broken)
        else:
            remember_sent(request, made.contribution)
            return redirect("discussions:received", process.key, made.contribution.number)
    context = {"process": process, "form": form, "line": line, "named": {}}
    return TemplateResponse(request, "discussions/write.html", context)


@transaction.atomic
def _say(
    request: HttpRequest, process: Process, parent: Message | None, form: SayForm, *, at: datetime
) -> Message:
    """Receive the message together with its author, or neither."""
    person, words = asking(request), form.cleaned_data
    author = author_of(person, assurance=Assurance.PROVEN) if person else visitor(words)
    by = enter(process, author.person, at=at, group=author.group)
    subject, text = words.get("subject", ""), words["text"]
    place = parent.hash if parent else ""
    said = Said(subject=subject, text=text, message_id=new_message_id(process))
    key = once_key(process, author.person, words["once"], place, subject, text)
    if parent is None:
        return start_thread(process, by=by, author=author, said=said, dedup_key=key, channel="web", at=at)
    return reply(parent, by=by, author=author, said=said, dedup_key=key, channel="web", at=at)


@require_POST
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one's own message."""
    contribution = own_or_404(request, key, number, "message")
    by = enter(contribution.process, author_or_404(request, contribution), at=clock.now())
    withdraw(contribution, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Withdrawn. Number and receipt stay on the record."))
    return redirect("discussions:show", key, contribution.message.hash)


@office_page()
@require_http_methods(["GET", "POST"])
def summarize(request: HttpRequest, *, process: Process, by: Participant, permalink: str) -> HttpResponse:
    """Pin a summary to a thread under one's own name, or a newer version of it."""
    found = called(process, permalink)
    if found is None:
        raise Http404
    newest = summaries(found.thread).first()
    form = SummaryForm(request.POST or None, initial={"text": newest.text if newest else ""})
    if request.method == "POST" and form.is_valid():
        try:
            pin_summary(found.thread, by=by, text=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            messages.success(request, _("Pinned, with your name. The versions before it stay."))
            return redirect("discussions:thread", process.key, permalink)
    context = {"process": process, "form": form, "message": found, "newest": newest}
    return TemplateResponse(request, "discussions/summarize.html", context)


@office_page(Role.CONVENOR)
@require_POST
def erase(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Erase the content of a message; the act and its ground are on the record."""
    found = numbered(process, number)
    form = EraseForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    erase_message(found, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
    messages.success(request, _("The content is erased. Number, entry and proofs stay."))
    return redirect("discussions:show", process.key, found.hash)
