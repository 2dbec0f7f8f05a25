"""What comes of an application: its lines, its files with the text taken out within limits, what tells who applies."""

from django.utils.translation import gettext as _

from talanoa.grants.models import Application, ResearchCall
from talanoa.grants.queries import names_of
from talanoa.inputs.declaring import country_called, group_called
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.applications import ApplicationText, Fellow, LineUnreadable, read
from talanoa.lib.blinding import telling
from talanoa.lib.extraction import Extracted, ExtractionRefused, extract_bounded


def read_attached(data: bytes, filename: str, *, seconds: int = 10) -> Extracted:
    """Return what a file (txt, md, pdf, docx, odt) holds; `seconds` of a processor may go.

    Raises RuleBroken with the codes of lib/extraction.
    """
    try:
        return extract_bounded(data, filename, seconds=seconds)
    except ExtractionRefused as refused:
        raise RuleBroken(refused.message, code=refused.code) from refused


def telling_words(draft: Application) -> list[str]:
    """Return what in an application tells who applies, each with where it stands."""
    found = [f"{one.word}" for one in telling(draft.words, names_of(draft))]
    files = [
        f"{row.filename}: {word}"
        for row in draft.attachments.order_by("number")
        for _line, word in row.telling
    ]
    return list(dict.fromkeys([*found, *files]))


def read_lines(text: str, call: ResearchCall) -> ApplicationText:
    """Return the application that lines tell. Raises RuleBroken(application_unreadable)."""
    try:
        found = read(text, call.facts)
    except LineUnreadable as wrong:
        raise RuleBroken(
            _("This cannot be read: “%(line)s”.") % {"line": wrong.args[0]}, code="application_unreadable"
        ) from wrong
    fellows = tuple(
        Fellow(
            one.name,
            one.address,
            one.organization,
            country_called(one.country),
            group_called(one.group),
            one.orcid,
        )
        for one in found.fellows
    )
    return ApplicationText(found.title, found.answers, found.budget, fellows)
