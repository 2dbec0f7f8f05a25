"""Writing many rows at once: new ones, and those that were read or made before."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model

Value = str | int | bytes | None


def insert_each(model: type[Model], fields: Sequence[str], values: Iterable[Sequence[Value]]) -> None:
    """Write new rows of `model`, each with its values of `fields` as the database takes them: a key for another row.

    For rows that nobody asks for in the same act. Django's `bulk_create` makes an object of each and asks each of its
    fields in turn how it is written: a twentieth of all the time that 25 mails take (`python -m benchmarks ingest`).
    """
    name = connection.ops.quote_name
    known = {column.name: str(column.column) for column in model._meta.concrete_fields}
    columns = ", ".join(name(known[field]) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(values))


def update_each(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write `fields` of rows of one model, each row by its key.

    Django's `bulk_update` puts all values into one CASE for each field; to make that took a sixth of all the time that
    25 mails take (`python -m benchmarks ingest`).
    """
    if not rows:
        return
    model, name = rows[0]._meta, connection.ops.quote_name
    known = {column.name: column for column in model.concrete_fields}
    columns = [known[field] for field in fields]
    sets = ", ".join(f"{name(str(column.column))} = %s" for column in columns)
    values = [
        [*(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns), row.pk]
        for row in rows
    ]
    sql = f"UPDATE {name(model.db_table)} SET {sets} WHERE {name(str(model.pk.column))} = %s"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
