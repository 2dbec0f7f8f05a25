"""Every address, for every role, in every state that matters, answers as matrix.yaml says."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.db import connection

from permissions import acts, places
from permissions.asking import Asked, Browser
from permissions.canaries import ROLES
from permissions.matrix import NIGHTLY, Line, addresses, lines, roles
from permissions.world import World
from talanoa.kernel import clock

pytestmark = pytest.mark.django_db
REFUSED = {"400", "403", "404", "405", "409", "login", "factor"}
METHODS = {"GET", "POST"}
PAIR = ("visitor", "secretariat")


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.TALANOA_DEMONSTRATION = True
    clock.follow(tmp_path / "clock")
    yield
    clock._shift.clear()


def askers(line: Line) -> tuple[str, ...]:
    """Everybody by night. By day, where all get the same, two whose eyes differ most; else one of those who get each
    answer, which one by the line's name, so that all of the lines together ask as everybody. On PostgreSQL two.
    """
    if NIGHTLY:
        return roles()
    answers = sorted(set(line.expected.values()))
    if connection.vendor != "sqlite" or len(answers) == 1:
        return PAIR
    return tuple(
        _one_of([role for role in roles() if line.expected[role] == answer], line) for answer in answers
    )


def _one_of(alike: Sequence[str], line: Line) -> str:
    return alike[crc32(str(line).encode()) % len(alike)]


def ask(world: World, line: Line, method: str) -> dict[str, Asked]:
    """Ask as everybody who is to be asked."""
    sent = acts.data(world, line.name, line.state) if method == "POST" else None
    url, browser = places.url(world, line.name, line.state), Browser()
    return {role: browser.ask(world.askers[role], method, url, sent) for role in askers(line)}


def held(world: World, line: Line) -> None:
    """Everybody gets what the line says; a refusal leaves no row changed behind it."""
    asked = ask(world, line, line.method)
    expected = {role: line.expected[role] for role in asked}
    assert {role: found.outcome for role, found in asked.items()} == expected
    assert {
        role: found.written for role, found in asked.items() if found.outcome in REFUSED and found.written
    } == {}


@pytest.mark.parametrize("line", [line for line in lines() if line.state != "on"], ids=str)
def test_everybody_gets_what_the_matrix_says(world: World, line: Line) -> None:
    held(world, line)


@pytest.mark.parametrize("line", [line for line in lines() if line.state == "on"], ids=str)
@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_opens_its_own_pages(world: World, line: Line) -> None:
    held(world, line)


def test_every_address_stands_in_the_matrix_and_no_other() -> None:
    assert {line.name for line in lines()} == set(addresses())


def test_the_matrix_knows_everybody() -> None:
    assert roles() == ROLES


def unnamed() -> list[tuple[Line, str]]:
    """For each address, a line of it and a method that the matrix does not name for it."""
    named: dict[str, set[str]] = {}
    for line in lines():
        named.setdefault(line.name, set()).add(line.method)
    first = {line.name: line for line in reversed(lines())}
    return [(first[name], method) for name, known in named.items() for method in METHODS - known]


@pytest.mark.parametrize(("line", "method"), unnamed(), ids=str)
def test_no_other_method_does_anything(world: World, line: Line, method: str, settings: Any) -> None:
    settings.TALANOA_DEMONSTRATION = True
    asked = ask(world, line, method)
    assert {role: found.written for role, found in asked.items() if found.written} == {}
    assert {found.outcome for found in asked.values()} <= REFUSED | {"back"}
