"""Search over 100,000 inputs: how long somebody waits, beside a scan with LIKE over the same rows.

The texts are drawn from a vocabulary in which few words are common and most are rare, as in natural texts, with a
fixed seed; one in fifty is Chinese. The mix: rare, middling and common words, two words, phrases, -without, words
with accents, Chinese, hostile input, and a search within one process.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles

from django.db import connection

from benchmarks.figures import Figure, at_most, seconds, shown
from benchmarks.installation import OPENED, kept, open_one
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Group, Person
from talanoa.processes.models import Process, Stage
from talanoa.search.queries import search

GOAL_MS = 300
SHOWN = 20
SEED = 4
WORDS, LENGTH = 5000, 40
IN_CHINESE = 0.02
CHINESE = "我们支持互联网治理的民主原则"


@dataclass(frozen=True, slots=True)
class Size:
    """How many inputs, how many searches, and how many of these by the peer."""

    inputs: int = 100_000
    searches: int = 200
    scans: int = 12
    batch: int = 10_000


TINY = Size(inputs=60, searches=20, scans=2, batch=50)


def figures(size: Size, _folder: Path) -> Iterator[Figure]:
    """Yield the time to fill the index, the percentiles of the mix, and the ratio to a scan."""
    process = open_one()
    chance = Random(SEED)
    filled = seconds(lambda: fill(process, size, chance))
    yield Figure(f"{size.inputs:,} inputs put in, with their index", f"{shown(filled)} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    look("training", process)()  # a server has loaded its addresses before somebody asks
    asked = [mixed(chance, number) for number in range(size.searches)]
    took = [1000 * seconds(look(words, process if within else None)) for words, within in asked]
    p95 = quantiles(took, n=20)[-1]
    told = f"p50 {shown(median(took))} ms, worst {shown(max(took))} ms ({asked[took.index(max(took))][0]!r})"
    yield at_most(GOAL_MS, f"{size.searches} searches, p95", p95, " ms", told)
    plain = [f"{word(chance)} {word(chance)}" for _ in range(size.scans)]
    ours = [1000 * seconds(look(words, None)) for words in plain]
    theirs = [1000 * seconds(scan(words)) for words in plain]
    ratio = median(b / a for a, b in zip(ours, theirs, strict=True))
    told = f"ours {shown(median(ours))} ms, a scan {shown(median(theirs))} ms, two words each"
    yield Figure("times faster than a scan with LIKE", shown(ratio), against=told)


def word(chance: Random) -> str:
    """Return a word; the n-th of the vocabulary is about as frequent as 1/n."""
    return spelled(int(WORDS ** chance.random()))


def spelled(rank: int) -> str:
    """Return the word of a rank."""
    return (
        ("société" if rank % 7 == 0 else "gemana") + "bdfglmnprs"[rank % 10] + "aeiou"[rank % 5] + str(rank)
    )


def fill(process: Process, size: Size, chance: Random) -> None:
    """Put the inputs in: in bulk, and through the triggers that every input goes through."""
    stage = process.stages.get(kind=Stage.Kind.INPUT)
    person = Person.objects.create(name="Person", address="person@talanoa.example", group=Group.ACADEMIA)
    for first in range(1, size.inputs + 1, size.batch):
        made = kept(
            Contribution(
                process=process,
                number=number,
                kind="input",
                channel="web",
                state=Contribution.State.PUBLISHED,
                person=person,
                received_at=OPENED,
                dedup_key=f"filled-{number}",
            )
            for number in range(first, min(first + size.batch, size.inputs + 1))
        )
        kept(Input(contribution=one, stage=stage, title="Training", text=text(chance)) for one in made)


def text(chance: Random) -> str:
    """Return a text of LENGTH words, some of them with Chinese at the end."""
    words = " ".join(word(chance) for _ in range(LENGTH))
    return f"{words} {CHINESE}" if chance.random() < IN_CHINESE else words


def mixed(chance: Random, number: int) -> tuple[str, bool]:
    """Return what is typed in search `number`, and whether it is within the process."""
    one, two = word(chance), word(chance)
    mix = (
        one,
        spelled(1 + number % 3),
        f"{one} {two}",
        f'"{one} {two}"',
        f"{one} -{two}",
        f"{spelled(1)} {spelled(2)}",
        spelled(7).replace("é", "e"),
        ("互联网", "民主")[number // 10 % 2],
        f"\"{one}* OR (NEAR %_\\ ' {two}",
        "training",
    )
    return mix[number % len(mix)], number % 3 == 0


def look(words: str, process: Process | None) -> Callable[[], object]:
    """Return a search by somebody who is not signed in."""
    return lambda: search(words, person=None, process=process, limit=SHOWN)


def scan(words: str) -> Callable[[], object]:
    """Return the peer: every text read, with the same rule of who may read it."""

    def act() -> object:
        rows = Input.objects.visible_to(None)
        for each in words.split():
            rows = rows.filter(text__icontains=each)
        return list(rows.select_related("contribution__process").order_by("-pk")[:SHOWN])

    return act
