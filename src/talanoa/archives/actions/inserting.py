"""Part of storing a batch: many rows at once, past the model layer, which takes more time than the database does."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, models

Value = str | int | bool | bytes | datetime | None


def insert(
    model: type[models.Model],
    fields: Sequence[str],
    *,
    rows: Iterable[Sequence[Value]],
    unique: Sequence[str] = (),
) -> None:
    """Insert `rows`, whose values stand in the order of `fields`; where one with the same `unique` is there, update it.

    Runs in the transaction of its caller. Values are those that a field holds; of a relation, the key.
    """
    column = {field.name: field.column for field in model._meta.concrete_fields if field.name in fields}
    column = {name: column[name] for name in fields}
    names, marks = ", ".join(f'"{name}"' for name in column.values()), ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of ours
    if unique:
        kept = ", ".join(f'"{column[name]}"' for name in unique)
        changed = ", ".join(f'"{c}" = EXCLUDED."{c}"' for name, c in column.items() if name not in unique)
        sql += f" ON CONFLICT ({kept}) DO UPDATE SET {changed}"
    times = [
        n for n, name in enumerate(fields) if isinstance(model._meta.get_field(name), models.DateTimeField)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_stored(row, times) for row in rows])


def _stored(row: Sequence[Value], times: Sequence[int]) -> list[Value]:
    """Return a row as the database takes it: only moments are another thing there."""
    values = list(row)
    for place in times:
        values[place] = connection.ops.adapt_datetimefield_value(values[place])  # type: ignore[arg-type]
    return values
