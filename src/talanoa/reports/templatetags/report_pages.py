"""How a report tells what was agreed: `{% load report_pages %}`. The words are those of its plain text."""

from django import template

from talanoa.reports import letters

register = template.Library()
register.filter("level_line", letters.level_line)
register.filter("about", letters.about)
register.filter("agreed_lead", letters.agreed_lead)


@register.filter
def group_name(code: str) -> str:
    """Return how a stakeholder group is called."""
    return str(letters.GROUPS.get(code, ""))
