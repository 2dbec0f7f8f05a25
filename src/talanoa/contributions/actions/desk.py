"""Working acts of the desk: themes, filing, private notes. They append no entry; nobody else is touched."""

from collections.abc import Iterable
from itertools import count

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution, Filing, Handling, Theme
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line, clean_text, slug
from talanoa.processes.models import Actor, Participant, Process
from talanoa.processes.permissions import require_office

NOTE_LIMIT = 20_000


@transaction.atomic
def make_theme(process: Process, *, by: Actor, label: str, summary: str, name: str = "") -> Theme:
    """Make a theme, or change the words of the one called `name` or labeled so. A working act of the desk.

    Raises NotAllowed; RuleBroken: summary_missing, text_too_long.
    """
    require_office(by, process)
    words = {"label": _label(label), "summary": _clean(summary)}
    if not words["label"] or not words["summary"].strip():
        raise RuleBroken(
            _("A theme needs a label and one sentence on what its inputs say."), code="summary_missing"
        )
    called = name or _slug(process, words["label"])
    theme, _created = Theme.objects.update_or_create(process=process, slug=called, defaults=words)
    return theme


def _label(label: str) -> str:
    """Return the label as one clean line of at most 120 characters."""
    return clean_line(label[:1000], 3000)[:120].rstrip()


def _slug(process: Process, label: str) -> str:
    """Return the slug of the theme with this label, or a free one: labels may differ in signs or script only."""
    known = process.themes.filter(label=label).first()
    if known:
        return known.slug
    taken = set(process.themes.values_list("slug", flat=True))
    base = slug(label, 34) or "theme"
    return next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)


@transaction.atomic
def file_under(contributions: Iterable[Contribution], theme: Theme, *, by: Actor) -> list[Contribution]:
    """Put contributions under a theme; return those that were not there yet. A working act of the desk.

    Raises NotAllowed; RuleBroken: other_process, needs_no_answer.
    """
    require_office(by, theme.process)
    chosen = list(contributions)
    if any(c.process_id != theme.process_id for c in chosen):
        raise RuleBroken(_("A theme groups inputs of its own process only."), code="other_process")
    for contribution in chosen:
        contribution.check_answerable()
    there = set(
        Filing.objects.filter(theme=theme, contribution__in=chosen).values_list("contribution_id", flat=True)
    )
    new = [c for c in chosen if c.pk not in there]
    Filing.objects.bulk_create(Filing(contribution=c, theme=theme) for c in new)
    return new


@transaction.atomic
def take_from(contributions: Iterable[Contribution], theme: Theme, *, by: Actor) -> None:
    """Undo `file_under` for contributions that this theme has not answered yet. Raises NotAllowed."""
    require_office(by, theme.process)
    rows = Filing.objects.filter(theme=theme, contribution__in=list(contributions))
    rows.exclude(contribution__answers__response__theme=theme).delete()


@transaction.atomic
def handle(contribution: Contribution, *, by: Actor, note: str, assignee: Participant | None) -> Handling:
    """Save the desk's private note and who takes care. A working act.

    Raises NotAllowed; RuleBroken: not_at_desk, text_too_long.
    """
    require_office(by, contribution.process)
    if assignee is not None and not (
        assignee.process_id == contribution.process_id and assignee.roles.exists()
    ):
        raise RuleBroken(_("Only people with a role in this process can be assigned."), code="not_at_desk")
    made, _created = Handling.objects.update_or_create(
        contribution=contribution, defaults={"note": _clean(note), "assignee": assignee}
    )
    return made


def _clean(text: str) -> str:
    try:
        return clean_text(text, NOTE_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": NOTE_LIMIT}, code="text_too_long"
        ) from long
