"""A first outline of a report, made from the themes and their answers: a beginning to write on, never the end."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Response
from talanoa.contributions.queries import coverage, themes_with_counts
from talanoa.lib.paragraphs import unnumbered
from talanoa.processes.charter import option_name
from talanoa.processes.models import Process
from talanoa.reports.agreement import Agreement, agreement
from talanoa.reports.queries import options


def outline(process: Process) -> str:
    """Return Markdown with one section for each theme, and the recommendations.

    They are what was agreed, word for word; where nothing is drafted together, one for each answer that was accepted.
    """
    counted = coverage(process)
    parts = [
        f"# {process.title}",
        _("%(received)s inputs were received; %(answered)s have an answer.")
        % {"received": counted.received, "answered": counted.answered},
    ]
    changes: list[str] = []
    for theme in themes_with_counts(process):
        answers = [r for r in theme.responses.all() if r.approved_at is not None]
        parts += [f"## {theme.label}", f"{theme.summary} [theme:{theme.slug}]"]
        parts += [answer.text for answer in answers]
        changes += [a.change for a in answers if a.change and a.status != Response.Status.NOT_ACCEPTED]
    parts += [*_options_table(process), "## " + _("Recommendations")]
    made = agreement(process)
    recommended = changes or [_("Note the answers given in this report.")]
    if made is not None:
        recommended = _agreed(made)
    parts += [f"Recommendation {n}. {text}" for n, text in enumerate(recommended, start=1)]
    return "\n\n".join(parts if recommended else [*parts, _("Nothing was agreed.")]) + "\n"


def _agreed(made: Agreement) -> list[str]:
    """Return what was agreed, word for word, without the numbers that it had in its drafts."""
    return [
        unnumbered(text)
        for finding in made.agreed
        for text in ((finding.text,) if finding.text else finding.words)
    ]


def _options_table(process: Process) -> list[str]:
    """Return the table of options x evidence of a feasibility study, its cells to be filled by the writer."""
    listed = options(process)
    if not listed:
        return []
    head = f"| {_('Option')} | {_('Evidence for')} | {_('Evidence against')} | {_('Finding')} |\n|---|---|---|---|"
    rows = "\n".join(f"| {option_name(option)} | | | |" for option in listed)
    return ["## " + _("Options and evidence"), f"{head}\n{rows}"]
