"""Pages of a process: its charter and changes, and how it is prepared and opened."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.documents.queries import changes
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.actions import know_person
from talanoa.people.middleware import asking
from talanoa.processes import charter as charters
from talanoa.processes.actions import create_process, give_role, open_process, publish_charter, write_charter
from talanoa.processes.forms import CharterForm, NewProcessForm, RoleForm
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import may_work_on
from talanoa.processes.queries import published_charter, working_charter
from talanoa.processes.skin import office_page, process_or_404


@require_safe
def charter(request: HttpRequest, key: str) -> HttpResponse:
    """Show the published charter, or to its authors the draft."""
    process = process_or_404(request, key)
    works = may_work_on(process, asking(request))
    version = published_charter(process) or working_charter(process)
    versions = process.charters.filter(published_at__isnull=False).order_by("version")
    context = {"process": process, "version": version, "versions": versions, "works": works}
    return TemplateResponse(request, "processes/charter.html", context)


@require_safe
def charter_changes(request: HttpRequest, key: str, old: int, new: int) -> HttpResponse:
    """Show what changed from one published version to another."""
    process = process_or_404(request, key)
    rows = process.charters.filter(published_at__isnull=False).select_related("revision")
    before, after = (get_object_or_404(rows, version=number) for number in (old, new))
    found = changes(before.revision, after.revision)
    context = {"process": process, "before": before, "after": after, "changes": found}
    return TemplateResponse(request, "processes/charter_changes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a process from a template."""
    person = asking(request)
    if person is None or not person.may_convene:
        raise NotAllowed(_("Only people whom the operator appointed may open a process here."))
    form = NewProcessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            facts = charters.template(said["template"], title=said["title"])
            made = create_process(by=person, key=said["key"], facts=facts, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error("key" if broken.rule.startswith("key") else None, broken)
        else:
            return redirect("processes:write", made.key)
    return TemplateResponse(request, "processes/begin.html", {"form": form})


@office_page()
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Write the charter; the page tells which facts are still missing."""
    version = working_charter(process)
    form = (
        CharterForm(request.POST, template=version.facts["template"])
        if request.method == "POST"
        else CharterForm.of(version.facts)
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = write_charter(process, by=by, facts=form.facts(), at=clock.now())
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Saved. Nothing is public before you publish it."))
            return redirect("processes:write", process.key)
    n_facts = sum(fact.required for fact in charters.FACTS)
    missing = charters.missing(version.facts)
    context = {
        "process": process,
        "form": form,
        "version": version,
        "missing": missing,
        "n_facts": n_facts,
        "n_filled": n_facts - len(missing),
    }
    return TemplateResponse(request, "processes/write.html", context)


@office_page(Role.CONVENOR)
@require_POST
def publish(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Publish the charter, and open the process where that was asked for."""
    try:
        publish_charter(process, by=by, at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, broken.text)
        return redirect("processes:write", process.key)
    messages.success(request, _("The charter is published and on the record."))
    return redirect("processes:charter", process.key)


@office_page(Role.CONVENOR)
@require_POST
def open_(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Open the process: its stages run by the clock from now on."""
    open_process(process, by=by, at=clock.now(), channel="web")
    messages.success(request, _("The process is open. Its stages run by the clock from now on."))
    return redirect("site:process", process.key)


@office_page()
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show who holds which role, and let the convenor give one."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = know_person(name=said["name"], address=said["address"])
        give_role(process, person, role=Role(said["role"]), by=by, at=clock.now(), channel="web")
        messages.success(request, _("The role is given and on the record."))
        return redirect("processes:people", process.key)
    members = process.participants.filter(roles__isnull=False).distinct()
    members = members.select_related("person").prefetch_related("roles")
    return TemplateResponse(
        request, "processes/people.html", {"process": process, "form": form, "members": members}
    )
