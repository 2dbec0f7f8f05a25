"""The pages of one process, for its navigation; how numbers, places, languages and reasons are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from talanoa.lib.languages import language_name
from talanoa.lib.processkeys import label
from talanoa.lib.regions import country_name
from talanoa.people.middleware import asking
from talanoa.people.models import InterestStatement
from talanoa.processes.models import Process, Stage
from talanoa.processes.permissions import may_work_on

register = template.Library()


@dataclass(frozen=True, slots=True)
class ProcessPages:
    """Label and address of each page; `here` is the address of the one that is shown, or that it belongs to."""

    rows: list[tuple[str, str]]
    here: str


@register.simple_tag(takes_context=True)
def process_pages(context: Context, process: Process) -> ProcessPages:
    """Return the pages of `process`; the desk only for those who work there."""
    request = context["request"]
    pages = [
        (_("Overview"), reverse("site:process", args=[process.key])),
        (_("Charter"), reverse("processes:charter", args=[process.key])),
        (_("Inputs"), reverse("inputs:index", args=[process.key])),
        (_("Discussion"), reverse("discussions:index", args=[process.key])),
        (_("Statements"), reverse("statements:index", args=[process.key])),
        (_("Meetings"), reverse("meetings:index", args=[process.key])),
        *(_agreeing(process) if _drafts(process) else []),
        (_("Themes and answers"), reverse("contributions:themes", args=[process.key])),
    ]
    if process.state in PUBLIC_REPORT:
        pages.append((_("Report"), reverse("reports:show", args=[process.key])))
    if _works(context, request, process):
        pages.append((_("Desk"), reverse("site:desk", args=[process.key])))
    return ProcessPages(pages, _here(request, process, [url for _label, url in pages[1:]]))


def _here(request: Any, process: Process, parts: list[str]) -> str:
    """Return the part of a process that a page belongs to: objections, challenges and appeals to its calls."""
    found = next((url for url in parts if request.path.startswith(url)), "")
    if not found and request.resolver_match and request.resolver_match.namespace == "consensus":
        return reverse("consensus:list", args=[process.key])
    overview = reverse("site:process", args=[process.key])
    return found or (overview if request.path == overview else "")


def _agreeing(process: Process) -> list[tuple[str, str]]:
    drafts = (_("Drafts"), reverse("drafts:index", args=[process.key]))
    return [drafts, (_("Consensus calls"), reverse("consensus:list", args=[process.key]))]


def _drafts(process: Process) -> bool:
    """Tell whether the charter plans drafts."""
    return any(stage.kind == Stage.Kind.DRAFTING for stage in process.stages.all())


def _works(context: Context, request: Any, process: Process) -> bool:
    """Tell whether the reader works at the desk, from what the view has found out already where it has."""
    known = getattr(request, "at_desk", context.get("works"))
    return may_work_on(process, asking(request)) if known is None else bool(known)


@register.filter
def called(process: Process, number: int) -> str:
    """Return how a contribution is called, such as `nm-17`."""
    return label(process.key, number)


@register.filter
def country(code: str) -> str:
    """Return the name of a country or region, or what was given where it is not a code."""
    return country_name(code) or code


@register.filter
def languages(tags: Iterable[str]) -> SafeString:
    """Name languages in their own words, each marked as what it is written in."""
    return format_html_join(", ", '<bdi lang="{}">{}</bdi>', ((tag, language_name(tag)) for tag in tags))


@register.filter
def standing_at(statement: InterestStatement, at: datetime) -> str:
    """Return the code of how the author of a statement stood to it at `at`."""
    return statement.standing(at)


PUBLIC_REPORT = (
    Process.State.REVIEW_PERIOD,
    Process.State.FINAL,
    Process.State.DECIDED,
    Process.State.FOLLOW_UP,
    Process.State.CLOSED,
)
