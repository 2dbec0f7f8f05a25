"""Questions about awards: what is promised of a call, who is next on its reserve list, what is due, what came of it."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from talanoa.grants.models import (
    Applicant,
    Application,
    Award,
    AwardReport,
    Milestone,
    Output,
    ResearchCall,
    Review,
    Verdict,
)
from talanoa.grants.queries import appeal_on
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import agreements, datacite, outputs
from talanoa.lib.agreements import portion
from talanoa.lib.datacite import KINDS, Creator, Funding, attributes
from talanoa.lib.scores import outcomes
from talanoa.people.models import Person


def award_numbered(number: int) -> Award | None:
    """Return the award with this number."""
    return Award.objects.filter(number=number).select_related("application__call__process", "entry").first()


def awards_of(person: Person) -> QuerySet[Award]:
    """Return the awards of applications that name a person who did not say no, newest first."""
    own = Applicant.objects.standing().filter(person=person).values("application")
    return Award.objects.filter(application__in=own).select_related("application__call")


def decided_amount(application: Application) -> int:
    """Return what the newest decision on an application gives it, in whole units."""
    newest = application.verdicts.filter(step=Verdict.Step.DECISION).last()
    return newest.amount if newest is not None else 0


def promised_to(application: Application) -> int:
    """Return what is promised to an application: what was decided, from its first award on what that binds."""
    awards = list(application.awards.all())
    return sum(award.promised for award in awards) if awards else decided_amount(application)


def promised(call: ResearchCall, *, without: Application) -> int:
    """Return what is promised of a call to all that is funded but one application, in whole units."""
    rows = Application.objects.filter(call=call, state=Application.State.FUNDED).exclude(pk=without.pk)
    return sum(promised_to(row) for row in rows)


def promised_by_funder(call: ResearchCall) -> Counter[int]:
    """Return what each funder of a call stands by in its awards, by its place in the call."""
    found = Counter[int]()
    for award in Award.objects.filter(application__call=call):
        found.update(portion(award.by_funder, award.promised))
    return found


def check_fundable(application: Application, amount: int) -> None:
    """Raise RuleBroken: part_missing where somebody has not agreed; call_money_spent beyond what the call has."""
    if application.applicants.filter(answer=Applicant.Answer.WAITING).exists():
        raise RuleBroken(
            _("Somebody whom the application names has not agreed to take part yet."), code="part_missing"
        )
    if promised(application.call, without=application) + amount > application.call.facts.total:
        raise RuleBroken(_("The call has not so much money left."), code="call_money_spent")


def check_no_appeal(application: Application) -> None:
    """Raise RuleBroken(appeal_open) while an appeal against a decision on an application waits."""
    appeal = appeal_on(application)
    if appeal is not None and appeal.decided_at is None:
        raise RuleBroken(_("An appeal against the decision waits: first it is heard."), code="appeal_open")


def reserve_list(call: ResearchCall) -> list[Application]:
    """Return the applications on the reserve list in the order in which they are offered an award.

    By the mean of all reviews of the last round, then by number. Only for who has no conflict of interest in any.
    """
    rows = Application.objects.filter(call=call, state=Application.State.RESERVE)
    given = Review.objects.filter(reading__application__in=rows, reading__round=call.current_round)
    told = outcomes(
        call.facts.weighed(call.current_round), [row.marked for row in given.select_related("reading")]
    )

    def place(row: Application) -> tuple[float, int]:
        outcome = told.get(row.pk)
        return (-(outcome.mean or 0.0) if outcome else 0.0, row.number or 0)

    return sorted(rows.select_related("call__process"), key=place)


def has_withdrawn_award(call: ResearchCall) -> bool:
    """Tell whether an award of a call was withdrawn, so that one from the reserve list may be offered its place."""
    return Award.objects.filter(application__call=call, state=Award.State.WITHDRAWN).exists()


def milestone_of(award: Award, number: int) -> Milestone:
    """Return a milestone by its number. Raises RuleBroken(milestone_unknown)."""
    found = award.milestones.filter(number=number).first()
    if found is None:
        raise RuleBroken(_("The award has no milestone with this number."), code="milestone_unknown")
    return found


def next_milestone(award: Award, text: str = "") -> Milestone:
    """Return the first milestone of which no report is accepted or waits; or the one of which `text` waits.

    Raises RuleBroken(milestone_unknown).
    """
    if text:
        waiting = award.milestones.filter(reports__outcome=AwardReport.Outcome.WAITING)
        if known := waiting.filter(reports__text=text.strip()).first():
            return known
    for row in award.milestones.order_by("due_on", "number"):
        if row.is_open:
            return row
    raise RuleBroken(_("No report of this award is due any more."), code="milestone_unknown")


def unfinished(award: Award) -> list[str]:
    """Return in words what an award lacks before it is complete."""
    found = [
        _("milestone %(number)s: no report of it is accepted.") % {"number": row.number}
        for row in award.milestones.order_by("number")
        if not row.is_done
    ]
    if not award.has_ethics:
        found.append(_("who approved it as ethical, or why nobody has to."))
    if not award.outputs.exists():
        found.append(_("an output that is public."))
    return found


def overdue(award: Award, at: datetime) -> list[Milestone]:
    """Return the milestones whose day is over at `at` (aware, UTC) without a report that stands."""
    rows = award.milestones.order_by("number") if award.state == Award.State.ACTIVE else ()
    return [row for row in rows if row.is_overdue(at)]


def unfit_in_words(fault: agreements.Fault) -> str:
    """Say what is wrong with an agreement."""
    told = {
        agreements.MISSING: _("%(field)s: nothing stands there yet."),
        agreements.ORDER: _("%(field)s: it ends after it starts."),
        agreements.COSTLY: _("budget %(field)s: at most %(limit)s."),
        agreements.TOTAL: _("%(field)s: at most %(limit)s in all, as it was decided."),
        agreements.SHARES: _("%(field)s: what the funders give adds up to %(limit)s."),
        agreements.PAYMENTS: _("%(field)s: the payments add up to %(limit)s."),
        agreements.MANY: _("%(field)s: at most %(limit)s."),
        agreements.EARLY: _("milestone %(field)s: due between the start and a year after the end."),
    }.get(fault.kind, _("%(field)s: the call has no such line."))
    return told % {"field": fault.field, "limit": fault.limit}


def lacking_in_words(fault: outputs.Fault) -> str:
    """Say what an output lacks."""
    told = {
        outputs.MISSING: _("%(field)s: nothing stands there yet."),
        outputs.LONG: _("%(field)s: this is too long."),
        outputs.MANY: _("%(field)s: these are too many."),
        outputs.UNKNOWN: _("%(field)s: “%(said)s” is none; there are: %(kinds)s."),
    }.get(fault.kind, _("%(field)s: this cannot be read: “%(said)s”."))
    return told % {"field": fault.field, "said": fault.said, "kinds": ", ".join(KINDS)}


def metadata(output: Output, *, publisher: str, on: date) -> dict[str, Any]:
    """Return what an output tells DataCite on a day: all mandatory properties but a DOI that it has not, and who paid.

    The address of one under embargo is not among it.
    """
    award, facts = output.award, output.award.application.call.facts
    number = f"{award.application.call.key}-{award.number}"
    paying = [
        Funding(facts.funders[place - 1].name, number, facts.funders[place - 1].ror)
        for place, share in sorted(award.by_funder.items())
        if share
    ]
    told = output.told
    return attributes(
        datacite.Output(
            title=told.title,
            creators=[Creator(one.name, one.orcid, one.organization, one.ror) for one in told.authors],
            publisher=publisher,
            issued=output.issued_on,
            kind=told.kind,
            doi=told.doi,
            rights=told.license,
            funding=paying,
            available=told.embargo_until,
            url="" if output.is_under_embargo(on) else told.url,
        )
    )
