"""Pages of archives: which there are, threads, one thread to read or to print, one message, people, search."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from talanoa.archives.forms import SearchForm
from talanoa.archives.models import Archive, Sender
from talanoa.archives.permissions import is_keeper
from talanoa.archives.queries import (
    messages_of_sender,
    messages_of_thread,
    opening_hashes,
    people,
    search,
    threads,
)
from talanoa.archives.skin import address, archive_or_404, message_or_404, plain_text, shown
from talanoa.lib.excerpts import excerpt
from talanoa.lib.searchwords import read
from talanoa.people.middleware import asking

PAGE, PRINTED, FOUND = 50, 200, 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the archives that whoever asks may read."""
    page = Paginator(Archive.objects.visible_to(asking(request)), PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "archives/index.html", {"page": page})


@require_safe
def threads_of(request: HttpRequest, name: str) -> HttpResponse:
    """List the threads of an archive, the one with the newest message first."""
    archive = archive_or_404(request, name)
    page = Paginator(threads(archive), PAGE).get_page(request.GET.get("page"))
    hashes = opening_hashes(archive, page.object_list)
    rows = [
        {"thread": one, "url": reverse("archives:thread", args=[archive.name, hashes[one.number]])}
        for one in page.object_list
    ]
    context = {"archive": archive, "page": page, "rows": rows, "form": SearchForm()}
    context["keeps"] = is_keeper(asking(request))
    return TemplateResponse(request, "archives/threads.html", context)


@require_safe
def people_of(request: HttpRequest, name: str) -> HttpResponse:
    """List who wrote, those with most messages first; by name, never by address."""
    archive = archive_or_404(request, name)
    page = Paginator(people(archive), PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "archives/people.html", {"archive": archive, "page": page})


@require_safe
def person(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """List what one sender wrote, newest first."""
    archive = archive_or_404(request, name)
    sender = Sender.objects.filter(archive=archive, pk=pk).first()
    if sender is None:
        raise Http404
    page = Paginator(messages_of_sender(sender), PAGE).get_page(request.GET.get("page"))
    rows = [(one, address(archive, one)) for one in page.object_list]
    context = {"archive": archive, "sender": sender, "page": page, "rows": rows}
    return TemplateResponse(request, "archives/person.html", context)


@require_safe
def found(request: HttpRequest, name: str) -> HttpResponse:
    """Show the messages that answer a search, those imported last first."""
    archive = archive_or_404(request, name)
    form = SearchForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"words": "", "before": None}
    query = read(asked["words"])
    hits = search([archive.pk], query, limit=FOUND + 1, before=asked["before"])
    terms = query.words + query.parts
    rows = [(one, address(archive, one), excerpt(one.text, terms)) for one in hits[:FOUND]]
    more = hits[FOUND - 1].pk if len(hits) > FOUND else None
    context = {"archive": archive, "form": SearchForm({"words": asked["words"]}), "rows": rows, "more": more}
    return TemplateResponse(request, "archives/found.html", context | {"words": asked["words"]})


def _thread_page(request: HttpRequest, name: str, permalink: str, size: int) -> dict[str, Any]:
    archive, message = message_or_404(request, name, permalink)
    page = Paginator(messages_of_thread(message.thread), size).get_page(request.GET.get("page"))
    lines = shown(archive, page.object_list)
    url = address(archive, message)
    return {"archive": archive, "thread": message.thread, "page": page, "lines": lines, "url": url}


@require_safe
def thread(request: HttpRequest, name: str, permalink: str) -> HttpResponse:
    """Show the thread of a message, page by page."""
    return TemplateResponse(request, "archives/thread.html", _thread_page(request, name, permalink, PAGE))


@require_safe
def printed(request: HttpRequest, name: str, permalink: str) -> HttpResponse:
    """Show the thread of a message for paper, nothing folded, in parts of at most PRINTED messages."""
    return TemplateResponse(request, "archives/print.html", _thread_page(request, name, permalink, PRINTED))


@require_safe
def show(request: HttpRequest, name: str, permalink: str) -> HttpResponse:
    """Show one message: this is its permanent address."""
    archive, message = message_or_404(request, name, permalink)
    [line] = shown(archive, [message])
    keeps = is_keeper(asking(request))
    return TemplateResponse(request, "archives/show.html", {"archive": archive, "line": line, "keeps": keeps})


@require_safe
def text(request: HttpRequest, name: str, permalink: str) -> HttpResponse:
    """Hand out the words of one message, whatever their length, as plain text."""
    _archive, message = message_or_404(request, name, permalink)
    if message.erased_at is not None:
        raise Http404
    return HttpResponse(plain_text(message), content_type="text/plain; charset=utf-8")
