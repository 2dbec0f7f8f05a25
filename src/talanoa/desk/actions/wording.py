"""The words that acts of the issue desk take: cleaned, never cut."""

from django.utils.translation import gettext as _

from talanoa.desk.models import TEXT_LIMIT
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text


def clean(text: str) -> str:
    """Return `text` as it is kept. Raises RuleBroken: text_empty, text_too_long."""
    try:
        said = clean_text(text.strip(), TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": TEXT_LIMIT}, code="text_too_long"
        ) from long
    if not said:
        raise RuleBroken(_("Say it in a sentence at least."), code="text_empty")
    return said
