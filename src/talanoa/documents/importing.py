"""Documents of others as units that a person looks through, joins and splits before they become a revision."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from talanoa.documents.actions import LIMIT
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.extraction import ExtractionRefused
from talanoa.lib.importing import Unit, as_markdown, read_bounded

__all__ = ["Unit", "as_text", "read_document"]


def read_document(name: str, data: bytes, *, seconds: int = 10) -> tuple[Unit, ...]:
    """Return the units of a document (.md, .txt, .docx, .odt); `seconds` of a processor may go. `name` gives the type.

    A plain text is read as RFCs are written. Raises RuleBroken: text_too_long, and those of lib/extraction:
    upload_empty, upload_too_large, upload_type, upload_encoding, upload_bomb, upload_encrypted, upload_damaged,
    upload_no_text, upload_too_complex.
    """
    try:
        units = read_bounded(data, name, seconds=seconds).units
    except ExtractionRefused as refused:
        raise RuleBroken(refused.message, code=refused.code) from refused
    if len(as_text(units)) > LIMIT:
        raise RuleBroken(
            _("This text is longer than %(limit)s characters.") % {"limit": LIMIT}, code="text_too_long"
        )
    return units


def as_text(units: Iterable[Unit]) -> str:
    """Return the Markdown of `units`, as `documents.actions.revise` takes it."""
    return as_markdown(units)
