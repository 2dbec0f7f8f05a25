"""What the pages of publications share: finding one, its citation, its results as parts of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from talanoa.lib.measures.definitions import Result
from talanoa.lib.measures.known import BY_KEY
from talanoa.lib.studies.citing import Citation
from talanoa.lib.studies.criteria import CRITERIA, Criterion
from talanoa.lib.studies.pages import measured
from talanoa.people.middleware import asking
from talanoa.studies.models import Publication


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: an input of a study, or a criterion of an audit, with what was measured."""

    title: str
    criterion: Criterion | None
    measured: list[SafeString]


def publication_or_404(request: HttpRequest, name: str) -> Publication:
    """Return the publication if whoever asks may read it."""
    rows = Publication.objects.visible_to(asking(request)).select_related("process", "entry", "replaced_by")
    found = rows.defer("pack").filter(name=name).first()
    if found is None:
        raise Http404
    return found


def citation(publication: Publication) -> Citation:
    """Return how to cite a publication."""
    return Citation(
        name=publication.name,
        title=publication.title,
        authors=publication.words.get("authors", ""),
        publisher=settings.ENV["TALANOA_NAME"],
        published_on=publication.published_at.date(),
        url=settings.TALANOA_URL + reverse("studies:show", args=[publication.name]),
        is_data=publication.kind == Publication.Kind.DATASET,
    )


def parts(publication: Publication) -> Iterator[Part]:
    """Give the results, by criterion where it is an audit."""
    for name, rows in publication.results.items():
        found = {row["measure"]: _result(row) for row in rows if row["measure"] in BY_KEY}
        if publication.kind == Publication.Kind.AUDIT:
            for one in CRITERIA:
                shown = [_shown(name, found[key]) for key in one.measures if key in found]
                yield Part(one.title, one, shown)
        elif found:
            yield Part(name, None, [_shown(name, result) for result in found.values()])


def _result(row: dict[str, Any]) -> Result:
    """Return a result as it was before it became JSON, which writes a share of 1 like a count of 1."""
    columns = tuple(row["columns"])
    rows = tuple(
        tuple(
            float(value) if isinstance(value, int) and _is_share(name) else value
            for name, value in zip(columns, one, strict=True)
        )
        for one in row["rows"]
    )
    return Result(**{**row, "columns": columns, "rows": rows})


def _is_share(column: str) -> bool:
    return column in ("low", "high", "value") or column.startswith("share")


def _shown(name: str, result: Result) -> SafeString:
    return mark_safe(measured(name, result))  # noqa: S308 - `measured` escapes every word that it is given
