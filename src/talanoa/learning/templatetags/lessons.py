"""How the blocks of a lesson are called."""

from django import template

from talanoa.learning.exporting.shown import BLOCK_TITLES

register = template.Library()


@register.filter
def block_title(kind: str) -> str:
    """Return the heading of a block by its kind; empty for prose."""
    return str(BLOCK_TITLES.get(kind, ""))
