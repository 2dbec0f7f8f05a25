"""The report as plain text, with what was agreed and who dissents: for letters, the text file and the Word document."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from talanoa.consensus.models import MinorityStatement
from talanoa.documents.models import Revision
from talanoa.documents.queries import blocks, recommendations
from talanoa.lib.citations import name_themes
from talanoa.lib.paragraphs import Paragraph
from talanoa.lib.processkeys import label
from talanoa.mail.posting import outbox
from talanoa.people.models import Group
from talanoa.processes.models import Process
from talanoa.reports.agreement import Agreement, Finding, agreement
from talanoa.reports.models import Report
from talanoa.reports.queries import theme_names

GROUPS = dict(Group.choices)
HEADING, PART = "##", "###"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the paragraphs below it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section that stands beside the text of a report: its heading, what is said first, and its parts."""

    heading: str
    lead: str
    parts: tuple[Part, ...]


def sections(made: Agreement, process: Process) -> tuple[Section, Section]:
    """Return what was agreed, and the minority statements: two sections at the same level."""
    return (
        Section(_("What was agreed"), agreed_lead(made), tuple(_part(row, process) for row in made.findings)),
        Section(
            _("Minority statements"),
            "" if made.statements else _("Nobody sent one."),
            tuple(statement_part(row) for row in made.statements),
        ),
    )


def agreed_lead(made: Agreement) -> str:
    """Return that nothing was found, that something is contested, and why a draft has no outcome, where that is so."""
    told = [] if made.findings else [_("No finding holds.")]
    if made.contested:
        told.append(
            _("Contested, and not decided yet: %(names)s. Nobody decides on the report before.")
            % {"names": ", ".join(made.contested)}
        )
    if made.because:
        told.append(_("Why a draft has no outcome: %(reason)s") % {"reason": made.because})
    return " ".join(told)


def _part(row: Finding, process: Process) -> Part:
    found = row.designation
    numbers = ", ".join(label(process.key, number) for number in row.dissent)
    dissent = (
        _("Objections that remain: %(numbers)s") % {"numbers": numbers}
        if numbers
        else _("No objection remains.")
    )
    stated = _("%(name)s, %(day)s") % {
        "name": found.name,
        "day": date_format(found.designated_at, "j F Y"),
    }
    source = _("Call %(call)s, draft %(draft)s, revision %(revision)s, SHA-256 %(hash)s") % {
        "call": found.call.number,
        "draft": found.call.draft.number,
        "revision": found.call.revision.number,
        "hash": found.call.revision.sha256,
    }
    words = (row.text,) if row.text else ()
    return Part(f"{row.title}: {row.level}", (*words, found.reasons, stated, dissent, source))


def statement_part(row: MinorityStatement) -> Part:
    """Return a minority statement in its own words, with its number, its author as shown, and what it is about."""
    return Part(_statement_heading(row), (about(row), row.text))


def _statement_heading(row: MinorityStatement) -> str:
    author = row.contribution.authorship.shown()
    called = label(row.contribution.process.key, row.contribution.number)
    named = ", ".join(filter(None, (author.name, author.organization, str(GROUPS.get(author.group, "")))))
    return f"{called}: {named}" if named else called


def about(row: MinorityStatement) -> str:
    """Return which recommendation of which draft, found on in which call, a minority statement is about."""
    told = {"draft": row.call.draft.document.title, "call": row.call.number, "number": row.recommendation}
    if row.recommendation:
        return _("On recommendation %(number)s of “%(draft)s”, call %(call)s") % told
    return _("On “%(draft)s”, call %(call)s") % told


def level_line(finding: Finding | None) -> str:
    """Return how far a recommendation of a report is agreed: it stands beside its words in every form."""
    if finding is None:
        return _("No finding holds for these words.")
    return _("How far it is agreed: %(level)s (call %(call)s)") % {
        "level": finding.level,
        "call": finding.designation.call.number,
    }


def report_page(report: Report) -> str:
    """Return the whole address of the report, for letters."""
    return f"{outbox.site}{reverse('reports:show', args=[report.process.key])}"


def report_text(report: Report, revision: Revision) -> str:
    """Return the whole report in Markdown, as people read it in a letter or a text file."""
    process = report.process
    made = agreement(process)
    names = theme_names(process).get
    if made is None:
        return name_themes(revision.text, process.key, names)
    levels = made.found_on(recommendations(revision))
    told = [part for block in blocks(revision) for part in _told(block, levels)]
    text = name_themes("\n\n".join(told), process.key, names)
    return "\n\n".join([text, *_lines(sections(made, process))]) + "\n"


def recommended_text(report: Report, revision: Revision) -> str:
    """Return the recommendations alone, each with its level, and who sent a minority statement: for a long report."""
    process = report.process
    made, asked = agreement(process), recommendations(revision)
    if made is None:
        return name_themes("\n\n".join(row.text for row in asked), process.key, theme_names(process).get)
    levels = made.found_on(asked)
    told = [line for row in asked for line in (row.text, level_line(levels[row.number]))]
    senders = [_statement_heading(row) for row in made.statements]
    return "\n\n".join(
        [*told, f"{HEADING} {_('Minority statements')}", *(senders or [_("Nobody sent one.")])]
    )


def _told(block: Paragraph, levels: dict[int, Finding | None]) -> list[str]:
    """Return a paragraph of the report; one that recommends something has its level below it."""
    return [block.text, level_line(levels[block.number])] if block.number in levels else [block.text]


def _lines(found: Iterable[Section]) -> list[str]:
    lines: list[str] = []
    for section in found:
        lines.append(f"{HEADING} {section.heading}")
        lines += [section.lead] if section.lead else []
        for part in section.parts:
            lines += [f"{PART} {part.heading}", *part.paragraphs]
    return lines
