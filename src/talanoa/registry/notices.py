"""Who is told of a correction: those who keep the registry when it comes, its sender when it has its answer."""

from django.utils.translation import gettext as _

from talanoa.mail.letters import in_language_of, write_to
from talanoa.people.models import Appointment
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.registry.letters import answered_lines, received_lines, subject_received, waiting_lines
from talanoa.registry.models import Correction
from talanoa.registry.queries import correction

ADDRESS = "registry"
"""The name of the address to which corrections and their answers are mailed."""
LIAISON = "liaison"
"""The mail command that an answer of a body to our letter means; its token is of the registry's address."""
ANSWER = "settle"
"""The mail command that an answer to the letter about a new correction means."""


def tell_correction(entry: Entry) -> None:
    """Tell those who keep the registry that a correction waits; its sender gets the receipt, if not by mail already."""
    found = _of(entry)
    if found is None:
        return
    for kept in Appointment.objects.select_related("person").order_by("pk"):
        with in_language_of(kept.person):
            subject = _("A correction of the registry waits: %(number)s") % {"number": found.number}
            write_to(
                kept.person,
                key=f"correction-{found.number}-{kept.person_id}",
                subject=subject,
                lines=waiting_lines(found),
                at=entry.at,
                process_key=ADDRESS,
                number=found.number,
                word=ANSWER,
                alone=True,
            )
    if found.person is None or found.channel == "mail":
        return
    with in_language_of(found.person):
        _write(
            found, f"correction-receipt-{found.number}", subject_received(found), received_lines(found), entry
        )


def tell_corrected(entry: Entry) -> None:
    """Send its sender the answer to a correction."""
    found = _of(entry)
    if found is None or found.person is None:
        return
    with in_language_of(found.person):
        subject = _("Your correction %(number)s of the registry has its answer") % {"number": found.number}
        _write(found, f"correction-answer-{found.number}", subject, answered_lines(found), entry)


def _of(entry: Entry) -> Correction | None:
    return correction(int(public_fields(entry)["correction"]))


def _write(found: Correction, key: str, subject: str, lines: tuple[str, ...], entry: Entry) -> None:
    assert found.person is not None  # noqa: S101 - whoever calls has looked
    write_to(
        found.person,
        key=key,
        subject=subject,
        lines=lines,
        at=entry.at,
        process_key=ADDRESS,
        number=found.number,
        word="correct",
        alone=True,
    )
