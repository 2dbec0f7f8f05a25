"""Pages about what others do already: the public record of it, and the desk on which it is made."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.processes import charter as charters
from talanoa.processes.actions.overlapping import (
    clear_overlap,
    contact_body,
    explain_overlap,
    judge_overlap,
    question_overlap,
    record_reply,
    search_overlaps,
)
from talanoa.processes.actions.roles import enter
from talanoa.processes.forms import ClearanceForm, JudgementForm, SaidForm
from talanoa.processes.models import Default, Participant, Process, Role
from talanoa.processes.permissions import has_chair
from talanoa.processes.queries import come_close, published_charter, working_charter
from talanoa.processes.skin import office_page, process_or_404
from talanoa.registry.models import Body, Liaison, Missed
from talanoa.registry.queries import Standing, missed_of, needs_clearance, newest_search, standings

CLOSED = (Process.State.DRAFT, Process.State.CLOSED)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show who was found, how each was judged and what it answered, and what others say was missed."""
    process = process_or_404(request, key)
    at = clock.now()
    version = published_charter(process) or working_charter(process)
    search = newest_search(key)
    context = {
        "process": process,
        "unchecked": version.facts["overlap"] if charters.is_overlap_unchecked(version.facts) else "",
        "search": search,
        "own": come_close(search),
        "rows": [row for row in standings(key, at=at) if row.judgement or row.must_judge],
        "missed": [(row, row.is_overdue(at)) for row in missed_of(key)],
        "days": process.defaults[Default.OVERLAP_ANSWER],
        "form": None if process.state in CLOSED else _missed_form(request),
    }
    return TemplateResponse(request, "processes/overlap.html", context)


def _missed_form(request: HttpRequest) -> SaidForm:
    hint = _("Which body or process, and what it does already. The answer is public.")
    return SaidForm(request.POST or None, label=_("Who was missed"), hint=hint)


@login_required
@require_POST
def missed(request: HttpRequest, key: str) -> HttpResponse:
    """Say that somebody was missed."""
    process, person, at = process_or_404(request, key), asking(request), clock.now()
    form = _missed_form(request)
    if person is None or not form.is_valid():
        messages.error(request, _("Say in a sentence who was missed."))
        return redirect("processes:overlap", key)
    text = form.cleaned_data["text"]
    once = sha256(f"{key} {person.pk} {text}".encode()).hexdigest()
    by = enter(process, person, at=at)
    question_overlap(process, by=by, text=text, dedup_key=once, at=at, channel="web")
    days = process.defaults[Default.OVERLAP_ANSWER]
    messages.success(
        request, _("Received. Its answer is due within %(days)s days and stands here.") % {"days": days}
    )
    return redirect("processes:overlap", key)


@office_page()
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """List who was found and what each still lacks; POST searches again."""
    at = clock.now()
    if request.method == "POST":
        search_overlaps(process, by=by, at=at)
        messages.success(request, _("Searched. Judge at least those that are marked."))
        return redirect("processes:overlap-desk", process.key)
    search = newest_search(process.key)
    context = {
        "process": process,
        "search": search,
        "own": come_close(search),
        "rows": standings(process.key, at=at),
        "missed": [(row, row.is_overdue(at)) for row in missed_of(process.key)],
        "may_explain": by.has_role(Role.CHAIR if has_chair(process) else Role.CONVENOR),
    }
    return TemplateResponse(request, "processes/overlap_desk.html", context)


@office_page()
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, *, process: Process, by: Participant, body: str) -> HttpResponse:
    """Judge one body, write to it, enter what it answered, or say what lets the process go on beside it."""
    found = get_object_or_404(Body, key=body)
    standing = next((row for row in standings(process.key, at=clock.now()) if row.body == found), None)
    act = next((name for name in ("judge", "contact", "reply", "clear") if name in request.POST), "")
    forms = _forms(request, act, standing)
    if act and forms[act].is_valid():
        try:
            _act(act, process, found, standing=standing, by=by, said=forms[act].cleaned_data)
        except RuleBroken as broken:
            forms[act].add_error(None, broken)
        else:
            messages.success(request, _("Kept."))
            return redirect("processes:overlap-desk", process.key)
    letter = standing.liaison if standing else None
    context = {
        "process": process,
        "body": found,
        "row": standing,
        "letter": letter,
        "may_clear": standing is not None and needs_clearance(standing.judgement),
        "may_write": letter is None or letter.is_over(clock.now()),
        "forms": forms,
        "form": forms.get(act),
    }
    return TemplateResponse(request, "processes/overlap_judge.html", context)


Answers = dict[str, JudgementForm | SaidForm | ClearanceForm]


def _forms(request: HttpRequest, act: str, standing: Standing | None) -> Answers:
    """Return the forms of the page; the one whose button was pressed holds what was sent."""
    known = standing.judgement if standing else None
    first = {name: getattr(known, name) for name in ("relation", "action", "reason")} if known else None
    sent = {name: request.POST if name == act else None for name in ("judge", "contact", "reply", "clear")}
    letter = _("What you propose, why their work seems near, and what you ask them.")
    return {
        "judge": JudgementForm(sent["judge"], initial=first),
        "contact": SaidForm(sent["contact"], label=_("Your letter"), hint=letter),
        "reply": SaidForm(sent["reply"], label=_("What they answered"), auto_id="reply_%s"),
        "clear": ClearanceForm(sent["clear"], auto_id="clear_%s"),
    }


def _act(
    act: str,
    process: Process,
    body: Body,
    *,
    standing: Standing | None,
    by: Participant,
    said: dict[str, str],
) -> None:
    at = clock.now()
    if act == "judge":
        judge_overlap(process, body, by=by, at=at, channel="web", **said)
    elif act == "contact":
        contact_body(process, body, by=by, text=said["text"], at=at, channel="web")
    elif act == "clear":
        clear_overlap(process, body, by=by, at=at, channel="web", **said)
    else:
        letter = standing.liaison if standing else None
        if not isinstance(letter, Liaison):
            raise RuleBroken(_("Nobody has written to this body yet."), code="liaison_missing")
        record_reply(letter, by=by, text=said["text"], at=at, channel="web")


@office_page()
@require_POST
def explain(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Answer who says that somebody was missed."""
    found = get_object_or_404(Missed, process_key=process.key, number=number)
    explain_overlap(found, by=by, text=request.POST.get("text", ""), at=clock.now(), channel="web")
    messages.success(request, _("Answered, in public."))
    return redirect("processes:overlap-desk", process.key)
