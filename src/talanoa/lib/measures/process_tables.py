"""The tables that only our own record has: its acts, its stages, and how words stand to the public."""

from talanoa.lib.archive.tables import ALL, Table


def _table(name: str, **columns: tuple[str, str]) -> Table:
    return Table(
        name, {c: told[0] for c, told in columns.items()}, {c: told[1] for c, told in columns.items()}
    )


EVENT = _table(
    "event",
    process=("VARCHAR", "key of the process"),
    event=("BIGINT", "number of the entry on the record"),
    kind=("VARCHAR", "what happened, such as report.sealed.1"),
    number=("BIGINT", "number of the contribution that it is about; NULL where it is about none"),
    happened_at=("TIMESTAMP", "when, to the hour"),
    channel=("VARCHAR", "how it was done: web, mail, cli, tick"),
    role=("VARCHAR", "in which role"),
)
STAGE = _table(
    "stage",
    process=("VARCHAR", "key of the process"),
    position=("BIGINT", "place in the order of the charter, from 1"),
    kind=("VARCHAR", "what may be done in it: input, drafting, consensus, report, review, decision"),
    opens_at=("TIMESTAMP", "when it was to open; NULL where no day was set"),
    closes_at=("TIMESTAMP", "when it was to close, with every extension"),
    opened_at=("TIMESTAMP", "when it opened; NULL where it has not"),
    closed_at=("TIMESTAMP", "when it closed; NULL where it has not"),
)
STANDING = _table(
    "standing",
    process=("VARCHAR", "key of the process"),
    number=("BIGINT", "number of the contribution"),
    shown=("VARCHAR", "named, unnamed, or closed where the public may not read it"),
    language=("VARCHAR", "tag of the language of an input; empty where nothing tells it"),
    interests=(
        "VARCHAR",
        "how a named author stood to the question of interests: current, stale, declined, missing",
    ),
)
TABLES = (*ALL, EVENT, STAGE, STANDING)
"""All that a folder of tables may hold; a list has the first four."""
