"""Steps of people for themselves: join the roster, change what stands there, leave it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.people.models import Person
from talanoa.record.actions import append
from talanoa.record.events import Committed
from talanoa.roster.events import ExpertChanged, ExpertLeft, ExpertListed
from talanoa.roster.models import Expert, Roster, known_languages
from talanoa.roster.parties import check_interests

TOPICS_LIMIT, ABOUT_LIMIT = 300, 500
READER = "reader"


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody offers: as what, in which languages (tags or their own names), on which topics, in a sentence."""

    kind: str
    languages: tuple[str, ...]
    topics: str = ""
    about: str = ""


@transaction.atomic
def join_roster(*, by: Person, offered: Offered, at: datetime, channel: str) -> Expert:
    """Join the roster, or change what stands there of oneself; the name stays as it was when one joined.

    Raises RuleBroken: interest_statement_missing, expert_kind_unknown, languages_missing, language_unknown,
    line_too_long.
    """
    roster = _locked()
    check_interests(by, at)
    facts = _facts(offered)
    known = Expert.objects.listed().filter(person=by).first()
    if known is not None:
        return _change(known, facts, at=at, channel=channel)
    roster.last_expert += 1
    roster.save(update_fields=["last_expert"])
    made = Expert.objects.create(number=roster.last_expert, person=by, name=by.name, listed_at=at, **facts)
    event = ExpertListed(
        expert=made.number, offers=made.kind, languages=made.tags, name=Committed(made, "name")
    )
    append(event, at=at, channel=channel, role=READER)
    return made


def _locked() -> Roster:
    Roster.objects.get_or_create(pk=1)
    return Roster.objects.select_for_update(no_key=True).get(pk=1)


def _change(known: Expert, facts: dict[str, object], *, at: datetime, channel: str) -> Expert:
    """Change a listing; the same once more changes nothing."""
    if all(getattr(known, name) == value for name, value in facts.items()):
        return known
    for name, value in facts.items():
        setattr(known, name, value)
    known.save(update_fields=list(facts))
    event = ExpertChanged(expert=known.number, offers=known.kind, languages=known.tags)
    append(event, at=at, channel=channel, role=READER)
    return known


def _facts(offered: Offered) -> dict[str, object]:
    if offered.kind not in Expert.Kind.values:
        raise RuleBroken(
            _("Say what you offer to be: %(kinds)s.") % {"kinds": ", ".join(Expert.Kind.values)},
            code="expert_kind_unknown",
        )
    return {
        "kind": offered.kind,
        "languages": known_languages(offered.languages),
        "topics": fitting_line(offered.topics, TOPICS_LIMIT),
        "about": fitting_line(offered.about, ABOUT_LIMIT),
    }


@transaction.atomic
def leave_roster(*, by: Person, at: datetime, channel: str) -> Expert:
    """Leave the roster; who wants to comes back as a new number. What one accepted stays accepted.

    Raises RuleBroken: expert_unlisted.
    """
    _locked()
    known = Expert.objects.listed().filter(person=by).first()
    if known is None:
        raise RuleBroken(_("You are not on the roster."), code="expert_unlisted")
    known.left_at = at
    known.save(update_fields=["left_at"])
    append(ExpertLeft(expert=known.number), at=at, channel=channel, role=READER)
    return known
