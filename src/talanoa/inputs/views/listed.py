"""What somebody said on a mailing list: its author decides whether it is to be an input."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.inputs.actions.listed import FORGOTTEN_AFTER, confirm_listed, decline_listed
from talanoa.inputs.models import ListReply
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.processes.actions.roles import enter
from talanoa.processes.queries import open_call
from talanoa.processes.skin import process_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Show one's own words; confirm them, or decline. To open the page changes nothing."""
    process, person, at = process_or_404(request, key), asking(request), clock.now()
    rows = ListReply.objects.visible_to(person).filter(process=process).select_related("list", "contribution")
    reply = get_object_or_404(rows, pk=pk)
    if request.method == "POST" and person is not None:
        by = enter(process, person, at=at)
        try:
            if "confirm" in request.POST:
                made = confirm_listed(reply, by=by, at=at, channel="web")
                return redirect("inputs:received", process.key, made.contribution.number)
            if "decline" in request.POST:
                decline_listed(reply, by=by)
                messages.success(
                    request, _("It is no input, and your words are forgotten here. On the list they stay.")
                )
        except RuleBroken as broken:
            messages.error(request, broken.text)
        return redirect("inputs:listed", process.key, pk)
    context = {
        "process": process,
        "reply": reply,
        "waits": reply.state == ListReply.State.WAITING,
        "call": open_call(process, at),
        "forgotten_at": reply.noted_at + FORGOTTEN_AFTER,
    }
    return TemplateResponse(request, "inputs/listed.html", context)
