"""Tables of a mailing list and of processes that never were, as large as one likes and always the same.

A few write most, three in five messages answer one of the last hundred, some have no date or no sender; who belongs
where changes over time, and of a part of all nothing is known. So nothing in them is somebody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from talanoa.lib.archive import tables
from talanoa.lib.archive.tables import Value

Row = tuple[Value, ...]
BEGAN = datetime(2010, 1, 1, tzinfo=UTC)
DAYS = 2200
GROUPS = ("academia", "civil_society", "government", "private_sector", "technical_community", "unknown")
REGIONS = (
    "africa",
    "asia_pacific",
    "eastern_europe",
    "latin_america_caribbean",
    "western_europe_others",
    "unknown",
)
ORGANIZATIONS = tuple(f"Organization {n}" for n in range(40))
RECENT = 100
IS_REPLY, HAS_SENDER, HAS_DATE = 0.6, 0.99, 0.98
"""The shares of messages that answer another one, name who sent them, and have a date that can be read."""
UNAFFILIATED, MOVES = 0.3, 0.5
"""The shares of persons whom no organization is known of, and of the others who go on to a second one."""
DECLARED, REPLACED, ANSWERED, CHANGING = 0.8, 0.05, 0.7, 0.4
"""The shares of inputs with a group and with a newer version; that have a response, and of these that change a text."""


@dataclass(frozen=True, slots=True)
class Made:
    """How much to make."""

    messages: int
    persons: int
    inputs: int = 0
    processes: int = 6
    seed: int = 1


def make(made: Made, folder: Path) -> None:
    """Write all tables into `folder`."""
    chance = Random(made.seed)
    people = [f"p{n:06}" for n in range(made.persons)]
    messages = list(_messages(made, people, chance))
    inputs = list(_inputs(made, people, chance))
    answered = [row for row in inputs if chance.random() < ANSWERED]
    keys = [f"process-{n}" for n in range(made.processes)] if made.inputs else []
    written: tuple[tuple[tables.Table, list[Row]], ...] = (
        (tables.MESSAGE, messages),
        (
            tables.PERSON,
            [(one, chance.choice(GROUPS), "table", chance.choice(REGIONS), None, None, 1) for one in people],
        ),
        (tables.AFFILIATION, list(_affiliations(people, chance))),
        (tables.THREAD, list(_threads(messages))),
        (
            tables.PROCESS,
            [(key, key.title(), "closed", BEGAN + timedelta(days=90 * n)) for n, key in enumerate(keys)],
        ),
        (tables.CONTRIBUTION, inputs),
        (tables.RESPONSE, [_response(n, row, chance) for n, row in enumerate(answered, 1)]),
        (tables.DECISION, [(key, "1", "accepted", "It is fair.", BEGAN) for key in keys[::2]]),
    )
    for table, lines in written:
        tables.write(table, lines, folder / f"{table.name}.parquet")


def _messages(made: Made, people: list[str], chance: Random) -> Iterator[Row]:
    threads: list[int] = []
    for number in range(made.messages):
        back = chance.randrange(1, RECENT)
        parent = number - back if chance.random() < IS_REPLY and back <= number else None
        threads.append(number if parent is None else threads[parent])
        days = DAYS * number / made.messages + chance.random() * 3
        person = people[int(len(people) * chance.random() ** 3)] if chance.random() < HAS_SENDER else None
        sent = BEGAN + timedelta(days=days) if chance.random() < HAS_DATE else None
        names = (f"{number}@list.example", "", "")
        yield (number, person, sent, "", threads[-1], parent, *names, "A question", "Words.", 0, "")


def _threads(messages: list[Row]) -> Iterator[Row]:
    sizes: dict[int, list[Row]] = {}
    for row in messages:
        thread = row[4]
        if isinstance(thread, int):
            sizes.setdefault(thread, []).append(row)
    for thread, rows in sizes.items():
        yield (thread, rows[0][0], "A question", rows[0][2], rows[-1][2], len(rows))


def _affiliations(people: list[str], chance: Random) -> Iterator[Row]:
    for one in people:
        if chance.random() < UNAFFILIATED:
            continue
        moved = BEGAN + timedelta(days=chance.randrange(DAYS))
        yield (one, chance.choice(ORGANIZATIONS), None, moved, "declared")
        if chance.random() < MOVES:
            yield (one, chance.choice(ORGANIZATIONS), moved, None, "declared")


def _inputs(made: Made, people: list[str], chance: Random) -> Iterator[Row]:
    for number in range(made.inputs):
        key = f"process-{number % made.processes}"
        received = BEGAN + timedelta(days=DAYS * chance.random())
        group = chance.choice(GROUPS[:-1]) if chance.random() < DECLARED else ""
        state = "superseded" if chance.random() < REPLACED else "published"
        person = people[int(len(people) * chance.random() ** 2)]
        yield (key, number, "input", person, group, "KE", "mail", state, received, "Words.")


def _response(number: int, row: Row, chance: Random) -> Row:
    received = row[8]
    assert isinstance(received, datetime)
    changed = "Paragraph 3 says so now." if chance.random() < CHANGING else ""
    return (
        row[0],
        number,
        row[1],
        "accepted",
        "So it is.",
        changed,
        received + timedelta(days=20 * chance.random()),
    )
