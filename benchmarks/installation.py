"""A throwaway installation to measure: one open process `nm`, and rows in bulk that hold together as real ones do.

What is filled here carries true leaves, nodes, commitments and a signed checkpoint: `record audit` accepts it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models, transaction

from benchmarks.handing import TEXT
from talanoa.conf.founding import found
from talanoa.contributions.models import Answer, Assurance, Authorship, Contribution, Filing, Response, Theme
from talanoa.inputs.events import InputReceived
from talanoa.inputs.models import Input
from talanoa.kernel.keyring import keyring
from talanoa.lib import checkpoints, leaves, merkle
from talanoa.mail.models import Cursor
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Stage
from talanoa.processes.queries import participant
from talanoa.record.events import Committed, ContentErased
from talanoa.record.models import Checkpoint, Entry, Log, Opening

OPENED = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
SALT = bytes(range(32))
GROUPS = [str(group) for group in Group.values]
BATCH = 2000
THEMES, ANSWERED = 10, 8
Row = TypeVar("Row", bound=models.Model)


def open_one() -> Process:
    """Make the installation ready and open the process `nm`, whose call for input runs for 40 days."""
    operator = found(at=OPENED)
    facts = charter.template("open-consultation", title="How should training be funded?")
    process = create_process(by=operator, key="nm", facts=facts, at=OPENED, channel="cli")
    convenor = participant(process, operator)
    assert convenor
    publish_charter(process, by=convenor, at=OPENED, channel="cli")
    return open_process(process, by=convenor, at=OPENED, channel="cli")


def add_inputs(process: Process, count: int) -> None:
    """Add `count` published inputs of as many people, four fifths of them answered under ten themes."""
    process.refresh_from_db()
    numbers = range(process.last_number + 1, process.last_number + count + 1)
    stage = process.stages.get(kind=Stage.Kind.INPUT)
    people = [member.person for member in add_people(process, count)]
    made = kept(
        _contribution(process, number, person) for number, person in zip(numbers, people, strict=True)
    )
    authors = kept(
        Authorship(contribution=one, name=who.name, group=who.group, country="KE", assurance=Assurance.PROVEN)
        for one, who in zip(made, people, strict=True)
    )
    said = kept(
        Input(contribution=one, stage=stage, title=f"Pay the trainers ({one.number})", text=TEXT)
        for one in made
    )
    received = [
        Line(_received(words, author), one.number)
        for words, author, one in zip(said, authors, made, strict=True)
    ]
    for one, entry in zip(made, add_entries(received, process=process.key), strict=True):
        one.entry = entry
    Contribution.objects.bulk_update(made, ["entry"], batch_size=400)
    process.last_number = numbers[-1]
    process.save(update_fields=["last_number"])
    _answer(process, made)


def add_people(process: Process, count: int) -> list[Participant]:
    """Add `count` people of all stakeholder groups who take part in `process`."""
    first = Person.objects.count()
    people = kept(
        Person(
            name=f"Person {n}",
            address=f"person{n}@talanoa.example",
            group=GROUPS[n % len(GROUPS)],
            country="KE",
        )
        for n in range(first, first + count)
    )
    return kept(Participant(process=process, person=one, group=one.group, joined_at=OPENED) for one in people)


def _contribution(process: Process, number: int, person: Person) -> Contribution:
    return Contribution(
        process=process,
        number=number,
        kind="input",
        channel="web",
        state=Contribution.State.PUBLISHED,
        person=person,
        received_at=OPENED,
        dedup_key=f"filled-{number}",
    )


def _received(words: Input, author: Authorship) -> InputReceived:
    return InputReceived(
        stage="input",
        state="published",
        assurance="proven",
        entered=0,
        replaces=0,
        title=Committed(words, "title"),
        text_sha256=Committed(words, "text_sha256"),
        author=Committed(author, "name"),
        organization=Committed(author, "organization"),
        country=Committed(author, "country"),
    )


def _answer(process: Process, made: Sequence[Contribution]) -> None:
    convenor = process.participants.order_by("pk")[0]
    first = process.themes.count()
    themes = kept(
        Theme(process=process, slug=f"theme-{n}", label=f"Theme {n}", summary="They speak of money.")
        for n in range(first, first + THEMES)
    )
    responses = kept(
        Response(
            process=process,
            theme=theme,
            status=Response.Status.ACCEPTED,
            text="Yes: it costs little.",
            drafted_by=convenor,
            drafted_at=OPENED,
            approved_at=OPENED if at < ANSWERED else None,
        )
        for at, theme in enumerate(themes)
    )
    kept(Filing(contribution=one, theme=themes[at % THEMES]) for at, one in enumerate(made))
    kept(Answer(contribution=one, response=responses[at % THEMES]) for at, one in enumerate(made))


@dataclass(frozen=True, slots=True)
class Line:
    """An event that is to stand on the record, and the number that it is about."""

    event: InputReceived | ContentErased
    number: int | None = None


def plain(count: int) -> Iterator[Line]:
    """Yield entries that commit to nothing, as a log has them by the thousand."""
    for at in range(count):
        yield Line(ContentErased(entry=at, ground="author_request", fields="-", appeal_until="2026-12-24"))


@transaction.atomic
def add_entries(lines: Iterable[Line], *, process: str) -> list[Entry]:
    """Put entries on the record of real space in bulk, with one checkpoint at the end; return them."""
    log = Log.objects.get(name="real")
    made: list[Entry] = []
    openings: list[Opening] = []
    for index, line in enumerate(lines, start=log.size):
        committed = line.event.committed()
        entry = Entry(
            log=log,
            index=index,
            kind=line.event.kind,
            process_key=process,
            number=line.number,
            at=OPENED,
            leaf=_leaf(line, process, committed),
        )
        made.append(entry)
        openings += [_opening(entry, field, source) for field, source in committed.items()]
    before = [bytes(leaf) for leaf in log.entries.order_by("index").values_list("leaf", flat=True)]
    made = kept(made)
    kept(openings)
    _grow(log, [*before, *(bytes(entry.leaf) for entry in made)])
    return made


def _leaf(line: Line, process: str, committed: dict[str, Committed]) -> bytes:
    head: dict[str, Any] = {"v": 1, "k": line.event.kind, "t": f"{OPENED:%Y-%m-%dT%HZ}", "r": "participant"}
    head |= {"ch": "web", "p": process} | ({"n": line.number} if line.number else {})
    promised = {field: leaves.commit(field, source.value, SALT) for field, source in committed.items()}
    return leaves.leaf(head | line.event.public(), promised)


def _opening(entry: Entry, field: str, source: Committed) -> Opening:
    row = source.row
    return Opening(
        entry=entry, field=field, salt=SALT, model=row._meta.label, row=row.pk, attribute=source.attribute
    )


def _grow(log: Log, written: Sequence[bytes]) -> None:
    """Store the nodes that are new, and sign the whole."""
    hashes = list(map(merkle.leaf_hash, written))
    nodes = (
        (level, at, node) for level, at, node in merkle.fold_nodes(hashes) if (at + 1) << level > log.size
    )
    rows = ((log.pk, *node) for node in nodes)
    insert = 'INSERT INTO record_node (log_id, level, "index", hash) VALUES (%s, %s, %s, %s)'
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(insert, batch)
    log.size = len(written)
    log.save(update_fields=["size"])
    signed = checkpoints.Checkpoint(log.origin, log.size, merkle.fold(hashes))
    public = keyring.public(log.key_name)
    note = checkpoints.sign(signed, public, lambda text: keyring.sign(log.key_name, text))
    Checkpoint.objects.create(log=log, size=log.size, note=note)


def nothing_to_tell() -> None:
    """Say that everybody was told of everything, so that the clock has no letters to write while we measure."""
    Cursor.objects.update_or_create(reader="notices", defaults={"position": Log.objects.get().size})


def kept(rows: Iterable[Row]) -> list[Row]:
    """Save rows in bulk and return them with their keys."""
    made = list(rows)
    return type(made[0])._default_manager.bulk_create(made, batch_size=BATCH) if made else []
