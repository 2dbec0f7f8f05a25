"""How words of people about a meeting are kept."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text


def kept(given: str, limit: int) -> str:
    """Return words as they are kept, or nothing. Raises RuleBroken: text_too_long."""
    try:
        return clean_text(given.strip(), limit)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": limit}, code="text_too_long"
        ) from long


def spoken(given: str, limit: int) -> str:
    """Return words as they are kept. Raises RuleBroken: text_too_long; text_empty where there are none."""
    words = kept(given, limit)
    if not words:
        raise RuleBroken(_("There are no words yet."), code="text_empty")
    return words
