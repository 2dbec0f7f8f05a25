"""Erasure of an objection or a minority statement: the words are destroyed; number, state, entry and proofs stay."""

from datetime import datetime

from django.db import transaction

from talanoa.consensus.models import MinorityStatement, Objection
from talanoa.contributions.actions.erasing import erase_contribution
from talanoa.processes.models import Actor


@transaction.atomic
def erase_objection(objection: Objection, *, by: Actor, ground: str, at: datetime, channel: str) -> Objection:
    """Destroy the words of an objection, and of what was said about it, which may repeat them.

    The convenor's act, on the grounds of any erasure. Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    said = list(objection.handlings.all())
    objection.contribution = erase_contribution(
        objection.contribution, [objection, *said], by=by, ground=ground, at=at, channel=channel
    )
    for handling in said:
        handling.empty()
    objection.text = objection.resolves = ""
    objection.save(update_fields=["text", "resolves"])
    return objection


@transaction.atomic
def erase_statement(
    statement: MinorityStatement, *, by: Actor, ground: str, at: datetime, channel: str
) -> MinorityStatement:
    """Destroy the words of a minority statement.

    The convenor's act, on the grounds of any erasure. Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    statement.contribution = erase_contribution(
        statement.contribution, [statement], by=by, ground=ground, at=at, channel=channel
    )
    statement.text = ""
    statement.save(update_fields=["text"])
    return statement
