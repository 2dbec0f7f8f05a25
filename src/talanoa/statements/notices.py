"""What people are told of a round: everybody that it began, the author of a statement its receipt."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from talanoa.mail.letters import in_language_of, write_to
from talanoa.mail.queries import wants_letters
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.processes.queries import participant
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.statements.letters import (
    AT_ONCE,
    VOTE,
    closed_lines,
    entered_lines,
    opened_lines,
    received_lines,
    subject_received,
)
from talanoa.statements.models import Ballot
from talanoa.statements.queries import next_statements, round_called, statement_numbered


def _room(process: Process) -> Iterable[Person]:
    """Return everybody in the room who can be reached."""
    rows = Person.objects.filter(participations__process=process).exclude(address="")
    return rows.distinct().order_by("pk")


def tell_round_opened(entry: Entry) -> None:
    """Ask everybody in the room, save those who want only what is addressed to them, or a pause."""
    process = Process.objects.get(key=entry.process_key)
    made = round_called(process, public_fields(entry)["round"])
    assert made is not None  # noqa: S101 - its entry says that it was opened
    for person in _room(process):
        if not wants_letters(person, process.key, at=entry.at):
            continue
        with in_language_of(person):
            asked = next_statements(made, participant(process, person), person, most=AT_ONCE)
            write_to(
                person,
                key=f"round-{entry.pk}-{person.pk}",
                subject=_("Statements to vote on: %(title)s") % {"title": process.title},
                lines=opened_lines(made, asked),
                at=entry.at,
                process_key=process.key,
                word=VOTE,
            )


def tell_round_closed(entry: Entry) -> None:
    """Tell everybody in the room that a round is counted."""
    process = Process.objects.get(key=entry.process_key)
    made = round_called(process, public_fields(entry)["round"])
    assert made is not None  # noqa: S101 - its entry says that it was closed
    for person in _room(process):
        if not wants_letters(person, process.key, at=entry.at):
            continue
        with in_language_of(person):
            write_to(
                person,
                key=f"round-{entry.pk}-{person.pk}",
                subject=_("Where the room agrees: %(title)s") % {"title": process.title},
                lines=closed_lines(made),
                at=entry.at,
                process_key=process.key,
            )


def tell_entered(entry: Entry) -> None:
    """Mail the receipt of a ballot that somebody entered from paper to whose it is; of others nobody is told."""
    ballot = Ballot.objects.filter(entry=entry, entered_by__isnull=False).exclude(lines="").first()
    if ballot is None or ballot.voter.participant is None:
        return
    person, process = ballot.voter.participant.person, ballot.voter.round.process
    with in_language_of(person):
        write_to(
            person,
            key=f"receipt-{entry.pk}",
            subject=_("Your ballot on paper is counted"),
            lines=entered_lines(ballot),
            at=entry.at,
            process_key=process.key,
            word=VOTE,
            alone=True,
        )


def tell_stated(entry: Entry) -> None:
    """Mail the receipt of a statement that came on another channel than mail."""
    process = Process.objects.get(key=entry.process_key)
    made = statement_numbered(process, entry.number or 0)
    if made is None or made.contribution.channel == "mail":
        return
    contribution = made.contribution
    if not contribution.person.address:  # an imported one has an author who is known by a number only
        return
    with in_language_of(contribution.person):
        write_to(
            contribution.person,
            key=f"receipt-{entry.pk}",
            subject=subject_received(contribution),
            lines=received_lines(made),
            at=entry.at,
            process_key=process.key,
            number=contribution.number,
            word=VOTE,
            alone=True,
        )
