"""The response table: as CSV in the six columns of ATRT3's Annex E; for the page each answer once, then its inputs."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from itertools import groupby

from django.db.models import BigIntegerField, Case, F, QuerySet, Value, When
from django.urls import reverse

from talanoa.contributions.models import Answer, Contribution, Response, Theme
from talanoa.contributions.queries import commenter, is_told_of, matrix_rows, published_answers
from talanoa.lib.cells import safe_cell
from talanoa.lib.processkeys import label
from talanoa.processes.models import Process

COLUMNS = ("commenter", "section", "comment", "response", "change", "where")


def matrix_csv(process: Process) -> str:
    """Return the table of all published answers, one line for each input and answer, in order of the numbers."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in matrix_rows(published_answers(process).iterator(500), process):
        writer.writerow(safe_cell(getattr(row, column)) for column in COLUMNS)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class AnsweredInput:
    """An input under its answer. What is not public has its number alone."""

    called: str
    url: str
    title: str
    language: str
    commenter: str


@dataclass(frozen=True, slots=True)
class AnsweredTogether:
    """An answer and the inputs that got it; `response` is None where the answer may not be told."""

    status: str
    status_label: str
    response: Response | None
    theme_url: str
    inputs: list[AnsweredInput]


def answers_by_theme(process: Process) -> QuerySet[Answer]:
    """Return all published answers, theme by theme; those without a theme last, in the order of the numbers.

    An answer to one input alone is not sorted beside its equals: what is not told may not be told by its place.
    """
    own = When(response__theme__isnull=True, then=Value(0))
    of_theme = Case(own, default=F("response_id"), output_field=BigIntegerField())
    rows = published_answers(process).select_related("contribution__input")
    return rows.order_by(
        F("response__theme__label").asc(nulls_last=True),
        "response__theme_id",
        of_theme,
        "contribution__number",
    )


def together(answers: Iterable[Answer], process: Process) -> list[AnsweredTogether]:
    """Group `answers`, in the order in which they come, so that each text stands once."""
    made = []
    for (_pk, is_told), rows in groupby(answers, lambda answer: (answer.response_id, is_told_of(answer))):
        found = list(rows)
        response = found[0].response
        made.append(
            AnsweredTogether(
                status=response.status,
                status_label=response.get_status_display(),
                response=response if is_told else None,
                theme_url=_theme_url(response.theme, process),
                inputs=[_input(row.contribution, process) for row in found],
            )
        )
    return made


def _theme_url(theme: Theme | None, process: Process) -> str:
    return reverse("contributions:theme", args=[process.key, theme.slug]) if theme else ""


def _input(contribution: Contribution, process: Process) -> AnsweredInput:
    said = contribution.input if contribution.is_public else None
    return AnsweredInput(
        called=label(process.key, contribution.number),
        url=reverse("inputs:show", args=[process.key, contribution.number]),
        title=said.title if said else "",
        language=said.language if said else "",
        commenter=commenter(contribution),
    )
