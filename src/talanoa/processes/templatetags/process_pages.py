"""The pages of one process, for its navigation."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.lib.processkeys import label
from talanoa.lib.regions import place_name
from talanoa.processes.models import Process

register = template.Library()


@register.simple_tag(takes_context=True)
def process_pages(context: Context, process: Process) -> list[tuple[str, str]]:
    """Return label and address of each page of `process`; the desk only for those who work there."""
    pages = [
        (_("Overview"), reverse("site:process", args=[process.key])),
        (_("Charter"), reverse("processes:charter", args=[process.key])),
        (_("Inputs"), reverse("inputs:index", args=[process.key])),
        (_("Themes and answers"), reverse("contributions:themes", args=[process.key])),
    ]
    if process.state in PUBLIC_REPORT:
        pages.append((_("Report"), reverse("reports:show", args=[process.key])))
    if context.get("works") or context.get("by"):
        pages.append((_("Desk"), reverse("site:desk", args=[process.key])))
    return pages


@register.filter
def called(process: Process, number: int) -> str:
    """Return how a contribution is called, such as `nm-17`."""
    return label(process.key, number)


@register.filter
def country(code: str) -> str:
    """Return the name of a country or region, or what was given where it is not a code."""
    return place_name(code)


PUBLIC_REPORT = (
    Process.State.REVIEW_PERIOD,
    Process.State.FINAL,
    Process.State.DECIDED,
    Process.State.FOLLOW_UP,
    Process.State.CLOSED,
)
