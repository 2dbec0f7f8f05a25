"""Reading drafts: the list, a revision with its numbered paragraphs, its text, what changed."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.documents.comparing import comparison
from talanoa.documents.exporting import as_docx, as_html, as_plain
from talanoa.documents.models import Revision
from talanoa.drafts.models import Draft
from talanoa.drafts.permissions import may_write
from talanoa.drafts.queries import draftings_of, listed
from talanoa.drafts.skin import draft_or_404, newest_of, revision_or_404, text_page
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.processes.models import OFFICE, Process
from talanoa.processes.queries import comments_until, participant
from talanoa.processes.skin import process_or_404

CHANGES_A_PAGE = 100
_NUMBER = re.compile("[0-9]{1,6}")


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List the drafts of a process, by number."""
    process = process_or_404(request, key)
    context = {"process": process, "rows": listed(process), **standing(request, process)}
    return TemplateResponse(request, "drafts/index.html", context)


def standing(request: HttpRequest, process: Process) -> dict[str, Any]:
    """Return what the pages say of the moment and of who reads: what is open, until when, who may write."""
    at = clock.now()
    by = participant(process, asking(request))
    is_open = process.drafts_at(at)
    return {
        "is_open": is_open,
        "until": comments_until(process) if is_open else None,
        "may_write": may_write(by),
        "works": by is not None and by.has_role(*OFFICE),
    }


@require_safe
def show(request: HttpRequest, key: str, draft: int) -> HttpResponse:
    """Show the newest revision of a draft, with what was said about each paragraph counted beside it."""
    process, found = draft_or_404(request, key, draft)
    return _revision_page(request, process, found, newest_of(found), is_newest=True)


@require_safe
def revision(request: HttpRequest, key: str, draft: int, revision: int) -> HttpResponse:
    """Show one revision of a draft as it was published."""
    process, found = draft_or_404(request, key, draft)
    asked = revision_or_404(found, revision)
    is_newest = asked.pk == newest_of(found).pk
    return _revision_page(request, process, found, asked, is_newest=is_newest)


def _revision_page(
    request: HttpRequest, process: Process, draft: Draft, shown: Revision, *, is_newest: bool
) -> HttpResponse:
    number = _page_number(request)
    page = text_page(shown, number, draft=draft if is_newest else None)
    draftings = list(draftings_of(draft))
    context = {
        "process": process,
        "draft": draft,
        "revision": shown,
        "sha256": shown.sha256,
        "is_newest": is_newest,
        "newest": draftings[0].revision.number,
        "drafting": next((one for one in draftings if one.revision_id == shown.pk), None),
        "draftings": draftings,
        "text": page,
        "page": Paginator(page.cut, 1).get_page(number),
        **standing(request, process),
    }
    return TemplateResponse(request, "drafts/show.html", context)


def _page_number(request: HttpRequest) -> int:
    """Return the number of the sheet that is asked for; the first where none is."""
    asked = request.GET.get("page", "")
    return int(asked) if _NUMBER.fullmatch(asked) else 1


@require_safe
def text(request: HttpRequest, key: str, draft: int, revision: int) -> HttpResponse:
    """Hand out the text of a revision byte for byte, so that anybody can compute its SHA-256."""
    _process, found = draft_or_404(request, key, draft)
    asked = revision_or_404(found, revision)
    answer = HttpResponse(asked.text.encode(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-draft-{draft}-r{revision}.md"'
    return answer


FORMS: dict[str, tuple[str, Callable[[Revision], str | bytes]]] = {
    "html": ("text/html; charset=utf-8", as_html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "txt": ("text/plain; charset=utf-8", as_plain),
}
"""The forms in which a revision can be taken away, by the end of the file's name."""


@require_safe
def exported(request: HttpRequest, key: str, draft: int, revision: int, form: str) -> HttpResponse:
    """Hand out a revision as a file to print, to edit or to read."""
    _process, found = draft_or_404(request, key, draft)
    if form not in FORMS:
        raise Http404
    kind, made = FORMS[form]
    answer = HttpResponse(made(revision_or_404(found, revision)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{key}-draft-{draft}-r{revision}.{form}"'
    return answer


@require_safe
def changed(request: HttpRequest, key: str, draft: int, old: int, new: int) -> HttpResponse:
    """Show what changed from one revision to another: word by word in one text, or side by side."""
    process, found = draft_or_404(request, key, draft)
    before, after = revision_or_404(found, old), revision_or_404(found, new)
    told = comparison(before, after)
    page = Paginator(told.rows, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "draft": found,
        "before": before,
        "after": after,
        "comparison": replace(told, rows=tuple(page.object_list)),
        "page": page,
        "beside": request.GET.get("view") == "beside",
    }
    return TemplateResponse(request, "drafts/changes.html", context)
