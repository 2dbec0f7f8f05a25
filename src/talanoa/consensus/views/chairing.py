"""What chair and editors do: ask, estimate, answer objections, weigh them, find how far people agree."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.consensus.actions.calling import open_call, publish_estimate
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.erasing import erase_objection, erase_statement
from talanoa.consensus.actions.evidencing import attach_evidence
from talanoa.consensus.actions.handling import accommodate_objection, answer_objection, find_on_objection
from talanoa.consensus.forms.calls import (
    AnswerForm,
    DesignationForm,
    EstimateForm,
    EvidenceForm,
    FindingForm,
    OpenForm,
)
from talanoa.consensus.models import MinorityStatement, Objection
from talanoa.consensus.queries import register_of
from talanoa.consensus.skin import call_of, lines_of, objection_of
from talanoa.contributions.forms import EraseForm
from talanoa.drafts.permissions import WRITERS
from talanoa.drafts.queries import drafts_of
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.processes.models import Default, Participant, Process, Role
from talanoa.processes.skin import office_page
from talanoa.statements.queries import rounds_of


@office_page(Role.CHAIR)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, *, process: Process, by: Participant, draft: int) -> HttpResponse:
    """Open a call about the newest revision of a draft."""
    found = get_object_or_404(drafts_of(process), number=draft)
    form = OpenForm(request.POST or None, initial={"days": process.defaults[Default.CALL]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            call = open_call(
                found,
                by=by,
                question=said["question"],
                days=said["days"],
                because=said["because"],
                at=clock.now(),
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error({"call_length": "days", "call_repeated": "because"}.get(broken.rule), broken)
        else:
            messages.success(request, _("Everybody in the room is asked, by mail too."))
            return redirect("consensus:show", process.key, call.number)
    context = {"process": process, "draft": found, "revision": found.document.latest(), "form": form}
    return TemplateResponse(request, "consensus/open.html", context)


@office_page(Role.CHAIR)
@require_http_methods(["GET", "POST"])
def estimate(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Publish an estimate after a round of discussion."""
    call = call_of(process, number)
    form = EstimateForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            publish_estimate(call, by=by, levels=form.levels(), text=text, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Published. It finds nothing yet: people can answer it."))
            return redirect("consensus:show", process.key, number)
    return TemplateResponse(
        request, "consensus/estimate.html", {"process": process, "call": call, "form": form}
    )


@office_page(Role.CHAIR)
@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Lay the result of a round of statements beside a call."""
    call = call_of(process, number)
    form = EvidenceForm(request.POST or None, rounds=rounds_of(process))
    if request.method == "POST" and form.is_valid():
        try:
            attach_evidence(call, by=by, made=form.chosen(), at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("It stands on the page of the call, under your name."))
            return redirect("consensus:show", process.key, number)
    return TemplateResponse(
        request, "consensus/attach.html", {"process": process, "call": call, "form": form}
    )


@office_page(Role.CHAIR)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Find how far each recommendation is agreed, with reasons, and declare the outcome."""
    call = call_of(process, number)
    form = DesignationForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["declaration"]
        try:
            designate(call, by=by, found=form.found(), text=text, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Declared, under your name. It can be challenged and appealed."))
            return redirect("consensus:show", process.key, number)
    lines = lines_of(register_of(call), asking(request))
    context = {"process": process, "call": call, "form": form, "lines": lines}
    return TemplateResponse(request, "consensus/designate.html", context)


@office_page(*WRITERS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Answer an objection, or say which later revision accommodates it."""
    found = objection_of(process, number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(found, by, form)
        except RuleBroken as broken:
            form.add_error("revision" if broken.rule == "revision_unknown" else None, broken)
        else:
            messages.success(request, _("Public, under your name. Whoever objected is told, and may reply."))
            return redirect("consensus:objection", process.key, number)
    context = {"process": process, "line": lines_of([found], asking(request))[0], "form": form}
    return TemplateResponse(request, "consensus/answer.html", context)


def _answer(found: Objection, by: Participant, form: AnswerForm) -> None:
    text, wanted, at = form.cleaned_data["text"], form.cleaned_data["revision"], clock.now()
    if not wanted:
        answer_objection(found, by=by, text=text, at=at, channel="web")
        return
    revision = found.call.draft.document.revisions.filter(number=wanted).first() or found.call.revision
    accommodate_objection(found, by=by, revision=revision, text=text, at=at, channel="web")


@office_page(Role.CHAIR)
@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Find what an objection weighs that its author maintains."""
    found = objection_of(process, number)
    form = FindingForm(request.POST or None, rule=found.call.decision_rule)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            find_on_objection(found, by=by, at=clock.now(), channel="web", **said)
        except RuleBroken as broken:
            form.add_error("alternatives" if broken.rule == "reason_missing" else None, broken)
        else:
            messages.success(request, _("Found, with your reasons. It can be appealed."))
            return redirect("consensus:objection", process.key, number)
    context = {"process": process, "line": lines_of([found], asking(request))[0], "form": form}
    return TemplateResponse(request, "consensus/weigh.html", context)


@office_page(Role.CONVENOR)
@require_POST
def objection_erased(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Erase the words of an objection; the act and its ground are on the record."""
    found, ground = objection_of(process, number), _ground(request)
    erase_objection(found, by=by, ground=ground, at=clock.now(), channel="web")
    messages.success(request, _("The content is erased. Number, entry and proofs stay."))
    return redirect("consensus:objection", process.key, number)


@office_page(Role.CONVENOR)
@require_POST
def statement_erased(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Erase the words of a minority statement; the act and its ground are on the record."""
    rows = MinorityStatement.objects.filter(contribution__process=process).select_related(
        "contribution", "call"
    )
    found, ground = get_object_or_404(rows, contribution__number=number), _ground(request)
    erase_statement(found, by=by, ground=ground, at=clock.now(), channel="web")
    messages.success(request, _("The content is erased. Number, entry and proofs stay."))
    return redirect("consensus:show", process.key, found.call.number)


def _ground(request: HttpRequest) -> str:
    """Return the ground of an erasure. Raises Http404 where none of the form's was given."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        raise Http404
    return str(form.cleaned_data["ground"])
