"""Who is told about what others do already: the body, those who answer for the process, who said one was missed."""

from django.utils.translation import gettext as _

from talanoa.mail.letters import in_language_of, write_to
from talanoa.people.models import Person
from talanoa.processes.letters import explained_lines, liaison_lines, questioned_lines
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import has_chair
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.registry.models import Missed
from talanoa.registry.notices import ADDRESS, LIAISON
from talanoa.registry.queries import liaison_called


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
    role = Role.CHAIR if has_chair(process) else Role.CONVENOR
    for row in (
        Participant.objects.filter(process=process, roles__role=role).select_related("person").order_by("pk")
    ):
        with in_language_of(row.person):
            subject = _("%(key)s: somebody says that one was missed") % {"key": process.key}
            _write(
                row.person, f"missed-{entry.pk}-{row.pk}", subject, questioned_lines(process, missed), entry
            )


def tell_explained(entry: Entry) -> None:
    """Send the answer to who said that somebody was missed."""
    process, missed = _missed(entry)
    with in_language_of(missed.person):
        subject = _("%(key)s: the answer to what you said was missed") % {"key": process.key}
        _write(missed.person, f"explained-{entry.pk}", subject, explained_lines(process, missed), entry)


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
