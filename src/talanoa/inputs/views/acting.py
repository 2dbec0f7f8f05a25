"""Sending an input, replacing it, taking it back, confirming it; its language; entering one for somebody; erasing."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.contributions.actions.standing import Author, author_of, confirm, withdraw
from talanoa.contributions.forms import EraseForm
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.rows import page_of
from talanoa.contributions.skin import author_or_404, once, once_key, own_or_404, remember_sent, visitor
from talanoa.inputs.actions.correcting import correct_language
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import receive_input, supersede_input
from talanoa.inputs.forms import EnterForm, InputForm, VisitorInputForm, WordsForm
from talanoa.inputs.models import Input
from talanoa.inputs.queries import numbered
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.languages import language_called
from talanoa.mail import tokens
from talanoa.people.actions import know_person
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process, Role, Stage
from talanoa.processes.queries import open_call, participant
from talanoa.processes.skin import office_page, process_or_404


def _once_key(form: WordsForm, process: Process, by: Person) -> str:
    """Return what makes two sendings one: the same form from the same person, with the same words."""
    words = form.words
    return once_key(process, by, form.cleaned_data["once"], words.title, words.text, data=words.data)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Send an input; a visitor says who they are and confirms it by mail."""
    process = process_or_404(request, key)
    at = clock.now()
    stage = open_call(process, at)
    if stage is None:
        return TemplateResponse(request, "inputs/closed.html", {"process": process}, status=409)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = _receive(request, stage, form, at=at)
        except RuleBroken as broken:
            form.add_error(_field_of(broken), broken)
        else:
            remember_sent(request, made.contribution)
            return redirect("inputs:received", process.key, made.contribution.number)
    return TemplateResponse(request, "inputs/write.html", {"process": process, "form": form, "stage": stage})


def _field_of(broken: RuleBroken) -> str | None:
    """Return the field that a refusal is about, if it is about one."""
    return "text" if broken.rule.startswith("text_") else None


def _form(request: HttpRequest) -> InputForm:
    person = asking(request)
    kind = InputForm if person else VisitorInputForm
    return kind(request.POST or None, request.FILES or None, initial={"once": once()})


@transaction.atomic
def _receive(request: HttpRequest, stage: Stage, form: InputForm, *, at: datetime) -> Input:
    """Receive the input together with its author, or neither."""
    person = asking(request)
    author = author_of(person, assurance=Assurance.PROVEN) if person else visitor(form.cleaned_data)
    by = enter(stage.process, author.person, at=at, group=author.group)
    return receive_input(
        stage,
        by=by,
        author=author,
        words=form.words,
        publication=form.cleaned_data["publication"],
        dedup_key=_once_key(form, stage.process, author.person),
        channel="web",
        at=at,
    )


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Replace one's own input by a new one; both stay on the record."""
    contribution = own_or_404(request, key, number, "input")
    author, old = author_or_404(request, contribution), contribution.input
    form = WordsForm(
        request.POST or None,
        request.FILES or None,
        initial={"once": once(), "title": old.title, "text": old.text, "language": old.said_language},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = supersede_input(
                old,
                by=enter(contribution.process, author, at=clock.now()),
                words=form.words,
                dedup_key=_once_key(form, contribution.process, contribution.person),
                channel="web",
                at=clock.now(),
            )
        except RuleBroken as broken:
            form.add_error(_field_of(broken), broken)
        else:
            return redirect("inputs:received", key, made.contribution.number)
    context = {"process": contribution.process, "contribution": contribution, "form": form}
    return TemplateResponse(request, "inputs/replace.html", context)


@require_POST
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw one's own input."""
    contribution = own_or_404(request, key, number, "input")
    by = enter(contribution.process, author_or_404(request, contribution), at=clock.now())
    if "confirmed" not in request.POST:
        contribution.check_state(*Contribution.COUNTED_STATES)
        context = {"process": contribution.process, "contribution": contribution}
        return TemplateResponse(request, "inputs/withdraw.html", context)
    withdraw(contribution, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Withdrawn. Number and receipt stay on the record."))
    return redirect("inputs:show", key, number)


@login_required
@require_POST
def name_language(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say in which language an input is written, for its author or the desk."""
    process, person = process_or_404(request, key), asking(request)
    by, found = participant(process, person), numbered(process, number)
    readable = Contribution.objects.visible_to(person).filter(process=process, number=number)
    if found is None or not readable.exists():
        raise Http404
    if by is None:
        raise NotAllowed(_("Only its author or the desk can do this."))
    language = language_called(request.POST.get("language", ""))
    correct_language(found, by=by, language=language, at=clock.now(), channel="web")
    messages.success(request, _("Thank you. The language is noted."))
    return redirect("inputs:show", process.key, number)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_token(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Confirm what is held with the link from the receipt mail; opening the link alone confirms nothing."""
    process = process_or_404(request, key)
    row = tokens.find(token, process_key=process.key, at=clock.now())
    if row is None or row.process_key != process.key or row.number is None:
        raise Http404
    contribution = get_object_or_404(Contribution, process=process, number=row.number, person=row.person)
    if request.method == "POST":
        by = enter(process, row.person, at=clock.now())
        confirm(contribution, by=by, at=clock.now(), channel="web")
        messages.success(request, _("Confirmed. Thank you."))
        return redirect(page_of(process.key, contribution.number, contribution.kind))
    return TemplateResponse(
        request, "inputs/confirm.html", {"process": process, "contribution": contribution, "token": token}
    )


@office_page()
@require_http_methods(["GET", "POST"])
def enter_for(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Enter an input for somebody who handed it in on paper or said it in an interview."""
    at = clock.now()
    stage = open_call(process, at)
    form = EnterForm(request.POST or None, request.FILES or None, initial={"once": once()})
    if request.method == "POST" and form.is_valid() and stage is not None:
        said = form.cleaned_data
        facts = {name: said[name] for name in ("name", "group", "organization", "country")}
        author = Author(
            person=know_person(address=said["address"], **facts), assurance=Assurance.ENTERED, **facts
        )
        try:
            made = receive_input(
                stage,
                by=by,
                author=author,
                words=form.words,
                publication=said["publication"],
                dedup_key=_once_key(form, process, by.person),
                channel="web",
                source=said["source"],
                at=at,
            )
        except RuleBroken as broken:
            form.add_error(_field_of(broken), broken)
        else:
            return redirect("inputs:received", process.key, made.contribution.number)
    return TemplateResponse(request, "inputs/enter.html", {"process": process, "form": form, "stage": stage})


@office_page(Role.CONVENOR)
@require_POST
def erase(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Erase the content of an input; the act and its ground are on the record."""
    found = numbered(process, number)
    form = EraseForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    erase_input(found, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
    messages.success(request, _("The content is erased. Number, entry and proofs stay."))
    return redirect("inputs:show", process.key, number)
