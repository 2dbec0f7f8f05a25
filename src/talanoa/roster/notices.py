"""Who is told on the expert roster: who is asked, then who asked."""

from django.utils.translation import gettext as _

from talanoa.mail.letters import in_language_of, write_to
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.roster.letters import answered_lines, asked_lines
from talanoa.roster.models import ADDRESS, Assignment

ACCEPT = "accept"
"""What an answer to the letter means, as a mail command, which reads a yes and a no."""


def tell_asked(entry: Entry) -> None:
    """Ask the one who was chosen; what was answered or lapsed meanwhile is not asked any more."""
    found = _of(entry)
    if found.state != Assignment.State.ASKED:
        return
    person = found.expert.person
    with in_language_of(person):
        write_to(
            person,
            key=f"roster-asked-{entry.pk}",
            subject=_("Will you? Request %(number)s to the expert roster") % {"number": found.request.number},
            lines=asked_lines(found),
            at=entry.at,
            process_key=ADDRESS,
            number=found.request.number,
            word=ACCEPT,
            alone=True,
        )


def tell_reply(entry: Entry) -> None:
    """Tell who asked what the answer is, or that none came in time; thanks for it are no input to the process."""
    found = _of(entry)
    person = found.asked_by.person
    with in_language_of(person):
        write_to(
            person,
            key=f"roster-reply-{entry.pk}",
            subject=_("Request %(number)s to the expert roster: %(state)s")
            % {"number": found.request.number, "state": found.get_state_display()},
            lines=answered_lines(found),
            at=entry.at,
            process_key=ADDRESS,
            number=found.request.number,
            word=ACCEPT,
            alone=True,
        )


def _of(entry: Entry) -> Assignment:
    fields = public_fields(entry)
    rows = Assignment.objects.select_related("request__process", "expert__person", "asked_by__person")
    return rows.get(request__number=int(fields["request"]), number=int(fields["assignment"]))
