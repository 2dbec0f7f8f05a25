"""Writing a draft: begin it, revise it after a look at what changes."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.documents.importing import as_text, read_document
from talanoa.drafts.actions.writing import TITLE_LIMIT, begin_draft, revise_draft
from talanoa.drafts.forms import BeginForm, ImportForm, ReviseForm
from talanoa.drafts.models import Draft
from talanoa.drafts.permissions import WRITERS
from talanoa.drafts.queries import changes_to, draft_called
from talanoa.drafts.skin import newest_of
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib.extraction.reading import MAX_UPLOAD
from talanoa.lib.paragraphs import TextTooLong
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page


def _closed(request: HttpRequest, process: Process) -> HttpResponse:
    return TemplateResponse(request, "drafts/closed.html", {"process": process}, status=409)


@office_page(*WRITERS)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Publish the first revision of a new draft."""
    at = clock.now()
    if not process.drafts_at(at):
        return _closed(request, process)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_draft(process, by=by, **form.cleaned_data, at=at, channel="web")
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            messages.success(request, _("Published. Those who follow the process get it by mail."))
            return redirect("drafts:show", process.key, made.number)
    return TemplateResponse(request, "drafts/begin.html", {"process": process, "form": form})


@office_page(*WRITERS)
@require_http_methods(["GET", "POST"])
def read_in(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Read a document, and show its paragraphs to be looked through before anything is published."""
    if not process.drafts_at(clock.now()):
        return _closed(request, process)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            title, text = _read(form.cleaned_data["file"])
        except RuleBroken as broken:
            form.add_error("file", broken)
        else:
            shown = BeginForm(initial={"title": title, "text": text})
            context = {"process": process, "form": shown, "is_read": True}
            return TemplateResponse(request, "drafts/begin.html", context)
    return TemplateResponse(request, "drafts/import.html", {"process": process, "form": form})


def _read(file: UploadedFile) -> tuple[str, str]:
    """Return what a document is called and its text in Markdown. Raises RuleBroken, as `read_document` does."""
    if file.size is None or file.size > MAX_UPLOAD:
        raise RuleBroken(_("A file may have up to 10 MB."), code="upload_too_large")
    units = read_document(file.name or "", file.read())
    title = next((unit.text for unit in units if unit.kind == "heading"), PurePath(file.name or "").stem)
    return title[:TITLE_LIMIT], as_text(units)


@office_page(*WRITERS)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, *, process: Process, by: Participant, draft: int) -> HttpResponse:
    """Publish a revision of a draft, after a look at what it changes."""
    at = clock.now()
    found = draft_called(process, draft)
    if found is None:
        raise Http404
    if not process.drafts_at(at):
        return _closed(request, process)
    newest = newest_of(found)
    form = ReviseForm(request.POST or None, initial={"text": newest.text, "based_on": newest.number})
    changes: Any = None
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            changes = _looked(found, form)
        elif _published(request, found, form, by):
            return redirect("drafts:show", process.key, found.number)
    context = {"process": process, "draft": found, "form": form, "newest": newest, "changes": changes}
    return TemplateResponse(request, "drafts/revise.html", context)


def _looked(draft: Draft, form: ReviseForm) -> Any:
    """Return what the text would change, without what stays."""
    try:
        every = changes_to(draft, clean_text(form.cleaned_data["text"], len(form.cleaned_data["text"])))
    except (TextTooLong, ValueError):
        form.add_error("text", _("This text is too long."))
        return None
    return [one for one in every if one.kind != "same"]


def _published(request: HttpRequest, draft: Draft, form: ReviseForm, by: Participant) -> bool:
    """Publish the revision; what a rule forbids is told in the form."""
    try:
        made = revise_draft(draft, by=by, **form.cleaned_data, at=clock.now(), channel="web")
    except RuleBroken as broken:
        form.add_error("text", broken)
        return False
    messages.success(request, _("Revision %(n)s is published.") % {"n": made.number})
    return True
