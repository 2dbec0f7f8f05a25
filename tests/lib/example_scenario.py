"""The scenario that ships, and how tests change and play it."""

import shutil
from functools import cache
from pathlib import Path

from talanoa.lib.counterparts import opening, reactions
from talanoa.lib.course_files import files_in
from talanoa.lib.practice_acts import Act
from talanoa.lib.scenario_files import ScenarioWrong, read
from talanoa.lib.scenarios import Scenario

PACK = Path(__file__).resolve().parents[2] / "content" / "scenarios" / "72-hours"
SEED = bytes(range(32))
LEARNER = "consumer"
"""The learner of most tests sits in the seat of the consumer group."""


@cache
def hours() -> Scenario:
    return read(files_in(PACK))


def copied(to: Path) -> Path:
    """The pack in a folder that may be changed."""
    shutil.copytree(PACK, to / PACK.name)
    return to / PACK.name


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """What is wrong with a pack."""
    try:
        read(files_in(folder))
    except ScenarioWrong as wrong:
        return wrong.wrong
    return []


def changed(to: Path, *changes: tuple[str, str, str]) -> Scenario:
    """The pack with some words replaced: (file, old, new)."""
    folder = copied(to)
    for name, old, new in changes:
        change(folder, name, old, new)
    return read(files_in(folder))


def evening(
    *acts: Act, day: int = 1, seat: str = LEARNER, scenario: Scenario | None = None
) -> tuple[Act, ...]:
    """What the scripts do in the evening of a day, after these acts."""
    return reactions(scenario or hours(), seed=SEED, acts=acts, day=day, humans=frozenset({seat}))


def played(*days: tuple[Act, ...], seat: str = LEARNER) -> tuple[Act, ...]:
    """A room with the acts of each day, to the end."""
    humans = frozenset({seat})
    acts = opening(hours(), humans=humans)
    for day in range(1, hours().days + 1):
        acts += days[day - 1] if day <= len(days) else ()
        acts += reactions(hours(), seed=SEED, acts=acts, day=day, humans=humans)
    return acts


def ask(to: str, slot: str = "", text: str = "", day: int = 1, seat: str = LEARNER) -> Act:
    """A question that names its paragraph, unless it has other words."""
    number = hours().slot(slot).paragraph if slot else 0
    return Act(day, seat, "ask", to=to, slot=slot, text=text or f"What does paragraph {number} mean for you?")


def of(seat: str, acts: tuple[Act, ...], *kinds: str) -> list[Act]:
    """What a seat did."""
    return [act for act in acts if act.seat == seat and (not kinds or act.kind in kinds)]
