"""Reads matrix.yaml: each line of it is one address, one method, one state, and what each role gets."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).with_name("matrix.yaml")
ALONE = "-"
NIGHTLY = bool(os.environ.get("TALANOA_NIGHTLY"))


@dataclass(frozen=True, slots=True)
class Line:
    """What is expected of one address with one method in one state, for each role."""

    name: str
    method: str
    state: str
    expected: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.name}" + (f" of {self.state}" if self.state != ALONE else "")


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def roles() -> tuple[str, ...]:
    """Every role, as the matrix explains them."""
    return tuple(_read()["roles"])


@cache
def lines() -> tuple[Line, ...]:
    """Every line of the matrix."""
    return tuple(line for name, acts in _read()["lines"].items() for line in _lines(name, acts))


def _lines(name: str, acts: dict[str, Any]) -> Iterator[Line]:
    for act, told in acts.items():
        method, *states = act.split()
        for state in states or [ALONE]:
            yield Line(name, method, state, _expected(str(told)))


def _expected(told: str) -> dict[str, str]:
    """Read `404, author 200`; a macro or a status for all stands first, exceptions follow."""
    first, *exceptions = (part.strip() for part in told.split(","))
    macros = _read()["macros"]
    found = _expected(str(macros[first])) if first in macros else dict.fromkeys(roles(), first)
    for exception in exceptions:
        who, outcome = exception.split()
        found |= dict.fromkeys(_read()["sets"].get(who, who).split(), outcome)
    assert set(found) == set(roles()), f"{told!r} speaks of {sorted(set(found) - set(roles()))}"
    return found


def addresses() -> dict[str, URLPattern]:
    """Every address that the site answers, by its name."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern
