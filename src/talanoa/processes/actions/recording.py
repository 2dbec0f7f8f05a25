"""The entry of an act in a process, written in the transaction of the act."""

from datetime import datetime

from talanoa.processes.models import (
    Actor,
    Process,
    System,
)
from talanoa.processes.queries import public_group
from talanoa.record.actions import append
from talanoa.record.events import Event
from talanoa.record.models import Entry


def put_on_record(
    process: Process,
    event: Event,
    *,
    by: Actor,
    role: str,
    at: datetime,
    channel: str,
    number: int | None = None,
) -> Entry:
    """Append the entry of an act in `process`, in the act's own transaction.

    The stakeholder group of the actor stands in it only where at least five participants share it.
    """
    group = "" if isinstance(by, System) else public_group(by)
    return append(
        event,
        at=at,
        channel=channel,
        role=role,
        group=group,
        process=process.key,
        number=number,
        space=process.space,
    )
