"""The response table as CSV: the six columns of ATRT3's Annex E, and the number first."""

import csv
from io import StringIO

from talanoa.contributions.queries import matrix_rows, published_answers
from talanoa.processes.models import Process

COLUMNS = ("commenter", "section", "comment", "response", "change", "where")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str) -> str:
    """Return `value` so that no spreadsheet takes it for a formula (ASVS 5.0, 1.2.10)."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def matrix_csv(process: Process) -> str:
    """Return the table of all published answers, one line for each input and answer, in order of the numbers."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in matrix_rows(published_answers(process).iterator(500), process):
        writer.writerow(safe_cell(getattr(row, column)) for column in COLUMNS)
    return out.getvalue()
