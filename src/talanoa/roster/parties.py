"""Who is a party of a process, and who is tied to one: such a person neither facilitates it nor advises it.

A party is an organization of somebody who holds a role in the process (as convenor, secretariat, chair or sponsor), or
of an author of its contributions. Names are the same where they are the same but for letter case, accents and
punctuation: a name within another one is another organization, and `Ltd` is a part of a name.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.contributions.models import Authorship, Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.aliases import fold
from talanoa.lib.ties import EMPLOYER, FUNDER, MANDATE
from talanoa.people.models import Affiliation, Person, Standing
from talanoa.people.queries import Disclosed, disclosures
from talanoa.processes.models import Participant, Process, Role, RoleGrant
from talanoa.roster.models import Expert

ORGANIZING = (Role.CONVENOR, Role.SECRETARIAT, Role.CHAIR, Role.SPONSOR)
TIES_OF_PARTY, TIES_OF_EXPERT = (EMPLOYER, MANDATE), (EMPLOYER, FUNDER, MANDATE)
_State = Contribution.State
# Whoever names an organization in a mail that nobody confirmed, or in spam, makes it no party.
_NO_WORD_OF = (_State.UNCONFIRMED, _State.REJECTED, _State.ERASED)


def parties(process: Process, at: datetime) -> set[str]:
    """Return the folded names of the organizations that are parties of `process` at `at` (aware, UTC)."""
    members = Participant.objects.filter(process=process, roles__role__in=ORGANIZING).distinct()
    persons = {row.person_id: row.person for row in members.select_related("person")}
    held = _ties(disclosures(persons, process.key), TIES_OF_PARTY, at)
    named = [person.organization for person in persons.values()]
    named += [name for names in held.values() for name in names]
    said = Authorship.objects.filter(contribution__process=process).exclude(organization="")
    said = said.exclude(contribution__state__in=_NO_WORD_OF)
    named += said.values_list("organization", flat=True).distinct()
    return {fold(name) for name in named} - {""}


def obstacles(process: Process, experts: Iterable[Expert], at: datetime) -> Mapping[int, RuleBroken]:
    """Return the rule that bars each of `experts` from `process` at `at` (aware, UTC), by primary key; others are free.

    The `subjects` of employed_by_party name the organization.
    """
    rows = list(experts)
    persons = {row.person_id for row in rows}
    told = disclosures(persons, process.key)
    known = parties(process, at)
    held = _ties(told, TIES_OF_EXPERT, at)
    roles = set(
        RoleGrant.objects.filter(participant__process=process, participant__person__in=persons).values_list(
            "participant__person", flat=True
        )
    )
    found = {
        row.pk: _no_interests(row, told.get(row.person_id, Disclosed()), at)
        or (_own_role(row) if row.person_id in roles else None)
        or _tied(row, [row.person.organization, *held.get(row.person_id, [])], known)
        for row in rows
    }
    return {pk: obstacle for pk, obstacle in found.items() if obstacle}


def check_free(process: Process, expert: Expert, at: datetime) -> None:
    """Refuse whoever cannot serve `process` at `at` (aware, UTC) as it stands then.

    Raises RuleBroken: interest_statement_missing, role_held, employed_by_party.
    """
    found = obstacles(process, [expert], at).get(expert.pk)
    if found:
        raise found


def check_interests(person: Person, at: datetime) -> None:
    """Raise RuleBroken(interest_statement_missing) unless `person` has stated their interests in the last year."""
    told = disclosures([person.pk], "").get(person.pk, Disclosed())
    if told.standing(at) != Standing.CURRENT:
        raise RuleBroken(
            _(
                "The roster shows the interests of everybody on it. State yours first: within the last 12 months, in"
                " general, and not declined."
            ),
            code="interest_statement_missing",
        )


def _ties(told: Mapping[int, Disclosed], kinds: tuple[str, ...], at: datetime) -> dict[int, list[str]]:
    """Return the organizations to which persons are tied at `at`, by what they stated last; one query."""
    of = {
        statement.pk: person
        for person, found in told.items()
        for statement in (found.general, found.particular)
        if statement
    }
    held: dict[int, list[str]] = {}
    for row in Affiliation.objects.filter(statement__in=of, kind__in=kinds).order_by("pk"):
        if row.holds_at(at):
            held.setdefault(of[row.statement_id], []).append(row.organization)
    return held


def _no_interests(expert: Expert, told: Disclosed, at: datetime) -> RuleBroken | None:
    general = told.general.standing(at) if told.general else Standing.MISSING
    declined_here = told.particular is not None and told.particular.is_declined
    if general == Standing.CURRENT and not declined_here:
        return None
    said = _("%(name)s has not stated their interests in the last 12 months, or declines to here.")
    return RuleBroken(said % {"name": expert.name}, code="interest_statement_missing")


def _own_role(expert: Expert) -> RuleBroken:
    said = _("%(name)s holds a role in this process already.")
    return RuleBroken(said % {"name": expert.name}, code="role_held")


def _tied(expert: Expert, held: Iterable[str], known: set[str]) -> RuleBroken | None:
    named = next((name for name in held if fold(name) in known), None)
    if named is None:
        return None
    said = _(
        "%(name)s works for, is paid by or speaks for %(organization)s, which is a party of this process."
    )
    text = said % {"name": expert.name, "organization": named}
    return RuleBroken(text, code="employed_by_party", subjects=(named,))
