"""Letters about corrections of the registry: to who sent one, and to those who keep it."""

from django.utils.translation import gettext as _

from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import whole_address
from talanoa.registry.models import Correction


def page() -> str:
    """Return the address of the page on which every correction stands with its answer."""
    return f"{whole_address('', None)}registry/corrections/"


def subject_received(correction: Correction) -> str:
    """Return the subject of the receipt."""
    return _("Received: correction %(number)s of the registry") % {"number": correction.number}


def received_lines(correction: Correction) -> tuple[str, ...]:
    """Return the receipt of a correction."""
    told = _(
        "Thank you. What you wrote about %(about)s is correction %(number)s. A person reads it and answers you."
    )
    named = {"about": correction.about or _("the registry"), "number": correction.number}
    where = _("Its state and its answer stand here; your words and your address do not:")
    return (*wrapped(told % named, "", where), f"  {page()}")


def waiting_lines(correction: Correction) -> tuple[str, ...]:
    """Return what those who keep the registry are told of a new correction."""
    told = _("Correction %(number)s, about %(about)s, waits for an answer:")
    named = {"about": correction.about or _("the registry"), "number": correction.number}
    how = _(
        "Answer this mail with: corrected, kept or elsewhere, a colon, and the reason. It is shown in public."
    )
    return (
        *wrapped(told % named, ""),
        *(f"> {line}" for line in correction.text.split("\n")),
        "",
        *wrapped(how),
    )


def answered_lines(correction: Correction) -> tuple[str, ...]:
    """Return the answer to a correction, as its sender gets it."""
    told = _("Your correction %(number)s has its answer: %(outcome)s.")
    named = {"number": correction.number, "outcome": correction.get_outcome_display()}
    return (*wrapped(told % named, ""), *wrapped(correction.answer), "", f"  {page()}")
