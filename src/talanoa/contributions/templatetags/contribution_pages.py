"""Where a contribution stands, and its words with the numbers in them as links: `{% load contribution_pages %}`."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from talanoa.contributions.models import Contribution
from talanoa.contributions.rows import page_of
from talanoa.contributions.skin import receipt_of
from talanoa.kernel.markdown import Link, render_plain
from talanoa.lib.mentions import mentions
from talanoa.people.models import Group

register = template.Library()


@register.filter
def page(contribution: Contribution) -> str:
    """Return the address of its page."""
    return page_of(contribution.process.key, contribution.number, contribution.kind)


@register.filter
def receipt(contribution: Contribution) -> str:
    """Return the address of its receipt."""
    return receipt_of(contribution.process.key, contribution.number, contribution.kind)


@register.simple_tag
def said(text: str, key: str, named: Mapping[int, str]) -> SafeString:
    """Show plain text of the process `key`; the numbers `named`, each with its kind, become links."""

    def links(line: str) -> list[Link]:
        found = (one for one in mentions(line, key) if one.number in named)
        return [Link(one.start, one.end, page_of(key, one.number, named[one.number])) for one in found]

    return render_plain(text, links)


@register.filter
def group_name(code: str) -> str:
    """Return the name of a stakeholder group."""
    return str(dict(Group.choices).get(code, code))
