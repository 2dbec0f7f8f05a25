"""What comes of applications and awards: lines, files with the text taken out within limits, what tells who applies."""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from talanoa.grants.actions.producing import Ethics, Registration
from talanoa.grants.models import Application, ResearchCall
from talanoa.grants.queries import names_of
from talanoa.inputs.declaring import country_called, group_called
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import agreements, outputs
from talanoa.lib.agreements import Agreement, Due
from talanoa.lib.applications import ApplicationText, Fellow, read
from talanoa.lib.blinding import telling
from talanoa.lib.extraction import Extracted, ExtractionRefused, extract_bounded
from talanoa.lib.labeled import LineUnreadable, day_in, labeled
from talanoa.lib.outputs import Author, Sent

Made = TypeVar("Made")


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


def read_agreement(text: str) -> Agreement:
    """Return the agreement that lines tell. Raises RuleBroken(award_unreadable)."""
    return _read(agreements.read, text)


def read_due(line: str) -> Due:
    """Return the milestone that a line tells. Raises RuleBroken(award_unreadable)."""
    return _read(agreements.due, line)


def read_output(text: str) -> Sent:
    """Return the output that lines tell. Raises RuleBroken(award_unreadable)."""
    return _read(outputs.read, text)


def read_author(line: str) -> Author:
    """Return the author that a line tells. Raises RuleBroken(award_unreadable)."""
    return _read(outputs.author, line)


def read_ethics(text: str) -> Ethics:
    """Return who approved something, as lines tell it: `body:`, `reference:`, `date:`; or `none:` and why.

    Raises RuleBroken(award_unreadable).
    """
    said = _read(_lines(("body", "reference", "date", "none")), text)
    day = _read(day_in, said["date"]) if said.get("date") else None
    return Ethics(said.get("body", ""), said.get("reference", ""), day, said.get("none", ""))


def read_registration(text: str) -> Registration:
    """Return where a plan is registered, as lines tell it: `registry:`, `identifier:`, `date:`.

    Raises RuleBroken(award_unreadable).
    """
    said = _read(_lines(("registry", "identifier", "date")), text)
    day = _read(day_in, said["date"]) if said.get("date") else None
    return Registration(said.get("registry", ""), said.get("identifier", ""), day)


def _lines(labels: tuple[str, ...]) -> Callable[[str], dict[str, str]]:
    return lambda text: {name: said.strip() for name, said in labeled(text, labels.__contains__)}


def _read(read: Callable[[str], Made], text: str) -> Made:
    try:
        return read(text)
    except LineUnreadable as wrong:
        raise RuleBroken(
            _("This cannot be read: “%(line)s”.") % {"line": wrong.args[0]}, code="award_unreadable"
        ) from wrong
