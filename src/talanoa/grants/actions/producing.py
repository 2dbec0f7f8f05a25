"""Steps of those who have an award with what comes of it: ethics approval, registered plan, outputs."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.events import AwardEthics, AwardProduced, AwardRegistered
from talanoa.grants.models import MOST_OUTPUTS, Application, Award, Output, sha256_of
from talanoa.grants.permissions import require_applicant
from talanoa.grants.queries.awards import lacking_in_words
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.outputs import TITLE_LIMIT, OutputText, faults
from talanoa.people.models import Person
from talanoa.record.actions import append
from talanoa.record.events import Event

ROLE = "grantee"
LINE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Ethics:
    """Who approved it, under which reference, on which day; or a reason why nobody has to."""

    body: str = ""
    reference: str = ""
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """In which registry a plan stands, under which identifier, since which day."""

    registry: str
    identifier: str
    on: date | None


def _locked(award: Award, by: Person) -> Award:
    """Return the award as it stands now, for who has it. Raises NotAllowed; RuleBroken: award_state."""
    Application.objects.locked(award.application)
    award = Award.objects.locked(award)
    require_applicant(by, award.application)
    award.check_state(Award.State.ACTIVE, Award.State.COMPLETE)
    return award


def _append(award: Award, event: Event, *, at: datetime, channel: str) -> None:
    append(event, at=at, channel=channel, role=ROLE, process=award.application.call.process.key)


def _past(day: date | None, at: datetime) -> bool:
    return day is not None and day <= at.date()


@transaction.atomic
def state_ethics(award: Award, *, by: Person, ethics: Ethics, at: datetime, channel: str) -> Award:
    """State who approved what one's award is for as ethical, or why nobody has to; public, the newest counts.

    Raises NotAllowed; RuleBroken: award_state, ethics_unfit, line_too_long, text_too_long.
    """
    award = _locked(award, by)
    body, reference = fitting_line(ethics.body, LINE_LIMIT), fitting_line(ethics.reference, LINE_LIMIT)
    is_approved = bool(body and reference and _past(ethics.on, at))
    if is_approved == bool(ethics.reason.strip()) or (not is_approved and (body or reference or ethics.on)):
        raise RuleBroken(
            _("Say who approved it, under which reference and on which day; or a reason why nobody has to."),
            code="ethics_unfit",
        )
    award.ethics_body, award.ethics_reference, award.ethics_on = body, reference, ethics.on
    award.ethics_reason = "" if is_approved else checked_words(ethics.reason)
    award.save(update_fields=["ethics_body", "ethics_reference", "ethics_on", "ethics_reason"])
    told = "\n".join([body, reference, str(ethics.on or ""), award.ethics_reason])
    _append(award, AwardEthics(award=award.number, sha256=sha256_of(told)), at=at, channel=channel)
    return award


@transaction.atomic
def state_registration(award: Award, *, by: Person, plan: Registration, at: datetime, channel: str) -> Award:
    """State where the plan of one's award was registered before its data were seen; public, the newest counts.

    Raises NotAllowed; RuleBroken: award_state, registration_unfit, line_too_long.
    """
    award = _locked(award, by)
    registry, known_as = fitting_line(plan.registry, LINE_LIMIT), fitting_line(plan.identifier, LINE_LIMIT)
    if not (registry and known_as and _past(plan.on, at)):
        raise RuleBroken(
            _("Say in which registry the plan stands, under which identifier and since which day."),
            code="registration_unfit",
        )
    award.registry, award.registered_as, award.registered_on = registry, known_as, plan.on
    award.save(update_fields=["registry", "registered_as", "registered_on"])
    told = "\n".join([registry, known_as, str(plan.on)])
    _append(award, AwardRegistered(award=award.number, sha256=sha256_of(told)), at=at, channel=channel)
    return award


@transaction.atomic
def tell_output(
    award: Award, *, by: Person, told: OutputText, number: int = 0, at: datetime, channel: str
) -> Output:
    """Tell of something that came of one's award; with a `number` correct what was told of it before. Public at once.

    The same once more changes nothing. Raises NotAllowed; RuleBroken: award_state, output_unfit, outputs_too_many,
    number_unknown, line_too_long.
    """
    award = _locked(award, by)
    lacking = faults(told)
    if lacking:
        raise RuleBroken("\n".join(map(lacking_in_words, lacking)), code="output_unfit")
    made = _found(award, number) if number else Output(award=award, added_at=at)
    before = made.facts_sha256 if number else ""
    _fill(made, told)
    same = made if made.facts_sha256 == before else _same(award, made)
    if same is not None:
        return same
    if number:
        made.version += 1
    else:
        made.number = award.outputs.count() + 1
    made.save()
    event = AwardProduced(
        award=award.number, output=made.number, version=made.version, facts_sha256=made.facts_sha256
    )
    _append(award, event, at=at, channel=channel)
    return made


def _same(award: Award, made: Output) -> Output | None:
    """Return another output of which just the same was told. Raises RuleBroken(outputs_too_many) for one too many."""
    rows = list(award.outputs.exclude(pk=made.pk))
    if made.pk is None and len(rows) >= MOST_OUTPUTS:
        raise RuleBroken(
            _("An award has at most %(limit)s outputs.") % {"limit": MOST_OUTPUTS}, code="outputs_too_many"
        )
    return next((row for row in rows if row.facts_sha256 == made.facts_sha256), None)


def _found(award: Award, number: int) -> Output:
    found = award.outputs.filter(number=number).first()
    if found is None:
        raise RuleBroken(_("The award has no output with this number."), code="number_unknown")
    return found


def _fill(made: Output, told: OutputText) -> None:
    made.title, made.kind, made.license = fitting_line(told.title, TITLE_LIMIT), told.kind, told.license
    assert told.issued_on is not None  # noqa: S101 - `faults` found nothing
    made.issued_on, made.embargo_until = told.issued_on, told.embargo_until
    made.doi, made.url = told.doi, told.url
    made.authors = [asdict(one) for one in told.authors]
