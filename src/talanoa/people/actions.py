"""Steps about persons: become known, declare, state interests, be appointed."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text, fitting_line
from talanoa.lib import ties
from talanoa.lib.languages import PAGES
from talanoa.lib.ties import MANDATE, Tie
from talanoa.people.events import ConvenorAppointed
from talanoa.people.interests import Interests, tie_unreadable
from talanoa.people.models import (
    Affiliation,
    Appointment,
    ClaimedAddress,
    Group,
    InterestStatement,
    Person,
    User,
)
from talanoa.record.actions import append
from talanoa.record.events import Committed

MOST_CLAIMED = 50


@transaction.atomic
def know_person(
    *,
    name: str,
    address: str = "",
    group: str = Group.OTHER,
    organization: str = "",
    country: str = "",
    language: str = "en",
) -> Person:
    """Return the person with this address, or make a new one; without an address always a new one.

    What is already known of a person is not overwritten. Raises RuleBroken: line_too_long.
    """
    wanted = _address(address)
    declared = {
        "name": _name(name, wanted),
        "group": group if group in Group.values else Group.OTHER,
        "organization": fitting_line(organization, 200),
        "country": fitting_line(country, 40),
        "language": language[:12],
    }
    if not wanted:
        return Person.objects.create(**declared)
    # Two mails of one person may make them known at the same moment.
    person, _created = Person.objects.get_or_create(address=wanted, defaults=declared)
    return person


@transaction.atomic(savepoint=False)
def know_people(named: Mapping[str, str]) -> dict[str, Person]:
    """Return the persons with these addresses, each as given with a name; who is new is known from now on.

    As `know_person` has it, for many at once. Raises RuleBroken: line_too_long.
    """
    wanted = {given: _address(given) for given in named}
    found = {person.address: person for person in Person.objects.filter(address__in=wanted.values())}
    new = {address: _name(named[given], address) for given, address in wanted.items() if address not in found}
    found.update({person.address: person for person in _made_known(new)})
    return {given: found[address] for given, address in wanted.items()}


def _made_known(named: Mapping[str, str]) -> list[Person]:
    if not named:
        return []
    try:
        with transaction.atomic():
            return Person.objects.bulk_create(
                Person(address=address, name=name) for address, name in named.items()
            )
    except IntegrityError:  # somebody else made one of them known at the same moment
        return [know_person(name=name, address=address) for address, name in named.items()]


def _address(given: str) -> str:
    return fitting_line(given, 254).lower()


def _name(given: str, address: str) -> str:
    return fitting_line(given, 300) or address.partition("@")[0]


@transaction.atomic
def prove_address(person: Person, *, at: datetime) -> Person:
    """Note that whoever has the person's address has shown that they read it; the first time (aware, UTC) counts."""
    if person.address_proven_at is None and person.address:
        person.address_proven_at = at
        person.save(update_fields=["address_proven_at"])
    return person


@transaction.atomic
def link_login(user: User, *, at: datetime) -> Person:
    """Tie a login whose address was verified to its person; make the person where nobody is known by it.

    A login that has its person keeps it, whatever address it signs in with.
    """
    linked = Person.objects.filter(user=user).first()
    if linked:
        return linked
    person = know_person(name="", address=user.email)
    if person.user_id is None:
        person.user = user
        person.save(update_fields=["user"])
    return prove_address(person, at=at)


@transaction.atomic
def claim_address(person: Person, *, address: str, at: datetime) -> None:
    """Keep an address that `person` says is theirs too (aware, UTC), before they confirm it; the first time counts.

    Beyond MOST_CLAIMED nothing is kept. Raises RuleBroken: line_too_long.
    """
    wanted = _address(address)
    if person.claimed.count() < MOST_CLAIMED:
        ClaimedAddress.objects.get_or_create(person=person, address=wanted, defaults={"claimed_at": at})


