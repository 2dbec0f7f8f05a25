"""Pages of those who keep archives: who is one person, decided and undone; a message erased on request."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.archives.actions.erasing import erase_message
from talanoa.archives.actions.merging import decide_merge, find_merges
from talanoa.archives.models import Archive, Merge
from talanoa.archives.queries import count_of_merges, merges, message_called
from talanoa.archives.skin import address, evidence_of, keeper_page, shown
from talanoa.contributions.forms import EraseForm
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person

PAGE = 20


@keeper_page
@require_safe
def merges_of(request: HttpRequest, *, archive: Archive, by: Person) -> HttpResponse:
    """List pairs of senders that may be one person: those to decide, or those decided one way."""
    asked = request.GET.get("decision", "")
    decision = asked if asked in Merge.Decision.values else Merge.Decision.OPEN.value
    page = Paginator(merges(archive, decision), PAGE).get_page(request.GET.get("page"))
    counts = count_of_merges(archive)
    tabs = [(code, label, counts[code], code == decision) for code, label in Merge.Decision.choices]
    context: dict[str, Any] = {"archive": archive, "page": page, "tabs": tabs, "decision": decision}
    context["rows"] = [(one, evidence_of(one)) for one in page.object_list]
    return TemplateResponse(request, "archives/merges.html", context)


@keeper_page
@require_POST
def find(request: HttpRequest, *, archive: Archive, by: Person) -> HttpResponse:
    """Look for more pairs that may be one person."""
    found = find_merges(archive, by=by)
    told = ngettext("%(n)s new pair was found.", "%(n)s new pairs were found.", found)
    messages.success(request, told % {"n": found})
    return redirect("archives:merges", archive.name)


@keeper_page
@require_POST
def decide(request: HttpRequest, *, archive: Archive, by: Person, number: int) -> HttpResponse:
    """Decide whether two senders are one person, or undo what was decided."""
    merge = get_object_or_404(archive.merges, number=number)
    before = merge.decision
    try:
        decide_merge(merge, by=by, decision=request.POST.get("decision", ""), at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, f"{broken.text} [{broken.rule}]")
    else:
        messages.success(request, _("It stands on the record. You can undo it at any time."))
    return redirect(f"{reverse('archives:merges', args=[archive.name])}?decision={before}")


@keeper_page
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, *, archive: Archive, by: Person, permalink: str) -> HttpResponse:
    """Erase a message, for a listed ground; its permanent address stays and says so."""
    message = message_called(archive, permalink)
    if message is None:
        raise Http404
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_message(message, by=by, ground=form.cleaned_data["ground"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Erased. The address of the message stays and says so."))
            return redirect(address(archive, message))
    [line] = shown(archive, [message])
    return TemplateResponse(request, "archives/erase.html", {"archive": archive, "line": line, "form": form})
