"""In which language an input is: its author or the desk says it where nobody did, or where it is wrong."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.contributions.permissions import require_author_or_office
from talanoa.inputs.events import LanguageCorrected
from talanoa.inputs.models import Input
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.languages import is_language
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor

CORRECTABLE = (*Contribution.COUNTED_STATES, Contribution.State.SUPERSEDED)
"""The states in which somebody still reads the words."""


@transaction.atomic
def correct_language(made: Input, *, by: Actor, language: str, at: datetime, channel: str) -> Input:
    """Say in which language an input is written; to say again what a person said changes nothing.

    The act of its author or of the desk. `language` is a tag such as `sw`; to name the one that a program found says
    that it is right. Raises NotAllowed; RuleBroken: wrong_state, language_unknown.
    """
    contribution = Contribution.objects.locked(made.contribution)
    role = require_author_or_office(by, contribution)
    contribution.check_state(*CORRECTABLE)
    if not is_language(language):
        raise RuleBroken(
            _("Name the language by its code or its own name, such as sw or Kiswahili."),
            code="language_unknown",
        )
    made = Input.objects.get(pk=made.pk)
    if made.language == language and made.language_source != Input.LanguageSource.DETECTED:
        return made
    made.language, made.language_source = language, Input.LanguageSource.CORRECTED
    made.save(update_fields=["language", "language_source"])
    # Of what the public may not read, it is not told the language either.
    event = LanguageCorrected(language=language if contribution.is_public else "-")
    put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=contribution.number
    )
    return made
