"""The page on which somebody applies: a draft that only they read, until they hand it in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.grants.actions.applying import Lead, attach_file, keep_draft, submit_application
from talanoa.grants.forms import ApplyForm
from talanoa.grants.models import Application, ResearchCall
from talanoa.grants.queries import draft_of
from talanoa.grants.skin import how, me
from talanoa.grants.uploads import read_attached, read_lines, telling_words
from talanoa.inputs.declaring import country_called
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.applications import ApplicationText, fellow_line
from talanoa.lib.identifiers import orcid
from talanoa.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a draft under a call that is open, with its files, and hand it in."""
    person = me(request)
    rows = ResearchCall.objects.visible_to(person).select_related("process")
    call = get_object_or_404(rows, key=key)
    draft = draft_of(call, person)
    form = ApplyForm(request.POST or None, request.FILES or None, call=call, initial=_initial(draft, person))
    if request.method == "POST" and form.is_valid():
        try:
            draft = _keep(call, person, form, at=clock.now())
            if "submit" in request.POST:
                made = submit_application(draft, by=person, **how(clock.now()))
                messages.success(request, _("Received. Your receipt comes by mail."))
                return redirect("grants:application", made.number)
        except RuleBroken as broken:
            form.add_error("fellows" if broken.rule == "application_unreadable" else None, broken)
        else:
            messages.success(request, _("Kept as a draft. Nobody else reads it."))
            return redirect("grants:apply", call.key)
    context = {
        "call": call,
        "form": form,
        "draft": draft,
        "files": list(draft.attachments.all()) if draft else [],
        "telling": telling_words(draft) if draft else [],
        "is_open": call.state == ResearchCall.State.OPEN,
    }
    return TemplateResponse(request, "grants/apply.html", context)


@transaction.atomic
def _keep(call: ResearchCall, person: Person, form: ApplyForm, *, at: datetime) -> Application:
    """Keep the draft together with its file, or neither."""
    said = form.cleaned_data
    given = orcid(said["orcid"]) if said["orcid"] else ""
    if said["orcid"] and not given:
        raise RuleBroken(_("This is no ORCID iD: its check digit is wrong."), code="application_unreadable")
    fellows = "\n".join(f"with: {line}" for line in said["fellows"].splitlines() if line.strip())
    told = ApplicationText(
        said["title"],
        {name.removeprefix("answer-"): text for name, text in said.items() if name.startswith("answer-")},
        {name.removeprefix("budget-"): n for name, n in said.items() if name.startswith("budget-") and n},
        read_lines(fellows, call).fellows,
    )
    about = {"organization": said["organization"], "group": said["group"], "orcid": given}
    lead = Lead(said["name"], country=country_called(said["country"]) or said["country"], **about)
    draft = keep_draft(call, by=person, lead=lead, told=told, **how(at))
    if said["file"] is not None:
        data, name = said["file"].read(), said["file"].name
        attach_file(draft, by=person, data=data, filename=name, found=read_attached(data, name), at=at)
    return draft


def _initial(draft: Application | None, person: Person) -> dict[str, Any]:
    """Return what the form holds at first: the draft, or what a person declares of themselves."""
    if draft is None:
        names = ("name", "organization", "group", "country")
        return {name: getattr(person, name) for name in names}
    lead, *fellows = draft.applicants.select_related("person")
    about = {name: getattr(lead, name) for name in ("name", "organization", "group", "country", "orcid")}
    lines = [fellow_line(one.fellow).removeprefix("with: ") for one in fellows]
    return (
        {"title": draft.title, "fellows": "\n".join(lines)}
        | about
        | {f"answer-{name}": said for name, said in draft.answers.items()}
        | {f"budget-{name}": amount for name, amount in draft.budget.items()}
    )
