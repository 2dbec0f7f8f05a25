"""Erasing an input: its words and its file, and what was kept of how it came."""

from datetime import datetime

from django.db import transaction

from talanoa.contributions.actions.erasing import erase_contribution
from talanoa.inputs.models import Input, ListReply, Original, Transcription
from talanoa.processes.models import Actor


@transaction.atomic
def erase_input(made: Input, *, by: Actor, ground: str, at: datetime, channel: str) -> Input:
    """Destroy the content of an input everywhere; number, entry and every proof stay valid.

    The convenor's act, with one of ERASURE_GROUNDS. Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    original = Original.objects.filter(input=made).first()
    transcription = Transcription.objects.filter(input=made).first()
    listed = ListReply.objects.filter(contribution=made.contribution_id).first()
    rows = [row for row in (made, original, transcription, listed) if row is not None]
    made.contribution = erase_contribution(
        made.contribution, rows, by=by, ground=ground, at=at, channel=channel
    )
    made.title, made.text, made.keywords, made.as_given = "", "", [], {}
    made.save()
    if original is not None:
        original.filename, original.data, original.notes = "", b"", []
        original.save()
    if transcription is not None:
        transcription.title, transcription.text, transcription.name = "", "", ""
        transcription.save()
    if listed is not None:
        listed.empty()
    return made
