"""What tests begin with: built by its steps once, later written again as it was, in a tenth of the time.

The steps of a process, its charter and its roles are the same in thousands of tests; they have tests of their own.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models

Given, Made = ParamSpec("Given"), TypeVar("Made")
MOST = 500
_READING = ("SELECT", "SAVEPOINT", "RELEASE")
_KEYS = {
    "sqlite": "SELECT name, seq FROM sqlite_sequence ORDER BY name",
    "postgresql": "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename",
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a build wrote, and what it returned."""

    written: list[tuple[str, Any, bool]]
    made: Any


_kept: dict[object, _Kept] = {}


def remembered(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let `build` write the same rows as the first time that it was given the same and found the database like this.

    The keys that come next and the signed head of the record tell how the database is. Where a test really commits,
    more happens than writing: there it always builds.
    """

    @wraps(build)
    def again(*given: Given.args, **named: Given.kwargs) -> Made:
        if not connection.in_atomic_block:
            return build(*given, **named)
        told = [*map(_told, given), *((name, _told(value)) for name, value in sorted(named.items()))]
        key = build.__module__, build.__qualname__, repr(told), _state()
        if key in _kept:
            return _written_again(_kept[key])  # type: ignore[no-any-return]
        written: list[tuple[str, Any, bool]] = []

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            params = [*params] if many else params
            if not sql.lstrip().startswith(_READING):
                written.append((sql, params, many))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            made = build(*given, **named)
        if len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = _Kept(written, deepcopy(made))
        return made

    return again


def give_keys_again() -> None:
    """Let every table count on from its last row, as SQLite does; PostgreSQL else gives no key twice, in no test."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL")
        if ends := [_counts_on(name) for (name,) in cursor.fetchall()]:
            cursor.execute(f"SELECT {', '.join(ends)}")


def _counts_on(sequence: str) -> str:
    """Return the expression that sets a sequence by the last row of its table, or back to its beginning."""
    table, column = _tables()[sequence]
    return (
        f"(SELECT setval('{sequence}', coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {table})"
    )


@cache
def _tables() -> dict[str, tuple[str, str]]:
    """Return table and column of every sequence."""
    look = connection.introspection
    with connection.cursor() as cursor:
        told = [one for table in look.table_names(cursor) for one in look.get_sequences(cursor, table)]
    return {one["name"]: (one["table"], one["column"]) for one in told}


def _written_again(kept: _Kept) -> Any:
    with connection.cursor() as cursor:
        for sql, params, many in kept.written:
            (cursor.executemany if many else cursor.execute)(sql, params)
    return deepcopy(kept.made)


def _state() -> object:
    with connection.cursor() as cursor:
        cursor.execute(_KEYS[connection.vendor])
        keys = tuple(cursor.fetchall())
        cursor.execute("SELECT note FROM record_checkpoint ORDER BY id DESC LIMIT 1")
        return keys, cursor.fetchone()


def _told(value: object) -> object:
    """Return what tells one value from another: of a row its fields, of a function of a fixture its name."""
    if isinstance(value, models.Model):
        return sorted((name, told) for name, told in vars(value).items() if not name.startswith("_"))
    return value.__qualname__ if callable(value) and hasattr(value, "__qualname__") else value
