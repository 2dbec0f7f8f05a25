"""The standard measures over the tables of a list that never was: how long all of them take, and the slowest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, at_most, seconds, shown
from benchmarks.made_tables import Made, make
from talanoa.lib.measures.registered import STANDARD
from talanoa.lib.measures.taking import of_folder, take, take_all

GOAL = 5.0
SLOWEST = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How many messages, persons and inputs."""

    messages: int = 100_000
    persons: int = 6_000
    inputs: int = 2_000


TINY = Size(messages=200, persons=40, inputs=20)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield how long the standard set takes, and its slowest measures."""
    make(Made(messages=size.messages, persons=size.persons, inputs=size.inputs), folder)
    with of_folder(folder) as engine:
        whole = seconds(lambda: take_all(STANDARD, engine))
        each = {measure.key: seconds(lambda measure=measure: take(measure, engine)) for measure in STANDARD}
    told = f"{len(STANDARD)} measures over {size.messages:,} messages and {size.inputs:,} inputs"
    yield at_most(GOAL, "all standard measures", whole, " s", told)
    for key in sorted(each, key=lambda key: -each[key])[:SLOWEST]:
        yield Figure(key, f"{shown(each[key])} s")