@transaction.atomic
def declare(
    *, by: Person, name: str, group: str, organization: str, country: str, language: str, time_zone: str
) -> Person:
    """Save what a person declares about themselves; past contributions keep what held then.

    Raises RuleBroken: line_too_long, name_missing, time_zone_unknown.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    person.name = fitting_line(name, 300)
    if not person.name:
        raise RuleBroken(_("Write the name by which you want to be known here."), code="name_missing")
    person.group = group if group in Group.values else Group.OTHER
    person.organization, person.country = fitting_line(organization, 200), fitting_line(country, 40)
    person.language, person.time_zone = language[:12], _time_zone(time_zone)
    person.save()
    return person


@transaction.atomic
def prefer_language(*, by: Person, language: str) -> Person:
    """Write to `by` in another language from now on. Raises RuleBroken: language_unknown."""
    wanted = {word.casefold(): code for code, name in PAGES for word in (code, name)}
    code = wanted.get(language.strip().casefold())
    if code is None:
        known = ", ".join(f"{code} ({name})" for code, name in PAGES)
        raise RuleBroken(
            _("We can write to you in these languages: %(languages)s.") % {"languages": known},
            code="language_unknown",
        )
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    person.language = code
    person.save(update_fields=["language"])
    return person


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise RuleBroken(
            _("There is no time zone “%(name)s”.") % {"name": name[:40]}, code="time_zone_unknown"
        ) from unknown


@transaction.atomic
def appoint_convenor(person: Person, *, at: datetime, channel: str) -> Person:
    """Let `person` open processes on this installation; the operator's act, on the record."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.may_convene:
        return person
    made = Appointment.objects.create(person=person, name=person.name, appointed_at=at)
    append(ConvenorAppointed(name=Committed(made, "name")), at=at, channel=channel, role="operator")
    return person


@transaction.atomic(savepoint=False)
def keep_interests(
    person: Person, interests: Interests, *, process_key: str, at: datetime
) -> InterestStatement:
    """Keep a statement of `person`; part of the act that puts it on the record.

    Raises RuleBroken: interests_empty, mandate_without_evidence, tie_unreadable, too_many_ties, text_too_long.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    found = () if interests.is_declined else tuple(_clean_tie(tie) for tie in interests.ties)
    if len(found) > ties.MOST:
        raise RuleBroken(
            _("Name at most %(limit)s organizations.") % {"limit": ties.MOST}, code="too_many_ties"
        )
    limit = InterestStatement.TEXT_LIMIT
    try:
        text = clean_text(interests.text.strip(), limit)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": limit}, code="text_too_long"
        ) from long
    if not (found or text or interests.is_declined):
        raise RuleBroken(
            _("Name an organization, say in words that you have no interest to state, or decline."),
            code="interests_empty",
        )
    made = InterestStatement.objects.create(
        person=person, process_key=process_key, text=text, is_declined=interests.is_declined, stated_at=at
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            statement=made,
            kind=tie.kind,
            organization=tie.organization,
            since=tie.since,
            until=tie.until,
            evidence=tie.evidence,
        )
        for tie in found
    )
    return made


def _clean_tie(tie: Tie) -> Tie:
    """Return the tie on one line each. Raises RuleBroken: tie_unreadable, mandate_without_evidence, line_too_long."""
    try:
        made = ties.checked(
            Tie(
                tie.kind,
                fitting_line(tie.organization, ties.ORGANIZATION_LIMIT),
                tie.since.strip(),
                tie.until.strip(),
                fitting_line(tie.evidence, ties.EVIDENCE_LIMIT),
            )
        )
    except ValueError as wrong:
        raise tie_unreadable(tie.as_line()) from wrong
    if made.kind == MANDATE and not made.evidence:
        raise RuleBroken(
            _("Say what shows that you speak for %(organization)s: a link, or the name of a document.")
            % {"organization": made.organization},
            code="mandate_without_evidence",
        )
    return made
