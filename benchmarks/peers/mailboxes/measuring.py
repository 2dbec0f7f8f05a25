"""What every reader tells about itself, and how a reader without a table of its own writes the one that we write."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.lib.archive.tables import MESSAGE, Writer


def tell(read: Callable[[Path, Path], tuple[int, int]]) -> None:
    """Run `read` over FILE with a FOLDER to write to; print messages, seconds, processor, memory (MB), fallback."""
    begun, used = perf_counter(), process_time()
    messages, fallback = read(Path(sys.argv[1]), Path(sys.argv[2]))
    told = {
        "messages": messages,
        "seconds": perf_counter() - begun,
        "processor": process_time() - used,
        "memory": getrusage(RUSAGE_SELF).ru_maxrss / 1024,
        "fallback": fallback,
    }
    print(json.dumps(told))


def written(mails: Iterable[tuple[object, ...]], folder: Path) -> int:
    """Write the table of sender, moment, date, identifier, what it answers and refers to, subject, text."""
    pseudonym = pseudonyms(bytes(32))
    with Writer(MESSAGE, folder / "message.parquet") as table:
        for number, (who, at, date, name, answered, referred, subject, text) in enumerate(mails, 1):
            person = pseudonym(who)
            row = (number, person, at, date, None, None, name, answered, referred, subject, text, 0, "")
            table.add(row)
    return table.n_rows
