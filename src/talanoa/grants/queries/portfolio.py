"""What everybody may know of awards: each of them, what they add up to, and what each funder stands by."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from talanoa.grants.models import Applicant, Award, Milestone
from talanoa.lib.agreements import portion
from talanoa.lib.portfolio import WITHHELD, Awarded, Total, totals
from talanoa.lib.regions import place_name, region_of
from talanoa.people.models import Group


@dataclass(frozen=True, slots=True)
class Held:
    """A public award with who leads it; what the funders stand by in all and each, and what was paid of it."""

    award: Award
    lead: Applicant
    currency: str
    amount: int
    paid: int
    shares: list[tuple[str, int]]


def portfolio() -> list[Held]:
    """Return the public awards, newest first: the same for every reader."""
    leads = Prefetch("application__applicants", Applicant.objects.filter(number=1), to_attr="leads")
    rows = Award.objects.public().select_related("application__call__process")
    return [_held(row) for row in rows.prefetch_related("milestones", "outputs", leads)]


def _held(award: Award) -> Held:
    facts = award.application.call.facts
    paid = sum(row.amount for row in award.milestones.all() if row.payment == Milestone.Payment.PAID)
    amount = _promised(award)
    shares = [
        (facts.funders[place - 1].name, share) for place, share in portion(award.by_funder, amount).items()
    ]
    [lead] = award.application.leads  # type: ignore[attr-defined]
    return Held(award, lead, facts.currency, amount, paid, shares)


def _promised(award: Award) -> int:
    """Return what `Award.promised` does, without another question to the database."""
    if award.state != Award.State.WITHDRAWN:
        return award.total
    return sum(row.amount for row in award.milestones.all() if row.payment != Milestone.Payment.PLANNED)


def _awarded(rows: Iterable[Held]) -> list[Awarded]:
    return [
        Awarded(
            person=row.lead.person_id,
            group=row.lead.group,
            region=region_of(row.lead.country),
            currency=row.currency,
            amount=row.amount,
            paid=row.paid,
        )
        for row in rows
    ]


def by_group(rows: Iterable[Held]) -> tuple[Total, ...]:
    """Return what is awarded to each stakeholder group; small ones together."""
    return totals(_awarded(rows), lambda row: row.group)


def by_region(rows: Iterable[Held]) -> tuple[Total, ...]:
    """Return what is awarded to each region; small ones together."""
    return totals(_awarded(rows), lambda row: row.region)


def by_funder(rows: Iterable[Held]) -> list[tuple[str, str, int]]:
    """Return what each funder stands by: currency, name and amount, the largest first."""
    found = Counter[tuple[str, str]]()
    for row in rows:
        for name, share in row.shares:
            found[row.currency, name] += share
    return sorted(
        ((*key, amount) for key, amount in found.items()), key=lambda one: (one[0], -one[2], one[1])
    )


def called(total: Total) -> str:
    """Return what a group or region is called in words."""
    if total.key == WITHHELD:
        return _("Fewer than five people each, together")
    return (
        str(Group(total.key).label)
        if total.key in Group.values
        else place_name(total.key) or _("Not declared")
    )


COLUMNS = (
    "award", "call", "title", "state", "lead", "organization", "starts", "ends", "currency", "amount", "paid",
    "funders", "outputs", "found_at", "url",
)  # fmt: skip
TOTALS = ("by", "key", "name", "currency", "awards", "amount", "paid")


def lines(rows: Iterable[Held], site: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of COLUMNS for each award; `site` is the address of this place."""
    for row in rows:
        award, application = row.award, row.award.application
        outputs = sorted(award.outputs.all(), key=lambda one: one.number)
        yield (
            str(award.number),
            application.call.key,
            application.title,
            award.state,
            row.lead.name,
            row.lead.organization,
            award.starts_on.isoformat(),
            award.ends_on.isoformat(),
            row.currency,
            str(row.amount),
            str(row.paid),
            "; ".join(f"{name}: {share}" for name, share in row.shares),
            str(len(outputs)),
            " ".join(f"https://doi.org/{one.doi}" for one in outputs if one.doi),
            f"{site}/grants/awards/{award.number}/",
        )


def total_lines(rows: list[Held]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of TOTALS by group, by region and by funder."""
    for name, sums in (("group", by_group(rows)), ("region", by_region(rows))):
        for one in sums:
            cells = (one.awards, one.amount, one.paid)
            yield (name, one.key, called(one), one.currency, *map(str, cells))
    for currency, funder, amount in by_funder(rows):
        yield ("funder", funder, funder, currency, "", str(amount), "")
