"""Reading what was said about a draft: all of it, at one paragraph, one by its number; what the draft still needs."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.contributions.forms import EraseForm
from talanoa.contributions.models import Contribution
from talanoa.contributions.moderation import appealable_act
from talanoa.contributions.queries import mentioned_by
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.models import Draft, Need, Suggestion
from talanoa.drafts.queries import (
    comments_on,
    is_met,
    need_of,
    paragraph_at,
    suggestions_for,
    unmet,
    waiting_comments,
)
from talanoa.drafts.skin import (
    WHOLE,
    Line,
    Remark,
    block_of,
    draft_or_404,
    lines_of,
    named,
    newest_of,
    place_in_text,
    remark_or_404,
)
from talanoa.drafts.views.reading import standing
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Process, Role
from talanoa.processes.queries import participant

PAGE = 30


@require_safe
def index(request: HttpRequest, key: str, draft: int) -> HttpResponse:
    """List everything that was said about a draft, by number; or the comments that wait, or what lost its paragraph."""
    process, found = draft_or_404(request, key, draft)
    newest, show = newest_of(found), request.GET.get("show", "")
    page = Paginator(_chosen(found, newest, show), PAGE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "draft": found,
        "show": show if show in ("waiting", "gone") else "",
        **_shown(request, page, newest),
        **standing(request, process),
    }
    return TemplateResponse(request, "drafts/comments.html", context)


def _chosen(draft: Draft, newest: Revision, show: str) -> Any:
    """Return the numbers of what is listed; the rows of a page alone are read whole."""
    if show == "waiting":
        return waiting_comments(draft)
    rows = Contribution.objects.filter(process=draft.process_id)
    about = (rows.filter(comment__draft=draft), rows.filter(suggestion__draft=draft))
    if show == "gone":
        stands = newest.paragraphs.values("anchor")
        about = (
            about[0].exclude(comment__anchor="").exclude(comment__anchor__in=stands),
            about[1].exclude(suggestion__anchor__in=stands),
        )
    return (about[0] | about[1]).order_by("number")


def _shown(request: HttpRequest, page: "Page[Any]", newest: Revision) -> dict[str, Any]:
    """Return the lines of a page of contributions or of remarks."""
    rows = list(page.object_list)
    if rows and isinstance(rows[0], Contribution):
        rows = remarks_called(rows)
    lines = lines_of(rows, asking(request), newest)
    return {"page": page, "lines": lines, "named": named(lines)}


def remarks_called(rows: list[Contribution]) -> list[Remark]:
    """Return the comments and suggestions with these numbers, in their order; two queries."""
    first = rows[0].process_id
    keys = [row.pk for row in rows]
    comments = comments_on(None).filter(contribution__in=keys, contribution__process=first)
    suggestions = suggestions_for(None).filter(contribution__in=keys, contribution__process=first)
    found: dict[int, Remark] = {row.contribution_id: row for row in comments}
    found |= {row.contribution_id: row for row in suggestions}
    return [found[key] for key in keys if key in found]


@require_safe
def paragraph(request: HttpRequest, key: str, draft: int, anchor: str) -> HttpResponse:
    """Show one paragraph as it stands now, or the whole text by its name, with what was said about it."""
    process, found = draft_or_404(request, key, draft)
    newest = newest_of(found)
    name = "" if anchor == WHOLE else anchor
    row = paragraph_at(newest, name) if name else None
    last = _last(found, name) if name and row is None else None
    shown = row or last
    if name and shown is None:
        raise Http404
    comments = Paginator(comments_on(found, name), PAGE).get_page(request.GET.get("page"))
    suggestions = list(suggestions_for(found, name)[:PAGE]) if name else []
    lines = lines_of([*comments.object_list, *suggestions], asking(request), newest)
    context = {
        "process": process,
        "draft": found,
        "anchor": anchor,
        "shown": block_of(shown) if shown else None,
        "is_gone": last is not None,
        "last": last.revision if last else None,
        "in_text": place_in_text(newest, name) if row else "",
        "comments": [line for line in lines if not line.is_suggestion],
        "suggestions": [line for line in lines if line.is_suggestion],
        "named": named(lines),
        "page": comments,
        **standing(request, process),
    }
    return TemplateResponse(request, "drafts/paragraph.html", context)


def _last(draft: Draft, anchor: str) -> Paragraph | None:
    """Return the paragraph as it read in the last revision that had it."""
    rows = draft.document.revisions.filter(paragraphs__anchor=anchor).order_by("-number")
    revision = rows.first()
    return paragraph_at(revision, anchor) if revision else None


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one comment or suggestion, or what may be said of it where it cannot be read: its permanent address."""
    process, remark = remark_or_404(request, key, number)
    if isinstance(remark, Suggestion):
        remark = suggestions_for(remark.draft).get(pk=remark.pk)
    newest = newest_of(remark.draft)
    person = asking(request)
    [line] = lines_of([remark], person, newest)
    context = {
        "process": process,
        "draft": remark.draft,
        "line": line,
        "contribution": remark.contribution,
        "named": named([line]),
        "mentioned_by": mentioned_by(remark.contribution, person),
        **_own(process, remark, person),
        **standing(request, process),
    }
    if isinstance(remark, Suggestion):
        context |= _of_suggestion(remark, line, person)
    return TemplateResponse(request, "drafts/remark.html", context)


def _own(process: Process, remark: Remark, person: Person | None) -> dict[str, Any]:
    """Return what its author, the convenor and those who read it may do with it."""
    contribution = remark.contribution
    own = person is not None and person.pk == contribution.person_id
    by = participant(process, person)
    is_public = contribution.is_public and contribution.state == contribution.State.PUBLISHED
    return {
        "own": own,
        "may_withdraw": own and contribution.state in contribution.COUNTED_STATES,
        "may_flag": is_public and not own,
        "act": appealable_act(contribution, at=clock.now()) if own else None,
        "erase_form": EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None,
        "person": person,
    }


def _of_suggestion(remark: Suggestion, line: Line, person: Person | None) -> dict[str, Any]:
    is_public = remark.contribution.state == Contribution.State.PUBLISHED
    return {
        "is_met": is_met(remark),
        "degree": need_of(remark, person) if person else Need.NEITHER,
        "may_decide": is_public and not line.dispositions,
    }


@require_safe
def todo(request: HttpRequest, key: str, draft: int) -> HttpResponse:
    """Show what a draft still needs: suggestions that it does not meet, the most needed first; comments that wait."""
    process, found = draft_or_404(request, key, draft)
    newest = newest_of(found)
    wanted = Paginator(unmet(found), PAGE).get_page(request.GET.get("page"))
    rows = [one.suggestion for one in wanted.object_list]
    lines = lines_of(rows, asking(request), newest)
    waiting = waiting_comments(found)
    asked = lines_of(waiting[:PAGE], asking(request), newest)
    context = {
        "process": process,
        "draft": found,
        "wanted": list(zip(wanted.object_list, lines, strict=True)),
        "page": wanted,
        "waiting": asked,
        "named": named([*lines, *asked]),
        "n_waiting": waiting.count(),
        **standing(request, process),
    }
    return TemplateResponse(request, "drafts/todo.html", context)
