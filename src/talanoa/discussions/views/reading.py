"""Reading the discussion: its threads, one thread in four forms, one message, its receipt and its mail."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.contributions.forms import EraseForm
from talanoa.contributions.moderation import appealable_act
from talanoa.contributions.queries import mentioned_by
from talanoa.contributions.receipts import receipt_text
from talanoa.contributions.skin import own_or_404, receipt_file
from talanoa.discussions.queries import numbered, summaries, threads
from talanoa.discussions.skin import (
    as_mail,
    as_text,
    lines_of,
    message_or_404,
    named,
    thread_lines,
    thread_or_404,
)
from talanoa.kernel import clock
from talanoa.lib.mboxrd import entry as mbox_entry
from talanoa.lib.processkeys import label
from talanoa.mail.models import RawMessage
from talanoa.mail.posting import outbox
from talanoa.people.middleware import asking
from talanoa.processes.models import OFFICE, Process, Role
from talanoa.processes.queries import participant
from talanoa.processes.skin import process_or_404

PAGE = 50


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List the threads, the one with the newest message first."""
    process = process_or_404(request, key)
    page = Paginator(threads(process), PAGE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "rows": thread_lines(page.object_list, asking(request)),
        "is_open": process.takes_discussion(clock.now()),
        "address": f"{process.key}+talk@{outbox.domain}",
    }
    return TemplateResponse(request, "discussions/index.html", context)


def _thread_page(request: HttpRequest, key: str, permalink: str) -> dict[str, Any]:
    process, found, lines = thread_or_404(request, key, permalink)
    versions = list(summaries(found))
    by = participant(process, asking(request))
    return {
        "process": process,
        "lines": lines,
        "opening": lines[0],
        "named": named(lines),
        "summary": versions[0] if versions else None,
        "older": versions[1:],
        "is_open": process.takes_discussion(clock.now()),
        "works": by is not None and by.has_role(*OFFICE),
        "n_people": len({line.contribution.person_id for line in lines if line.contribution.is_public}),
    }


@require_safe
def thread(request: HttpRequest, key: str, permalink: str) -> HttpResponse:
    """Show a whole thread in the order of time, with its summary on top."""
    return TemplateResponse(request, "discussions/thread.html", _thread_page(request, key, permalink))


@require_safe
def printed(request: HttpRequest, key: str, permalink: str) -> HttpResponse:
    """Show a whole thread for paper: nothing folded, nothing to press."""
    return TemplateResponse(request, "discussions/print.html", _thread_page(request, key, permalink))


@require_safe
def thread_text(request: HttpRequest, key: str, permalink: str) -> HttpResponse:
    """Hand out a whole thread as plain text."""
    _process, _thread, lines = thread_or_404(request, key, permalink)
    return HttpResponse(as_text(lines), content_type="text/plain; charset=utf-8")


@require_safe
def thread_mbox(request: HttpRequest, key: str, permalink: str) -> HttpResponse:
    """Hand out what the reader may read of a thread as an mbox; nobody's address stands in it."""
    _process, _thread, lines = thread_or_404(request, key, permalink)
    mails = "".join(mbox_entry(as_mail(line)) for line in lines if line.may_read)
    answer = HttpResponse(mails.encode(), content_type="application/mbox")
    answer["Content-Disposition"] = f'attachment; filename="{lines[0].number}.mbox"'
    return answer


@require_safe
def show(request: HttpRequest, key: str, permalink: str) -> HttpResponse:
    """Show one message, or what may be said of it where it cannot be read: this is its permanent address."""
    process, message = message_or_404(request, key, permalink)
    person = asking(request)
    [line] = lines_of([message], person)
    by = participant(process, person)
    works = by is not None and by.has_role(*OFFICE)
    contribution = message.contribution
    own = person is not None and person.pk == contribution.person_id
    context = {
        "process": process,
        "line": line,
        "contribution": contribution,
        "named": named([line]),
        "mentioned_by": mentioned_by(contribution, person),
        "opening": message.thread.opening,
        "own": own,
        "works": works,
        "has_mail": (own or works) and bool(_raw(process, contribution.number)),
        "may_withdraw": own and contribution.state in contribution.COUNTED_STATES,
        "erase_form": EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None,
        "is_open": process.takes_discussion(clock.now()),
        "may_flag": contribution.is_public and not own and contribution.state == contribution.State.PUBLISHED,
        "act": appealable_act(contribution, at=clock.now()) if own else None,
    }
    return TemplateResponse(request, "discussions/show.html", context)


@require_safe
def by_number(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Lead from the number of a message to its permanent address."""
    found = numbered(process_or_404(request, key), number)
    if found is None:
        raise Http404
    return redirect("discussions:show", key, found.hash)


@require_safe
def received(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the number and the receipt of what was just said."""
    contribution = own_or_404(request, key, number, "message")
    context = {
        "process": contribution.process,
        "contribution": contribution,
        "called": label(contribution.process.key, number),
        "receipt": receipt_text(contribution),
    }
    return TemplateResponse(request, "discussions/received.html", context)


@require_safe
def receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the receipt as a plain text file."""
    return receipt_file(own_or_404(request, key, number, "message"))


def _raw(process: Process, number: int) -> RawMessage | None:
    """Return the mail in which a message came; what was erased is empty."""
    rows = RawMessage.objects.filter(process_key=process.key, number=number).exclude(data=b"")
    return rows.order_by("pk").first()


@require_safe
def raw_mail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the mail as it came, to its author and the desk: always as a download."""
    contribution = own_or_404(request, key, number, "message")
    found = _raw(contribution.process, number)
    if found is None or asking(request) is None:  # a browser alone, without a login, proves no address
        raise Http404
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{label(key, number)}.eml"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
