"""Answering what was said about a draft: dispose of comments, decide a suggestion, erase."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from talanoa.contributions.forms import EraseForm
from talanoa.drafts.actions.disposing import (
    MOST_AT_ONCE,
    Ruled,
    accept_suggestion,
    dispose_of,
    reject_suggestion,
)
from talanoa.drafts.actions.remarking import erase_remark
from talanoa.drafts.forms import DecideForm, DisposeForm
from talanoa.drafts.models import Draft, Suggestion
from talanoa.drafts.permissions import WRITERS
from talanoa.drafts.queries import comments_on, draft_called, paragraph_numbered, remark_numbered
from talanoa.drafts.skin import lines_of, named, newest_of, revision_or_404
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import numbers_in, ranges
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.skin import office_page

SHOWN = 30
"""Comments that the form repeats; of more it says how many."""


@office_page(*WRITERS)
@require_http_methods(["GET", "POST"])
def dispose(request: HttpRequest, *, process: Process, by: Participant, draft: int) -> HttpResponse:
    """Say what became of the comments that were ticked, and why."""
    found = draft_called(process, draft)
    if found is None:
        raise Http404
    found.process = process
    newest = newest_of(found)
    ticked = numbers_in(",".join(request.GET.getlist("n")[:MOST_AT_ONCE]))
    form = DisposeForm(
        request.POST or None, revisions=newest.number, initial={"numbers": ranges(ticked) if ticked else ""}
    )
    if request.method == "POST" and form.is_valid() and _disposed(request, found, form, by):
        return redirect(f"{request.path.removesuffix('dispose/')}todo/")
    asked = request.POST.get("numbers", "")[:4000] if request.method == "POST" else ranges(ticked)
    rows = comments_on(found).filter(contribution__number__in=numbers_in(asked))
    lines = lines_of(rows[:SHOWN], by.person, newest)
    context = {
        "process": process,
        "draft": found,
        "form": form,
        "lines": lines,
        "named": named(lines),
        "n_chosen": rows.count(),
    }
    return TemplateResponse(request, "drafts/dispose.html", context)


def _disposed(request: HttpRequest, draft: Draft, form: DisposeForm, by: Participant) -> bool:
    said = form.cleaned_data
    numbers = numbers_in(said["numbers"])
    try:
        ruled = Ruled(said["status"], said["reason"], said["revision"] or 0, _anchor(draft, said))
        made = dispose_of(draft, numbers, by=by, ruled=ruled, at=clock.now(), channel="web")
    except RuleBroken as broken:
        field = {"revision_unknown": "revision", "paragraph_unknown": "paragraph", "number_unknown": None}
        form.add_error(field.get(broken.rule, "reason"), broken)
        return False
    n = made.reached.count()
    told = ngettext(
        "It is said what became of %(n)s comment.", "It is said what became of %(n)s comments.", n
    )
    messages.success(request, told % {"n": n})
    return True


def _anchor(draft: Draft, said: dict[str, Any]) -> str:
    """Return the anchor of the paragraph that is named by its number. Raises RuleBroken: paragraph_unknown."""
    if not (said["revision"] and said["paragraph"]):
        return ""
    row = paragraph_numbered(revision_or_404(draft, said["revision"]), said["paragraph"])
    if row is None:
        raise RuleBroken(
            _("Revision %(revision)s has no such paragraph.") % {"revision": said["revision"]},
            code="paragraph_unknown",
        )
    return row.anchor


@office_page(*WRITERS)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Accept a suggestion, which publishes a revision with its words, or say why it is not accepted."""
    found = remark_numbered(process, number)
    if not isinstance(found, Suggestion):
        raise Http404
    found.draft.process = process
    newest = newest_of(found.draft)
    form = DecideForm(request.POST or None, initial={"seen": newest.number})
    if request.method == "POST" and form.is_valid():
        try:
            told = _decided(found, form, by)
        except RuleBroken as broken:
            # The form shows the paragraph as it stands now, so the next answer is about that.
            form = DecideForm({**request.POST.dict(), "seen": newest.number})
            form.add_error("reason" if broken.rule == "reason_missing" else None, broken)
        else:
            messages.success(request, told)
            return redirect("drafts:remark", process.key, number)
    [line] = lines_of([found], by.person, newest)
    context = {"process": process, "draft": found.draft, "form": form, "line": line, "named": named([line])}
    return TemplateResponse(request, "drafts/decide.html", context)


def _decided(suggestion: Suggestion, form: DecideForm, by: Participant) -> str:
    said = form.cleaned_data
    act: dict[str, Any] = {"by": by, "reason": said["reason"], "at": clock.now(), "channel": "web"}
    if said["outcome"] == "reject":
        reject_suggestion(suggestion, **act)
        return _("Not accepted. Its author gets your reason by mail.")
    made = accept_suggestion(suggestion, seen=said["seen"], **act)
    return _("Accepted: revision %(n)s is published.") % {"n": made.revision.number if made.revision else 0}


@office_page(Role.CONVENOR)
@require_POST
def erase(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Erase the words of a comment or suggestion; the act and its ground are on the record."""
    found = remark_numbered(process, number)
    form = EraseForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    erase_remark(found, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
    messages.success(request, _("The content is erased. Number, entry and proofs stay."))
    return redirect("drafts:remark", process.key, number)
