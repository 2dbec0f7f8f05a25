"""The threads of a mailing list beside those of an independent implementation of the same algorithm, threadweave.

Both get the same identifiers and subjects, as our reader reads them, of the first message with each identifier. They
are compared twice: by what messages name alone, and with the joining by subject. This we limit to 60 days and to
answers that name nobody, while the original joins all threads of one subject: so that there is no goal for it.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.apart import NotHere, interpreter, run
from benchmarks.figures import Figure, at_least, shown
from benchmarks.mailboxes import mailbox_file
from benchmarks.serving import ROOT
from talanoa.lib.archive.reading import read
from talanoa.lib.archive.sources import Reading, Source
from talanoa.lib.archive.threads import Letter, Place, Threads

PEER = "0.1.0"
GOAL = 99.0
SUBJECTS = "with subjects"
Placed = dict[int, tuple[int, int | None]]
"""For each message, by its number: what calls its thread, and the message that it answers."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many messages to make (0: the real ones, where they are)."""

    made: int = 0
    with_peer: bool = True


TINY = Size(made=40, with_peer=False)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield how many threads each finds, and in how many messages they agree."""
    letters = distinct(mailbox_file(folder, size.made))
    yield Figure("messages, the first with each identifier", shown(len(letters)))
    bare = [replace(one, subject="") for one in letters]
    for name, given in (("by what messages name", bare), (SUBJECTS, letters)):
        ours = placed(Threads({}, {}).add(given))
        yield Figure(f"threads, {name}", shown(len({thread for thread, _parent in ours.values()})))
        if not size.with_peer:
            continue
        try:
            theirs = peer(given, folder)
        except NotHere as missing:
            yield Figure("threadweave", "not here", against=str(missing))
            return
        yield from compared(ours, theirs, name)


def distinct(path: Path) -> list[Letter]:
    """Return the first message with each identifier."""
    seen, found = set[str](), []
    for number, raw in enumerate(Reading(Source(path)), 1):
        mail = read(raw)
        if mail.message_id and mail.message_id not in seen:
            seen.add(mail.message_id)
            names = (mail.message_id, mail.in_reply_to, mail.references)
            found.append(Letter(number, *names, mail.subject, mail.sent_at))
    return found


def placed(places: Sequence[Place]) -> Placed:
    """Return where our algorithm places each."""
    return {one.number: (one.thread, one.parent) for one in places}


def peer(letters: Sequence[Letter], folder: Path) -> Placed:
    """Return where threadweave places each. Raises NotHere."""
    python = interpreter(f"threadweave-{PEER}", [f"threadweave=={PEER}"])
    rows = [(one.number, one.message_id, one.in_reply_to, one.references, one.subject) for one in letters]
    (folder / "letters.json").write_text(json.dumps(rows))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "benchmarks" / "peers")}
    told = json.loads(run([python, "-m", "mailboxes.weaving", str(folder / "letters.json")], environment))
    return {number: (thread, parent) for number, thread, parent in told}


def compared(ours: Placed, theirs: Placed, name: str) -> Iterator[Figure]:
    """Yield the share of messages that are in the same thread with the same others, and that answer the same one."""
    mates = [_mates(placed_) for placed_ in (ours, theirs)]
    same = sum(mates[0][number] == mates[1][number] for number in ours)
    parents = sum(ours[number][1] == theirs[number][1] for number in ours)
    told = f"threadweave {PEER}: {shown(len({thread for thread, _p in theirs.values()}))} threads"
    share = 100 * same / len(ours)
    if name == SUBJECTS:
        yield Figure(f"the same thread, {name}", f"{shown(share)} %", against=told)
    else:
        yield at_least(GOAL, f"the same thread, {name}", share, " %", told)
    yield Figure(f"the same message answered, {name}", f"{shown(100 * parents / len(ours))} %")


def _mates(found: Placed) -> dict[int, frozenset[int]]:
    threads: dict[int, set[int]] = {}
    for number, (thread, _parent) in found.items():
        threads.setdefault(thread, set()).add(number)
    sets = {thread: frozenset(numbers) for thread, numbers in threads.items()}
    return {number: sets[thread] for number, (thread, _parent) in found.items()}
