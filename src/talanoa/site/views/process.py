"""One process at a glance: what it is, where it stands, what you can do now, what was said and answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from talanoa.api.sentences import sentence
from talanoa.contributions.models import Contribution
from talanoa.contributions.queries import coverage, inputs_by_group
from talanoa.inputs.queries import listing
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.people.models import Group
from talanoa.processes.models import CharterVersion, Process, Stage
from talanoa.processes.permissions import may_work_on
from talanoa.processes.queries import people_by_group, published_charter
from talanoa.processes.skin import process_or_404
from talanoa.record.models import Entry
from talanoa.reports.models import Report

LATEST = 8
FACTS = (
    ("runs", _("Who runs it")),
    ("takes_part", _("Who may take part")),
    ("decides", _("What is decided")),
    ("how", _("How")),
    ("payer", _("Who pays")),
    ("commitment", _("What is promised")),
    ("related", _("Related bodies")),
    ("overlap", _("Overlap")),
)


@dataclass(frozen=True, slots=True)
class RailStage:
    """A stage as the rail shows it: `done`, `now` or `next`."""

    kind: str
    label: str
    state: str
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A stakeholder group in the room: people (None where fewer than five), inputs, share in percent."""

    code: str
    label: str
    people: int | None
    inputs: int
    share: int


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show the process; a constant number of queries, however many inputs there are."""
    process = process_or_404(request, key)
    person, at = asking(request), clock.now()
    version = published_charter(process)
    stages = list(process.stages.all())
    latest = list(listing(process).order_by("-number")[:LATEST])
    entries = list(Entry.objects.filter(process_key=process.key).order_by("-index")[:LATEST])
    report = Report.objects.visible_to(person).filter(process=process).first()
    context: dict[str, Any] = {
        "process": process,
        "facts": _facts(version),
        "rail": [_rail(stage, at) for stage in stages],
        "call": next((s for s in stages if s.takes_input and s.is_open(at)), None),
        "coverage": coverage(process),
        "latest": latest,
        "readable": _readable(latest, person),
        "groups": _groups(process),
        "events": [(entry, sentence(entry)) for entry in entries],
        "newest": entries[0] if entries else None,
        "report": report,
        "works": may_work_on(process, person),
        "address": f"{process.key}@{settings.ENV['TALANOA_MAIL_DOMAIN']}",
        "version": version,
    }
    return TemplateResponse(request, "site/process.html", context)


def _facts(version: CharterVersion | None) -> list[tuple[Any, str]]:
    if version is None:
        return []
    return [(label, version.facts.get(key) or "") for key, label in FACTS if version.facts.get(key)]


def _rail(stage: Stage, at: datetime) -> RailStage:
    if stage.closed_at is not None:
        state = "done"
    else:
        state = "now" if stage.opened_at is not None and stage.opened_at <= at else "next"
    return RailStage(stage.kind, stage.get_kind_display(), state, stage.opened_at or stage.opens_at, stage.closes_at)


def _readable(rows: list[Contribution], person: Any) -> set[int]:
    keys = [row.pk for row in rows]
    return set(Contribution.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))


def _groups(process: Process) -> list[GroupLine]:
    inputs, people = inputs_by_group(process), people_by_group(process)
    total = sum(inputs.values()) or 1
    lines = [
        GroupLine(code, str(label), people.get(code), inputs.get(code, 0), round(100 * inputs.get(code, 0) / total))
        for code, label in Group.choices
    ]
    return [line for line in lines if line.inputs or line.people]
