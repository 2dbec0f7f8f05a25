"""What was awarded, for everybody: a page and its tables, the same for every reader."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.grants.queries import portfolio as asked
from talanoa.lib.cells import safe_cell


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every award that was accepted, and what they add up to by group, region and funder."""
    rows = asked.portfolio()
    sums = [(one, asked.called(one)) for one in asked.by_group(rows)]
    regions = [(one, asked.called(one)) for one in asked.by_region(rows)]
    context = {"rows": rows, "groups": sums, "regions": regions, "funders": asked.by_funder(rows)}
    return TemplateResponse(request, "grants/awards.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Hand out every award that was accepted as CSV."""
    return _csv("awards", asked.COLUMNS, asked.lines(asked.portfolio(), settings.TALANOA_URL))


@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """Hand out what the awards add up to as CSV: by group, by region, by funder."""
    return _csv("awards-totals", asked.TOTALS, asked.total_lines(asked.portfolio()))


def _csv(name: str, columns: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> HttpResponse:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for cells in lines:
        writer.writerow(safe_cell(cell) for cell in cells)
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
