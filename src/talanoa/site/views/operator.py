"""The operator's pages: the mailbox and a button that tests it; corrections of the registry and their answers."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail.mailbox import MailboxTrouble, opened
from talanoa.mail.posting import Account, mailbox
from talanoa.people.middleware import asking
from talanoa.processes.skin import second_factor_first
from talanoa.registry.actions import answer_correction
from talanoa.registry.forms import AnswerForm
from talanoa.registry.models import Correction

View = Callable[..., HttpResponse]
PATIENCE = 15
"""Seconds that a mail server may take for an answer while somebody waits for the page."""


def operator_page(view: View) -> View:
    """Admit only the person whose address is TALANOA_OPERATOR, signed in with a second factor."""

    @login_required
    @wraps(view)
    def admitted(request: HttpRequest, **more: int) -> HttpResponse:
        person = asking(request)
        if person is None or person.address.lower() != settings.ENV["TALANOA_OPERATOR"].lower():
            raise NotAllowed(_("This page belongs to the operator of this installation."))
        return view(request, **more) if person.may_use_office else second_factor_first(request)

    return admitted


@operator_page
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Show which mailbox is read; POST logs in to it, counts, and says plainly what is wrong."""
    if request.method == "POST" and mailbox.account is not None:
        _test(request, mailbox.account)
        return redirect("site:operator-mail")
    context = {
        "mailbox": mailbox.account,
        "every": settings.ENV["TALANOA_MAIL_POLL_SECONDS"],
        "port": settings.ENV["TALANOA_LMTP_PORT"],
    }
    return TemplateResponse(request, "site/operator_mail.html", context)


def _test(request: HttpRequest, account: Account) -> None:
    try:
        with opened(account, patience=PATIENCE) as box:
            found = box.count()
    except MailboxTrouble as trouble:
        messages.error(request, trouble.text)
        return
    told = _("The mailbox opens: %(there)s mails, %(unread)s unread, %(waiting)s wait to be taken in.")
    counts = {"there": found.there, "unread": found.unread, "waiting": found.waiting}
    messages.success(request, told % counts)
    if not found.can_move:
        messages.warning(
            request, _("Its server cannot move mails: those taken in stay in the folder, marked.")
        )


@operator_page
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections of the registry that wait for an answer, oldest first."""
    rows = Correction.objects.filter(answered_at__isnull=True).order_by("number")
    return TemplateResponse(request, "site/operator_corrections.html", {"rows": rows})


@operator_page
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """Show one correction in its sender's words, and answer it in public."""
    found = get_object_or_404(Correction, number=number)
    person, form = asking(request), AnswerForm(request.POST or None)
    if request.method == "POST" and person is not None and form.is_valid():
        try:
            answer_correction(found, by=person, at=clock.now(), channel="web", **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Answered. The answer is public, and its sender is told."))
            return redirect("site:operator-corrections")
    return TemplateResponse(request, "site/operator_correction.html", {"row": found, "form": form})
