"""The page of the search."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.people.middleware import asking
from talanoa.search.forms import KIND_NAMES, SearchForm
from talanoa.search.queries import KINDS, search

SHOWN, SHOWN_ALONE = 10, 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what answers: ten of each kind, or a hundred of the one that is asked for."""
    person = asking(request)
    form = SearchForm(request.GET or None, person=person)
    asked: dict[str, Any] = (
        form.cleaned_data if form.is_valid() else {"words": "", "kind": "", "process": None}
    )
    kinds = [asked["kind"]] if asked["kind"] else list(KINDS)
    limit = SHOWN_ALONE if asked["kind"] else SHOWN
    hits = search(asked["words"], person=person, process=asked["process"], kinds=kinds, limit=limit)
    found = []
    for kind in kinds:
        rows = [hit for hit in hits if hit.kind == kind]
        if rows:
            found.append(
                {"kind": kind, "name": KIND_NAMES[kind], "hits": rows, "is_full": len(rows) == limit}
            )
    context = {
        "form": form,
        "words": asked["words"],
        "process": asked["process"],
        "found": found,
        "limit": limit,
        "is_one_kind": bool(asked["kind"]),
    }
    return TemplateResponse(request, "search/index.html", context)
