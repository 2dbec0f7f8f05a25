"""Working acts of the desk: themes, filing, private notes. They append no entry; nobody else is touched."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution, Filing, Handling, Theme
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text, slug
from talanoa.processes.models import Actor, Participant, Process
from talanoa.processes.permissions import require_office

NOTE_LIMIT = 20_000


@transaction.atomic
def make_theme(process: Process, *, by: Actor, label: str, summary: str, name: str = "") -> Theme:
    """Make a theme, or change the words of the one called `name`. A working act of the desk.

    Raises NotAllowed; RuleBroken: summary_missing.
    """
    require_office(by, process)
    if not label.strip() or not summary.strip():
        raise RuleBroken(
            _("A theme needs a label and one sentence on what its inputs say."), code="summary_missing"
        )
    words = {"label": " ".join(label.split())[:120], "summary": clean_text(summary, NOTE_LIMIT)}
    theme, _created = Theme.objects.update_or_create(
        process=process, slug=slug(name or label) or "theme", defaults=words
    )
    return theme


@transaction.atomic
def file_under(contributions: Iterable[Contribution], theme: Theme, *, by: Actor) -> list[Contribution]:
    """Put contributions under a theme; return those that were not there yet. A working act of the desk.

    Raises NotAllowed; RuleBroken: other_process.
    """
    require_office(by, theme.process)
    chosen = list(contributions)
    if any(c.process_id != theme.process_id for c in chosen):
        raise RuleBroken(_("A theme groups inputs of its own process only."), code="other_process")
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
    """Save the desk's private note and who takes care. A working act. Raises NotAllowed; RuleBroken: not_at_desk."""
    require_office(by, contribution.process)
    if assignee is not None and not (
        assignee.process_id == contribution.process_id and assignee.roles.exists()
    ):
        raise RuleBroken(_("Only people with a role in this process can be assigned."), code="not_at_desk")
    made, _created = Handling.objects.update_or_create(
        contribution=contribution, defaults={"note": clean_text(note, NOTE_LIMIT), "assignee": assignee}
    )
    return made
