"""Questions about the issue desk: what is overdue, which issue has a number, which letter a body answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from talanoa.desk.models import Issue, Referral
from talanoa.people.models import Person

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Overdue:
    """An issue whose days have passed: its title where the reader may see it, and for how long it is late."""

    number: int
    title: str
    late: timedelta


def overdue(at: datetime, *, person: Person | None) -> list[Overdue]:
    """Return unanswered issues whose days have passed at `at` (aware, UTC), the oldest first, as `person` sees them."""
    late = Issue.objects.waiting().filter(due_at__lte=at).order_by("due_at", "number")[:SHOWN]
    seen = Issue.objects.visible_to(person).filter(pk__in=[issue.pk for issue in late])
    titles = dict(seen.values_list("pk", "title"))
    return [Overdue(issue.number, titles.get(issue.pk, ""), at - issue.due_at) for issue in late]


def issue_called(number: int) -> Issue | None:
    """Return the issue with this number."""
    return Issue.objects.filter(number=number).select_related("person", "bringer", "entry").first()


def referral_to(issue: Issue, person: Person) -> Referral | None:
    """Return the newest letter about an issue to whoever reads this address."""
    rows = Referral.objects.filter(answer__issue=issue, person=person).select_related(
        "answer__issue", "answer__body"
    )
    return rows.order_by("-pk").first()
