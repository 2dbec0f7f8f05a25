"""Correcting the registry by mail: whatever comes to `registry@` is a correction; those who keep it answer theirs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.registry.actions import answer_correction, receive_correction
from talanoa.registry.letters import received_lines, subject_received
from talanoa.registry.models import Correction
from talanoa.registry.notices import ADDRESS, ANSWER
from talanoa.registry.queries import about, called, correction

_MARKS = ".,;:!?()"
LONGEST_NAME, NAMED_IN = 300, 12


@command(
    "correct",
    takes_words=True,
    address=ADDRESS,
    told=gettext_lazy(
        "What is wrong or missing in the registry of bodies. A mail to registry@ needs no command; name the body by its"
        " key, as it stands in its address."
    ),
    example="correct: igf has a new contact page.",
)
def correct(request: MailRequest) -> MailReply:
    """Take a correction; a person reads it and answers."""
    person = _sender(request)
    made = receive_correction(
        by=person,
        about=_named(request),
        text=request.text or request.parsed.subject,
        dedup_key=request.dedup_key,
        at=request.at,
        channel="mail",
    )
    return MailReply(
        subject=subject_received(made), lines=received_lines(made), number=made.number, to=person
    )


def _sender(request: MailRequest) -> Person | None:
    """Return who sent the mail; one whom nobody here knows becomes known by the address."""
    parsed = request.parsed
    if request.person or not parsed.sender_address:
        return request.person
    return know_person(name=parsed.sender_name[:LONGEST_NAME], address=parsed.sender_address)


def _named(request: MailRequest) -> str:
    """Return what the mail is about: the first word of its subject, or of its own first words, that is a key."""
    said = [*request.parsed.subject.split(), *request.text.split()[:NAMED_IN]]
    keys = (word.strip(_MARKS).lower() for word in said)
    found = next((row for key in keys if len(key) > 1 and (row := called(key))), None)
    return about(found) if found else ""


@command(
    ANSWER,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy(
        "For those who keep the registry: the answer to a correction, in answer to our letter about it."
    ),
    example="settle: corrected: the page is there now.",
)
def settle(request: MailRequest) -> MailReply:
    """Answer a correction. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    if request.person is None or request.process_key != ADDRESS:
        raise NotAllowed(_("Please answer our letter about the correction, from the same address."))
    found = correction(request.number or 0)
    if found is None:
        raise RuleBroken(_("There is no correction with this number."), code="number_unknown")
    outcome, _colon, text = request.text.partition(":")
    outcome = outcome.strip().lower()
    made = answer_correction(
        found, by=request.person, outcome=outcome, text=text, at=request.at, channel="mail"
    )
    told = _("Correction %(number)s has its answer, and its sender is told: %(outcome)s.")
    shown = {"number": made.number, "outcome": Correction.Outcome(made.outcome).label}
    return MailReply(
        subject=_("Answered: correction %(number)s") % shown, lines=(told % shown,), to=request.person
    )
