"""What challenges and appeals ask of somebody, for my page; and what of them is theirs, for my data."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.consensus.models import Challenge, Opinion, PanelAppeal, PanelMember
from talanoa.kernel.instants import moment
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.processes.permissions import ORGANIZERS
from talanoa.site.duties import Duty


def contested_duties(person: Person) -> list[Duty]:
    """Return what waits for `person`: a challenge to answer, an appeal to prepare, a seat; three queries."""
    return [*_challenges(person), *_appeals(person), *_seats(person)]


def _challenges(person: Person) -> list[Duty]:
    rows = Challenge.objects.unanswered().filter(designation__by__person=person).order_by("answer_by")
    told = _("Answer challenge %(number)s by %(day)s")
    return [
        Duty(
            told % {"number": row.number, "day": moment(row.answer_by)},
            reverse("consensus:challenged", args=[row.process.key, row.number]),
            row.process,
        )
        for row in rows.select_related("process")
    ]


def _appeals(person: Person) -> list[Duty]:
    """Return the appeals whose panel is not drawn yet, for those who prepare the hearing and do not appeal."""
    desks = Participant.objects.in_office(person).filter(roles__role__in=ORGANIZERS)
    rows = PanelAppeal.objects.waiting().filter(process__in=desks.values("process"))
    rows = rows.exclude(draws__drawn_at__isnull=False).exclude(by__person=person)
    told = _("Prepare the hearing of appeal %(number)s, due by %(day)s")
    return [
        Duty(
            told % {"number": row.number, "day": moment(row.appeal.decide_by)},
            reverse("consensus:hearing", args=[row.process.key, row.number]),
            row.process,
        )
        for row in rows.select_related("process", "appeal").order_by("pk")
    ]


def _seats(person: Person) -> list[Duty]:
    rows = PanelMember.objects.seated().filter(participant__person=person, opinion__isnull=True)
    rows = rows.filter(draw__appeal__in=PanelAppeal.objects.waiting().values("pk"))
    told = _("You were drawn for the panel of appeal %(number)s: say what you find, or leave the seat")
    return [
        Duty(
            told % {"number": row.draw.appeal.number},
            reverse("consensus:opinion", args=[row.draw.appeal.process.key, row.draw.appeal.number]),
            row.draw.appeal.process,
        )
        for row in rows.select_related("draw__appeal__process").order_by("pk")
    ]


def contested_data(person: Person) -> dict[str, Any]:
    """Return what `person` challenged and appealed, and where they sat on a panel with what they found, as data."""
    challenges = Challenge.objects.filter(by__person=person).select_related("process")
    appeals = PanelAppeal.objects.filter(by__person=person).select_related("process", "appeal")
    seats = PanelMember.objects.filter(participant__person=person, place__isnull=False)
    opinions = {row.member_id: row for row in Opinion.objects.visible_to(person)}
    return {
        "challenges": [
            {"process": row.process.key, "number": row.number, "text": row.text} for row in challenges
        ],
        "appeals_to_panels": [
            {"process": row.process.key, "number": row.number, "text": row.appeal.text} for row in appeals
        ],
        "panels": [_seat(row, opinions.get(row.pk)) for row in seats.select_related("draw__appeal__process")],
    }


def _seat(member: PanelMember, opinion: Opinion | None) -> dict[str, Any]:
    appeal = member.draw.appeal
    return {
        "process": appeal.process.key,
        "appeal": appeal.number,
        "state": member.state,
        "reason": member.reason,
        "outcome": opinion.outcome if opinion else "",
        "reasons": opinion.reasons if opinion else {},
    }
