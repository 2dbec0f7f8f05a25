"""Steps of the registry: load it from its files, date an entry, receive a correction and answer it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib.registry_files import Dated, Files, Listed
from talanoa.people.models import Person
from talanoa.record.actions import append
from talanoa.record.events import Committed
from talanoa.registry.events import CorrectionAnswered, CorrectionReceived, RegistryDated, RegistryLoaded
from talanoa.registry.models import Body, Correction, Opportunity, OutsideProcess, Registry, Topic
from talanoa.registry.permissions import require_keeper
from talanoa.registry.queries import Row, about

RENAMED = {"checked": "checked_on", "opens": "opens_on", "closes": "closes_on"}
Values = dict[str, Any]


@transaction.atomic
def load_registry(files: Files, *, at: datetime, channel: str) -> bool:
    """Take the registry from its files; tell whether anything was new. The operator's act, or the founding's.

    What the files no longer have stays and is not listed. Dates that somebody set here after the day on which the file
    was checked stay as they are.
    """
    registry = _locked()
    if registry.sha256 == files.sha256:
        return False
    _keep(Topic, {row.key: {"name": row.name, "terms": list(row.terms)} for row in files.topics})
    _keep(Body, {row.key: _values(row, "parent") for row in files.bodies})
    bodies: dict[str, Body] = {row.key: row for row in Body.objects.all()}
    for told in files.bodies:
        Body.objects.filter(key=told.key).update(parent=bodies.get(told.parent))
    _keep(OutsideProcess, {row.key: _of(row, bodies) for row in files.processes})
    training, funding = Opportunity.Kind.TRAINING, Opportunity.Kind.FUNDING
    offered = {row.key: _of(row, bodies) | {"kind": training} for row in files.trainings}
    _keep(Opportunity, offered | {row.key: _of(row, bodies) | {"kind": funding} for row in files.funding})
    registry.sha256, registry.loaded_at = files.sha256, at
    registry.save(update_fields=["sha256", "loaded_at"])
    event = RegistryLoaded(
        bodies=len(files.bodies),
        processes=len(files.processes),
        trainings=len(files.trainings),
        funding=len(files.funding),
        sha256=files.sha256,
    )
    append(event, at=at, channel=channel, role="operator")
    return True


def _locked() -> Registry:
    """Return the one row of the registry, locked: loading and numbering wait for each other."""
    Registry.objects.get_or_create(pk=1)
    return Registry.objects.select_for_update(no_key=True).get(pk=1)


def _values(row: Listed, *without: str) -> Values:
    """Return what a file says as values of a row."""
    made: Values = {}
    for name, value in asdict(row).items():
        if name == "feeds":
            made[name] = [{"kind": kind, "url": url} for kind, url in value]
        elif name not in (*without, "key"):
            made[RENAMED.get(name, name)] = list(value) if isinstance(value, tuple) else value
    return made


def _of(row: Dated, bodies: Mapping[str, Body]) -> Values:
    return _values(row) | {"body": bodies.get(row.body)}


def _keep(table: type[Any], told: Mapping[str, Values]) -> None:
    """Make the rows of `table` say what the files say; those that they do not have are not listed any more."""
    known = {row.key: row for row in table.objects.all()}
    for key, values in told.items():
        row = known.get(key) or table(key=key)
        for name, value in _newer(row, values).items():
            setattr(row, name, value)
        row.is_listed = True
        row.save()
    table.objects.exclude(key__in=told).update(is_listed=False)


def _newer(row: Any, values: Values) -> Values:
    """Return `values` without the dates where those of the row were checked later."""
    checked = getattr(row, "checked_on", None)
    if checked is None or checked <= (values.get("checked_on") or date.min):
        return values
    return {name: value for name, value in values.items() if name not in RENAMED.values()}


@transaction.atomic
def date_entry(
    row: Row,
    *,
    by: Person,
    checked: date,
    opens: date | None = None,
    closes: date | None = None,
    at: datetime,
    channel: str,
) -> Row:
    """Say on which day an entry was held against its sources, and from when to when it runs, where it has an end.

    A body runs always. Raises NotAllowed; RuleBroken: date_ahead, dates_reversed.
    """
    row = type(row).objects.select_for_update(no_key=True).get(pk=row.pk)
    role = require_keeper(by)
    if checked > at.date():
        raise RuleBroken(_("It cannot have been checked on a day to come."), code="date_ahead")
    if opens and closes and closes < opens:
        raise RuleBroken(_("It cannot end before it begins."), code="dates_reversed")
    row.checked_on = checked
    if not isinstance(row, Body):
        row.opens_on, row.closes_on = opens, closes
    row.save()
    shown = [f"{day:%Y-%m-%d}" if day else "-" for day in (opens, closes)]
    event = RegistryDated(about=about(row), checked=f"{checked:%Y-%m-%d}", opens=shown[0], closes=shown[1])
    append(event, at=at, channel=channel, role=role)
    return row


@transaction.atomic
def receive_correction(
    *, by: Person | None, about: str, text: str, dedup_key: str, at: datetime, channel: str
) -> Correction:
    """Number what somebody says is wrong or missing; the same `dedup_key` returns the first one.

    `by` is whoever said it, None where they gave no address. `about` is such as `body/igf`, empty for all of it.
    Raises RuleBroken: text_empty, text_too_long.
    """
    registry = _locked()
    known = Correction.objects.filter(dedup_key=dedup_key).first()
    if known is not None:
        return known
    registry.last_correction += 1
    registry.save(update_fields=["last_correction"])
    made = Correction.objects.create(
        number=registry.last_correction,
        about=about,
        text=_clean(text),
        person=by,
        channel=channel,
        dedup_key=dedup_key,
        received_at=at,
    )
    told = CorrectionReceived(
        correction=made.number, about=about or "-", text_sha256=Committed(made, "text_sha256")
    )
    append(told, at=at, channel=channel, role="reader")
    return made


@transaction.atomic
def number_liaison() -> int:
    """Give the next letter to a body its number; the act that sends it is on the record."""
    registry = _locked()
    registry.last_liaison += 1
    registry.save(update_fields=["last_liaison"])
    return registry.last_liaison


@transaction.atomic
def answer_correction(
    correction: Correction, *, by: Person, outcome: str, text: str, at: datetime, channel: str
) -> Correction:
    """Answer a correction, in public: `outcome` is one of `Correction.Outcome`, `text` says why.

    Raises NotAllowed; RuleBroken: correction_answered, outcome_unknown, text_empty, text_too_long.
    """
    correction = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
    role = require_keeper(by)
    correction.check_unanswered()
    if outcome not in Correction.Outcome.values:
        raise RuleBroken(
            _("Say one of these: %(outcomes)s.") % {"outcomes": ", ".join(Correction.Outcome.values)},
            code="outcome_unknown",
        )
    correction.outcome, correction.answer, correction.answered_at = outcome, _clean(text), at
    correction.save(update_fields=["outcome", "answer", "answered_at"])
    event = CorrectionAnswered(
        correction=correction.number, outcome=outcome, answer_sha256=Committed(correction, "answer_sha256")
    )
    append(event, at=at, channel=channel, role=role)
    return correction


def _clean(text: str) -> str:
    try:
        said = clean_text(text.strip(), Correction.TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": Correction.TEXT_LIMIT},
            code="text_too_long",
        ) from long
    if not said:
        raise RuleBroken(_("Say in a few words what is wrong or missing."), code="text_empty")
    return said
