"""What tests begin with: built by its steps once, later written again as it was, in a tenth of the time.

The steps of a process, its charter and its roles are the same in thousands of tests; they have tests of their own.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models

Given, Made = ParamSpec("Given"), TypeVar("Made")
MOST = 500
_READING = ("SELECT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a build wrote, and what it returned."""

    written: list[tuple[str, Any, bool]]
    made: Any


_kept: dict[object, _Kept] = {}


def remembered(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let `build` write the same rows as the first time that it was given the same and found the database like this.

    The keys that come next and the signed head of the record tell how the database is. On PostgreSQL keys are never
    given again when a test is over, and where a test really commits, more happens than writing: both always build.
    """

    @wraps(build)
    def again(*given: Given.args, **named: Given.kwargs) -> Made:
        if connection.vendor != "sqlite" or not connection.in_atomic_block:
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


def _written_again(kept: _Kept) -> Any:
    with connection.cursor() as cursor:
        for sql, params, many in kept.written:
            (cursor.executemany if many else cursor.execute)(sql, params)
    return deepcopy(kept.made)


def _state() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        keys = tuple(cursor.fetchall())
        cursor.execute("SELECT note FROM record_checkpoint ORDER BY id DESC LIMIT 1")
        return keys, cursor.fetchone()


def _told(value: object) -> object:
    """Return what tells one value from another: of a row its fields, of a function of a fixture its name."""
    if isinstance(value, models.Model):
        return sorted((name, told) for name, told in vars(value).items() if not name.startswith("_"))
    return value.__qualname__ if callable(value) and hasattr(value, "__qualname__") else value
