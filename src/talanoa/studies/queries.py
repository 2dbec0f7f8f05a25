"""How a process was run, as rows of tables: its acts on the record, its stages, how each contribution stands."""

from collections.abc import Iterator
from datetime import datetime

from talanoa.contributions.models import Authorship, Contribution
from talanoa.inputs.models import Input
from talanoa.lib.archive.tables import Value
from talanoa.processes.models import Process
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

Row = tuple[Value, ...]
NAMED, UNNAMED, CLOSED = "named", "unnamed", "closed"


def acts(process: Process) -> Iterator[Row]:
    """Give the entries of `process` on the record, by what their leaves tell everybody: times are hours."""
    rows = Entry.objects.filter(process_key=process.key, log__name=process.space.log).order_by("index")
    for entry in rows.iterator(chunk_size=2000):
        told = public_fields(entry)
        at = datetime.strptime(f"{told['t']}+0000", "%Y-%m-%dT%HZ%z")
        yield (process.key, entry.index, entry.kind, entry.number, at, str(told["ch"]), str(told["r"]))


def stages(process: Process) -> Iterator[Row]:
    """Give the stages of `process` as they were planned and as they came."""
    for one in process.stages.order_by("position"):
        planned, came = (one.opens_at, one.closes_at), (one.opened_at, one.closed_at)
        yield (process.key, one.position, one.kind, *planned, *came)


def standings(process: Process) -> Iterator[Row]:
    """Give how each contribution of `process` stands to the public."""
    shown = Contribution.objects.visible_to(None).filter(process=process)
    named = Authorship.objects.visible_to(None).filter(contribution__process=process)
    authors = {
        one.contribution_id: one
        for one in named.select_related("contribution", "interests", "interests_here")
    }
    inputs = Input.objects.visible_to(None).filter(contribution__process=process)
    languages = dict(inputs.values_list("contribution", "language"))
    public = set(shown.values_list("pk", flat=True))
    rows = Contribution.objects.filter(process=process).order_by("number")
    for pk, number in rows.values_list("pk", "number"):
        author = authors.get(pk)
        kept = NAMED if author else UNNAMED if pk in public else CLOSED
        interests = str(author.interest_standing.value) if author else ""
        yield (process.key, number, kept, languages.get(pk, ""), interests)
