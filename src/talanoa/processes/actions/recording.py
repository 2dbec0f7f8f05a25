"""The entry of an act in a process, written in the transaction of the act."""

from collections.abc import Sequence
from datetime import datetime

from talanoa.processes.models import (
    Actor,
    Process,
    System,
)
from talanoa.processes.queries import public_group
from talanoa.record.actions import Line, append_all
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
    return put_all_on_record(
        process, [line_of(event, by=by, role=role, number=number)], at=at, channel=channel
    )[0]


def line_of(event: Event, *, by: Actor, role: str, number: int | None = None) -> Line:
    """Return what is to stand on the record of an act of `by` in a process."""
    return Line(event, role, "" if isinstance(by, System) else public_group(by), number)


def put_all_on_record(process: Process, lines: Sequence[Line], *, at: datetime, channel: str) -> list[Entry]:
    """Append the entries of acts in `process` that happened together, under one checkpoint."""
    return append_all(lines, at=at, channel=channel, process=process.key, space=process.space)
