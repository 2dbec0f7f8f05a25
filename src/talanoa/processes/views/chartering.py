"""The charter of a process and its changes, and how it is prepared and opened."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

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
from talanoa.lib.decision_rules import named_rule
from talanoa.people.actions import know_person
from talanoa.people.middleware import asking
from talanoa.people.models import Group
from talanoa.people.queries import Disclosed, disclosures
from talanoa.processes import charter as charters
from talanoa.processes.actions.chartering import create_process, publish_charter, write_charter
from talanoa.processes.actions.roles import give_role
from talanoa.processes.actions.stages import close_process, extend_call, open_process
from talanoa.processes.facts import FACTS, RULE_NAMES
from talanoa.processes.forms import CharterForm, ExtensionForm, NewProcessForm, RoleForm
from talanoa.processes.models import OFFICE, CharterVersion, DefaultChange, Participant, Process, Role, Stage
from talanoa.processes.permissions import require_convenor
from talanoa.processes.queries import open_call, participant, published_charter, working_charter
from talanoa.processes.skin import office_page, process_or_404, second_factor_first
from talanoa.processes.stage_plan import instant

OFFERED_DAYS = (7, 14, 21)
_GROUPS, _KINDS = dict(Group.choices), dict(Stage.Kind.choices)


@require_safe
def charter(request: HttpRequest, key: str) -> HttpResponse:
    """Show the published charter; to its authors the draft, where there is none or where they ask for it."""
    process = process_or_404(request, key)
    by = participant(process, asking(request))
    works = by is not None and by.has_role(*OFFICE)
    newest = working_charter(process)
    version = newest if works and "draft" in request.GET else published_charter(process) or newest
    versions = process.charters.filter(published_at__isnull=False).order_by("version")
    context = {
        "process": process,
        "version": version,
        "versions": versions,
        "works": works,
        "facts": _told(version.facts, is_place=process.is_place),
        "stages": _stages(version),
        "is_changing": works and newest.published_at is None and version.published_at is not None,
        "may_open": by is not None
        and by.has_role(Role.CONVENOR)
        and process.state == Process.State.CHARTER_REVIEW,
    }
    return TemplateResponse(request, "processes/charter.html", context)


def _told(facts: Mapping[str, Any], *, is_place: bool) -> list[tuple[Any, Any, str]]:
    """Return label, value and kind (text, list, languages) of each fact that is stated, in words for readers.

    What a draft does not say yet is empty.
    """
    told: list[tuple[Any, Any, str]] = []
    for fact in FACTS[2:]:
        value = facts.get(fact.key)
        if not value and not fact.required and not (fact.of_place and is_place):
            continue
        if fact.key == "groups":
            value = [_GROUPS.get(code, code) for code in value or []]
        if fact.key == "rule" and (rule := named_rule(value or "")):
            value = f"{RULE_NAMES[rule.code]}, {rule.name}"
        kind = "list" if fact.many else "text"
        told.append((fact.label, value, "languages" if fact.key == "languages" else kind))
    return told


def _stages(version: CharterVersion) -> list[tuple[Any, int | None, datetime | None]]:
    """Return name, days and planned opening of each stage; nothing of a draft has been checked."""
    rows = []
    for stage in version.facts["stages"]:
        opens_at = stage.get("opens_at") if version.published_at else None
        name = _KINDS.get(stage["kind"], stage["kind"])
        rows.append((name, stage["days"], instant(opens_at) if opens_at else None))
    return rows


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
    if not person.may_use_office:
        return second_factor_first(request)
    form = NewProcessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            at = clock.now()
            days = DefaultChange.objects.days(at)
            facts = charters.template(said["template"], title=said["title"], days=days)
            made = create_process(by=person, key=said["key"], facts=facts, at=at, channel="web")
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
    form = CharterForm.of(version.facts)
    if request.method == "POST":
        form = CharterForm(request.POST, is_place=process.is_place)
    if request.method == "POST" and form.is_valid():
        try:
            version = write_charter(process, by=by, facts=form.facts(version.facts), at=clock.now())
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Saved. Nothing is public before you publish it."))
            return redirect("processes:write", process.key)
    n_facts = sum(fact.required for fact in FACTS)
    missing = charters.missing(version.facts)
    context = {
        "process": process,
        "form": form,
        "version": version,
        "missing": [form[fact.key] for fact in missing],
        "may_publish": by.has_role(Role.CONVENOR) and not version.published_at and not missing,
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
        require_convenor(by, process)
        said = form.cleaned_data
        person = know_person(name=said["name"], address=said["address"])
        give_role(process, person, role=Role(said["role"]), by=by, at=clock.now(), channel="web")
        messages.success(request, _("The role is given and on the record."))
        return redirect("processes:people", process.key)
    members = process.participants.filter(roles__isnull=False).distinct()
    members = members.select_related("person").prefetch_related("roles").order_by("joined_at", "pk")
    at, stated = clock.now(), disclosures([member.person_id for member in members], process.key)
    holders = [(row, stated.get(row.person_id, Disclosed()).standing(at)) for row in members]
    context = {
        "process": process,
        "form": form,
        "holders": holders,
        "may_give": by.has_role(Role.CONVENOR),
    }
    return TemplateResponse(request, "processes/people.html", context)


@office_page(Role.CONVENOR)
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Let the open call end later, for a public reason."""
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            extend_call(process, by=by, **form.cleaned_data, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(
                request, _("The call runs longer. The new end and its reason are on the record.")
            )
            return redirect("site:desk", process.key)
    call = open_call(process, clock.now())
    ends = (
        [(days, call.closes_at + timedelta(days=days)) for days in OFFERED_DAYS]
        if call and call.closes_at
        else []
    )
    context = {"process": process, "form": form, "call": call, "ends": ends}
    return TemplateResponse(request, "processes/extend.html", context)


@office_page(Role.CONVENOR)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Close a process that is decided and followed up; nothing about it can be done after that."""
    if request.method == "POST":
        close_process(process, by=by, at=clock.now(), channel="web")
        messages.success(request, _("The process is closed. Everything in it stays public."))
        return redirect("site:process", process.key)
    return TemplateResponse(request, "processes/close.html", {"process": process})
