"""What people are told of a consensus call: all who take part of the call and its outcome, each author of theirs."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.consensus.letters.calls import (
    POSITION,
    declared_lines,
    handled_lines,
    minority_lines,
    objected_lines,
    opened_lines,
    raised_lines,
    stale_lines,
)
from talanoa.consensus.models import Call, Handling, MinorityStatement, Objection
from talanoa.drafts.permissions import WRITERS
from talanoa.lib.processkeys import label
from talanoa.mail.letters import in_language_of, write_to
from talanoa.mail.queries import wants_letters
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields


def _room(process: Process) -> Iterable[Person]:
    """Return everybody in the room who can be reached."""
    rows = Person.objects.filter(participations__process=process).exclude(address="")
    return rows.distinct().order_by("pk")


def _tell_room(entry: Entry, call: Call, subject: Promise, lines: Callable[[Call], list[str]]) -> None:
    """Write to everybody in the room, save those who want only what is addressed to them, or a pause."""
    for person in _room(call.process):
        if not wants_letters(person, call.process.key, at=entry.at):
            continue
        with in_language_of(person):
            write_to(
                person,
                key=f"{entry.kind}-{entry.pk}-{call.pk}-{person.pk}",
                subject=str(subject) % {"number": call.number},
                lines=lines(call),
                at=entry.at,
                process_key=call.process.key,
                word=POSITION if lines is opened_lines else "",
            )


def _call_of(entry: Entry) -> Call:
    rows = Call.objects.select_related("process", "revision", "draft__document")
    return rows.get(process__key=entry.process_key, number=public_fields(entry)["call"])


def tell_opened(entry: Entry) -> None:
    """Ask everybody in the room."""
    _tell_room(
        entry, _call_of(entry), gettext_lazy("Consensus call %(number)s: where do you stand?"), opened_lines
    )


def tell_declared(entry: Entry) -> None:
    """Tell everybody in the room the outcome of a call."""
    _tell_room(entry, _call_of(entry), gettext_lazy("Consensus call %(number)s: the outcome"), declared_lines)


def tell_changed(entry: Entry) -> None:
    """Tell everybody in the room that the text of a call has changed: of the last call about this draft, once."""
    fields = public_fields(entry)
    rows = Call.objects.filter(
        process__key=entry.process_key, draft__number=fields["draft"], opened_at__lte=entry.at
    )
    call = rows.select_related("process", "revision", "draft__document").order_by("-number").first()
    if call is not None and call.revision.number == fields["revision"] - 1:
        _tell_room(entry, call, gettext_lazy("Consensus call %(number)s: the text was changed"), stale_lines)


def tell_objected(entry: Entry) -> None:
    """Tell those who may answer an objection; send its author the receipt where it came otherwise than by mail."""
    objection = _objection(entry)
    contribution = objection.contribution
    if contribution.channel != "mail":
        with in_language_of(contribution.person):
            lines = objected_lines(objection)
            _write(contribution.person, entry, _("Received: %(number)s"), objection, lines)
    process = contribution.process
    office = Person.objects.filter(participations__process=process, participations__roles__role__in=WRITERS)
    for person in office.exclude(pk=contribution.person_id).distinct().order_by("pk"):
        with in_language_of(person):
            _write(person, entry, _("To answer: objection %(number)s"), objection, raised_lines(objection))


def tell_handled(entry: Entry) -> None:
    """Tell who objected what was done about it; what they said themselves is told to nobody by letter."""
    handling = Handling.objects.select_related("objection__contribution__process", "revision").get(
        entry=entry
    )
    contribution = handling.objection.contribution
    if handling.by.person_id == contribution.person_id:
        return
    with in_language_of(contribution.person):
        lines = handled_lines(handling)
        _write(contribution.person, entry, _("Your objection %(number)s"), handling.objection, lines)


def tell_minority(entry: Entry) -> None:
    """Send the receipt of a minority statement that came on another channel than mail."""
    rows = MinorityStatement.objects.select_related("contribution__process")
    statement = rows.get(contribution__entry=entry)
    contribution = statement.contribution
    if contribution.channel != "mail":
        with in_language_of(contribution.person):
            write_to(
                contribution.person,
                key=f"receipt-{entry.pk}",
                subject=_("Received: %(number)s")
                % {"number": label(contribution.process.key, contribution.number)},
                lines=minority_lines(statement),
                at=entry.at,
                process_key=contribution.process.key,
                number=contribution.number,
            )


def _objection(entry: Entry) -> Objection:
    rows = Objection.objects.select_related(
        "contribution__process", "contribution__authorship", "call__process"
    )
    return rows.get(contribution__entry=entry)


def _write(person: Person, entry: Entry, subject: str, objection: Objection, lines: list[str]) -> None:
    """Write to one person about an objection; its author can answer as its author."""
    contribution = objection.contribution
    is_theirs = person.pk == contribution.person_id
    write_to(
        person,
        key=f"{entry.kind}-{entry.pk}-{person.pk}",
        subject=subject % {"number": label(contribution.process.key, contribution.number)},
        lines=lines,
        at=entry.at,
        process_key=contribution.process.key,
        number=contribution.number if is_theirs else None,
        alone=True,
    )
