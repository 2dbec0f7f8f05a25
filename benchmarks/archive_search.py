"""Search in an archive of a million messages: how long somebody waits for the first twenty.

The messages are drawn from the vocabulary of `benchmarks.search`, in which few words are common and most are rare, as
five sentences out of some thousands, one in fifty with Chinese; they go in by the steps that an import takes for its
rows and its index. The mix of searches is that of `benchmarks.search` too: rare, middling and common words, two words,
phrases, -without, accents, Chinese.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

from django.db import connection, transaction

from benchmarks.figures import Figure, at_most, seconds, shown
from benchmarks.installation import OPENED, open_one
from benchmarks.search import CHINESE, SEED, mixed, word
from talanoa.archives.actions.indexing import index_words
from talanoa.archives.actions.inserting import Value, insert
from talanoa.archives.models import Archive, ArchivedMessage, Sender, Thread
from talanoa.archives.queries import search
from talanoa.lib.messageids import permalink_hash
from talanoa.lib.searchwords import read

GOAL_MS = 300
SHOWN = 20
SENTENCES, WORDS, IN_TEXT, CHINESE_EACH = 5000, 12, 5, 50
FIELDS = ("archive", "number", "thread", "sender", "hash", "digest", "message_id", "in_reply_to", "references",
          "name", "subject", "text", "date", "sent_at", "n_attachments", "notes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How many messages, how many searches."""

    messages: int = 1_000_000
    searches: int = 200
    batch: int = 5000


TINY = Size(messages=60, searches=20, batch=50)


def figures(size: Size, _folder: Path) -> Iterator[Figure]:
    """Yield the time to fill the archive, and the percentiles of the mix."""
    open_one()
    chance = Random(SEED)
    archive = Archive.objects.create(name="million", title="Million", created_at=OPENED)
    filled = seconds(lambda: fill(archive, size, chance))
    yield Figure(f"{size.messages:,} messages put in, with their index", f"{shown(filled)} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = [mixed(chance, number)[0] for number in range(size.searches)]
    took = [
        1000 * seconds(lambda words=words: search([archive.pk], read(words), limit=SHOWN + 1))
        for words in asked
    ]
    p95 = quantiles(took, n=20)[-1]
    told = (
        f"p50 {shown(median(took))} ms, worst {shown(max(took))} ms ({asked[took.index(max(took))][0:40]!r})"
    )
    yield at_most(GOAL_MS, f"{size.searches} searches, p95", p95, " ms", told)


def fill(archive: Archive, size: Size, chance: Random) -> None:
    """Put the messages in."""
    sentences = [" ".join(word(chance) for _ in range(WORDS)) for _ in range(SENTENCES)]
    sender = Sender.objects.create(archive=archive, identity="generated")
    thread = Thread.objects.create(archive=archive, number=1)
    for begin in range(1, size.messages + 1, size.batch):
        numbers = range(begin, min(begin + size.batch, size.messages + 1))
        rows = [
            _row(archive, number, thread.pk, sender.pk, chance.choices(sentences, k=IN_TEXT))
            for number in numbers
        ]
        with transaction.atomic():
            insert(ArchivedMessage, FIELDS, rows=rows)
            index_words(
                archive, ((number, "", str(row[11])) for number, row in zip(numbers, rows, strict=True))
            )


def _row(archive: Archive, number: int, thread: int, sender: int, said: list[str]) -> list[Value]:
    name, at = f"{number}@list.example", OPENED - timedelta(minutes=number)
    names: list[Value] = [
        archive.pk,
        number,
        thread,
        sender,
        permalink_hash(name),
        number.to_bytes(16),
        name,
        "",
        "",
    ]
    if number % CHINESE_EACH == 0:
        said = [*said, CHINESE]
    return [*names, "", said[0][:60], "\n".join(said), "", at, 0, ""]
