"""Mails that no program could read: a person reads them by hand. And those that were refused, with their codes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.inputs.actions.receiving import transcribe_input
from talanoa.inputs.forms import TranscribeForm
from talanoa.inputs.queries import list_counts, mails_for_hand, mails_of_lists, mails_refused, numbered
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import label
from talanoa.mail.models import RawMessage
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page


@office_page()
@require_safe
def index(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """List the mails that wait for a person, and the refused ones of the last 30 days."""
    context = {
        "process": process,
        "waiting": mails_for_hand(process),
        "refused": mails_refused(process, clock.now()),
        "lists": process.lists.followed(),
        "counts": list_counts(process),
        "by_lists": mails_of_lists(process),
    }
    return TemplateResponse(request, "inputs/mails.html", context)


@office_page()
@require_safe
def raw(request: HttpRequest, *, process: Process, by: Participant, pk: int) -> HttpResponse:
    """Hand out a mail byte for byte: always as a download, never shown in our own pages."""
    found = get_object_or_404(RawMessage.objects.for_hand(process.key), pk=pk)
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-mail-{pk}.eml"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@office_page()
@require_http_methods(["GET", "POST"])
def transcribe(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Write down what such a mail says."""
    found, mail = numbered(process, number), mails_for_hand(process).filter(number=number).first()
    if found is None or mail is None:
        raise Http404
    form = TranscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            transcribe_input(
                found,
                by=by,
                words=form.words,
                name=said["name"],
                address=said["address"],
                at=clock.now(),
                channel="web",
            )
        except RuleBroken as broken:
            form.add_error("text" if broken.rule.startswith("text_") else None, broken)
        else:
            messages.success(request, _("Done, and on the record."))
            return redirect("inputs:mails", process.key)
    context = {"process": process, "mail": mail, "called": label(process.key, number), "form": form}
    return TemplateResponse(request, "inputs/transcribe.html", context)
