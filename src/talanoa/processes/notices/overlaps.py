"""Who is told about what others do already: the body, those who answer for the process, who said one was missed."""

from django.utils.translation import gettext as _

from talanoa.mail.letters import in_language_of, write_to
from talanoa.people.models import Person
from talanoa.processes.actions.overlapping import search_overlaps_again
from talanoa.processes.letters.overlaps import (
    explained_lines,
    found_lines,
    liaison_lines,
    outcome_lines,
    questioned_lines,
)
from talanoa.processes.models import Participant, Process, Role, Stage
from talanoa.processes.permissions import has_chair
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.registry.models import Missed
from talanoa.registry.models.overlaps import NEAR
from talanoa.registry.notices import ADDRESS, LIAISON
from talanoa.registry.queries import liaison_called, newest_search, standings


def tell_liaison(entry: Entry) -> None:
    """Write to the body; where it has only a page, somebody wrote there already."""
    liaison = liaison_called(int(public_fields(entry)["letter"]))
    if liaison is None or liaison.person is None:
        return
    process = Process.objects.get(key=entry.process_key)
    with in_language_of(liaison.person):
        write_to(
            liaison.person,
            key=f"liaison-{liaison.number}",
            subject=_("Do you work on this already? %(title)s") % {"title": process.title},
            lines=liaison_lines(process, liaison),
            at=entry.at,
            process_key=ADDRESS,
            number=liaison.number,
            word=LIAISON,
            alone=True,
        )


def tell_questioned(entry: Entry) -> None:
    """Tell the chair, or the convenor where there is none, that somebody says one was missed."""
    process, missed = _missed(entry)
    for person in _answerable(process):
        with in_language_of(person):
            subject = _("%(key)s: somebody says that one was missed") % {"key": process.key}
            _write(
                person, f"missed-{entry.pk}-{person.pk}", subject, questioned_lines(process, missed), entry
            )


def tell_explained(entry: Entry) -> None:
    """Send the answer to who said that somebody was missed."""
    process, missed = _missed(entry)
    with in_language_of(missed.person):
        subject = _("%(key)s: the answer to what you said was missed") % {"key": process.key}
        _write(missed.person, f"explained-{entry.pk}", subject, explained_lines(process, missed), entry)


def search_again(entry: Entry) -> None:
    """Search once more when the work on the report begins; tell those who answer for it of a close body nobody judged.

    Where nobody searched before, the charter says so in public, and nobody does now.
    """
    if (
        public_fields(entry)["stage"] not in (Stage.Kind.DRAFTING, Stage.Kind.REPORT)
        or newest_search(entry.process_key) is None
    ):
        return
    process = Process.objects.get(key=entry.process_key)
    search_overlaps_again(process, at=entry.at)
    bodies = [str(row.body) for row in standings(process.key, at=entry.at) if row.lacks == "judgement"]
    for person in _answerable(process) if bodies else ():
        with in_language_of(person):
            subject = _("%(key)s: who else works on it already") % {"key": process.key}
            _write(person, f"found-{entry.pk}-{person.pk}", subject, found_lines(process, bodies), entry)


def tell_near(entry: Entry) -> None:
    """Tell the bodies whose work is near, and that were written to before, what came out."""
    process = Process.objects.get(key=entry.process_key)
    for row in standings(process.key, at=entry.at):
        person = row.liaison.person if row.liaison else None
        if person is None or row.judgement is None or row.judgement.relation not in NEAR:
            continue
        with in_language_of(person):
            subject = _("What came out of it: %(title)s") % {"title": process.title}
            _write(person, f"near-{entry.pk}-{person.pk}", subject, outcome_lines(process), entry)


def _answerable(process: Process) -> list[Person]:
    """Return the chairs, or the convenors where there is none."""
    role = Role.CHAIR if has_chair(process) else Role.CONVENOR
    rows = Participant.objects.filter(process=process, roles__role=role).select_related("person")
    return [row.person for row in rows.order_by("pk")]


def _missed(entry: Entry) -> tuple[Process, Missed]:
    number = int(public_fields(entry)["missed"])
    process = Process.objects.get(key=entry.process_key)
    return process, Missed.objects.select_related("person").get(process_key=process.key, number=number)


def _write(person: Person, key: str, subject: str, lines: list[str], entry: Entry) -> None:
    write_to(
        person,
        key=key,
        subject=subject,
        lines=lines,
        at=entry.at,
        process_key=entry.process_key,
        alone=True,
    )
