"""Inputs as lines of a list: what a reader may see of each, decided in one place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import REASON_LABELS
from talanoa.contributions.forms import GROUND_LABELS
from talanoa.contributions.models import Contribution
from talanoa.lib.processkeys import label
from talanoa.lib.regions import place_name
from talanoa.people.models import Person
from talanoa.processes.models import Process

State = Contribution.State


@dataclass(frozen=True, slots=True)
class InputRow:
    """One line: number, address, and of the words only what this reader may see."""

    key: int
    number: str
    url: str
    title: str
    language: str
    author: str
    group: str
    group_label: str
    state: str
    note: str
    status: str
    status_label: str
    n_signed: int
    pile_url: str
    n_of: int
    of_url: str


def input_rows(
    process: Process,
    contributions: Iterable[Contribution],
    reader: Person | None,
    *,
    standing_for: Mapping[int, int] | None = None,
) -> list[InputRow]:
    """Return the lines for `reader`; one query more, whatever their number.

    `standing_for` says for how many inputs of its organization a line stands, by primary key.
    """
    rows = list(contributions)
    visible = Contribution.objects.visible_to(reader).filter(pk__in=[row.pk for row in rows])
    readable = set(visible.values_list("pk", flat=True))
    n_of = standing_for or {}
    return [_row(process, row, readable=row.pk in readable, n_of=n_of.get(row.pk, 0)) for row in rows]


def _row(process: Process, row: Contribution, *, readable: bool, n_of: int) -> InputRow:
    index = reverse("inputs:index", args=[process.key])
    state, n_signed = _state(row), getattr(row, "n_signed", 0)
    shown = row.authorship.shown() if readable else None
    who = [shown.name, shown.organization, place_name(shown.country)] if shown else []
    given = row.given[-1].response if row.given else None  # type: ignore[attr-defined]
    return InputRow(
        key=row.pk,
        number=label(process.key, row.number),
        url=reverse("inputs:show", args=[process.key, row.number]),
        title=row.input.title if readable else "",
        language=row.input.language,
        author=", ".join(filter(None, who)),
        group=row.authorship.group if shown else "",
        group_label=row.authorship.get_group_display() if shown else "",
        state=state,
        note=_note(process, row),
        status=given.status if given else ("waiting" if row.is_counted else ""),
        status_label=given.get_status_display() if given else (_("Waiting") if row.is_counted else ""),
        n_signed=n_signed,
        pile_url=f"{index}?pile={row.number}" if n_signed > 1 else "",
        n_of=n_of,
        of_url=f"{index}?of={row.number}" if n_of > 1 else "",
    )


def _note(process: Process, row: Contribution) -> str:
    """Say why it is not shown, or what replaced it."""
    if row.replaced_by:
        return _("by %(number)s") % {"number": label(process.key, row.replaced_by.number)}
    if row.state in Contribution.KEPT_BACK:
        return str(REASON_LABELS.get(row.reason, ""))
    return str(GROUND_LABELS.get(row.reason, "")) if row.state == State.ERASED else ""


def _state(row: Contribution) -> str:
    if row.state == State.PUBLISHED and row.publication == Contribution.Publication.PRIVATE:
        return "private"
    return row.state
