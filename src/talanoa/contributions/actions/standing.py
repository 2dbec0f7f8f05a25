"""Steps by which a contribution comes and goes by its author: register, confirm, withdraw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from talanoa.contributions.events import ContributionWithdrawn, SenderConfirmed
from talanoa.contributions.models import UNSURE, Assurance, Authorship, Contribution, Mention
from talanoa.contributions.permissions import require_author
from talanoa.kernel.faults import fault_point
from talanoa.kernel.text import fitting_line
from talanoa.lib.mentions import mentions
from talanoa.people.actions import prove_address
from talanoa.people.models import Person
from talanoa.people.queries import Disclosed, disclosures
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Participant, Process
from talanoa.record.events import Event

MENTIONS_LIMIT = 100
"""So many numbers of one text become links; what comes after them stays text."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks, as declared with the words: frozen into the contribution."""

    person: Person
    name: str
    group: str
    assurance: str
    organization: str = ""
    country: str = ""
    mandate: str = ""
    subgroup: str = ""

    def within(self, by: Participant) -> "Author":
        """Return the author with the part of their group that they chose in this process, if `by` is who speaks."""
        is_own = by.person_id == self.person.pk and by.group == self.group
        return replace(self, subgroup=by.subgroup) if is_own else self


def author_of(person: Person, *, assurance: str, group: str = "") -> Author:
    """Return `person` as an author, with what they declare of themselves today."""
    return Author(
        person=person,
        name=person.name,
        group=group or person.group,
        organization=person.organization,
        country=person.country,
        assurance=assurance,
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is to get a number: who speaks, who enters it for them, where it stands first, how it may be shown.

    `dedup_key` is the one under which the same thing is known when it comes again.
    """

    author: Author
    entered_by: Participant | None
    state: str
    publication: str
    dedup_key: str
    channel: str


def register(
    process: Process,
    *,
    kind: str,
    author: Author,
    entered_by: Participant | None,
    state: str,
    publication: str,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> Contribution:
    """Give the next number of `process` to something said by `author`; its kind's action appends the entry.

    `at` is an aware UTC time. The caller has locked the row of `process` and read it under the lock, so that
    numbers have no gap, and has looked up whether `dedup_key` was used before.
    Raises RuleBroken: line_too_long.
    """
    spoken = Spoken(author, entered_by, state, publication, dedup_key, channel)
    return register_all(process, [spoken], kind=kind, at=at)[0]


@transaction.atomic(savepoint=False)
def register_all(process: Process, said: Sequence[Spoken], *, kind: str, at: datetime) -> list[Contribution]:
    """Give the next numbers of `process` to what was said, in this order; each as `register` has it."""
    fault_point("before-register")
    first = process.last_number + 1
    process.last_number += len(said)
    process.save(update_fields=["last_number"])
    made = Contribution.objects.bulk_create(
        Contribution(
            process=process,
            number=number,
            kind=kind,
            channel=one.channel,
            state=one.state,
            publication=one.publication,
            person=one.author.person,
            entered_by=one.entered_by,
            received_at=at,
            dedup_key=one.dedup_key,
        )
        for number, one in enumerate(said, first)
    )
    stated = disclosures({one.author.person.pk for one in said}, process.key)
    Authorship.objects.bulk_create(
        _authorship(contribution, one.author, stated.get(one.author.person.pk, Disclosed()))
        for contribution, one in zip(made, said, strict=True)
    )
    fault_point("after-register")
    return made


def _authorship(contribution: Contribution, author: Author, stated: Disclosed) -> Authorship:
    return Authorship(
        contribution=contribution,
        name=fitting_line(author.name, 300),
        organization=fitting_line(author.organization, 300),
        group=author.group,
        subgroup=author.subgroup,
        country=fitting_line(author.country, 40),
        mandate=fitting_line(author.mandate, 200),
        assurance=author.assurance,
        interests=stated.general,
        interests_here=stated.particular,
    )


@transaction.atomic(savepoint=False)
def note_mentions(contribution: Contribution, texts: Iterable[str]) -> None:
    """Keep which other numbers its words name, so that both pages lead to each other. Part of its reception."""
    key = contribution.process.key
    found = dict.fromkeys(one.number for text in texts for one in mentions(text, key))
    numbers = [number for number in found if number != contribution.number][:MENTIONS_LIMIT]
    if not numbers:
        return
    targets = Contribution.objects.filter(process=contribution.process_id, number__in=numbers)
    Mention.objects.bulk_create(Mention(source=contribution, target=target) for target in targets)


def _stand(
    contribution: Contribution,
    state: str,
    event: Event,
    *,
    by: Actor,
    role: str,
    at: datetime,
    channel: str,
) -> Contribution:
    """Set where a contribution stands, with its entry."""
    contribution.state, contribution.reason = state, ""
    contribution.save(update_fields=["state", "reason"])
    put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=contribution.number
    )
    return contribution


@transaction.atomic
def confirm(contribution: Contribution, *, by: Actor, at: datetime, channel: str) -> Contribution:
    """Let the author of a contribution confirm that it is theirs; a held one is published as they allowed.

    Raises NotAllowed; RuleBroken: wrong_state.
    """
    contribution = Contribution.objects.locked(contribution)
    role = require_author(by, contribution)
    authorship = Authorship.objects.get(contribution=contribution)
    is_shown = authorship.assurance in UNSURE
    contribution.check_state(
        Contribution.State.UNCONFIRMED, *((Contribution.State.PUBLISHED,) if is_shown else ())
    )
    if is_shown:
        authorship.assurance = Assurance.CONFIRMED
        authorship.save(update_fields=["assurance"])
    prove_address(contribution.person, at=at)
    event = SenderConfirmed()
    return _stand(contribution, Contribution.State.PUBLISHED, event, by=by, role=role, at=at, channel=channel)


@transaction.atomic
def withdraw(contribution: Contribution, *, by: Actor, at: datetime, channel: str) -> Contribution:
    """Take one's own contribution back; number, hash and receipt stay. Raises NotAllowed; RuleBroken: wrong_state."""
    contribution = Contribution.objects.locked(contribution)
    role = require_author(by, contribution)
    contribution.check_state(*Contribution.COUNTED_STATES)
    event = ContributionWithdrawn()
    return _stand(contribution, Contribution.State.WITHDRAWN, event, by=by, role=role, at=at, channel=channel)
