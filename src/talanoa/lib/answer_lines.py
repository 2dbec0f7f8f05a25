"""Answers as they come by mail: `1a 2bd`, `3 a2 b1`, `4: in my own words`; and the letters that stand for choices.

Read with patience: any case, `Q1.`, `1)` or `1:`, spaces and commas between letters; what is quoted is left out. Within
an answer in words, only `2:`, `Q2`, letters right after the number, or a whole line such as `2 a2 b1` begin the next
one, so that a list stays a list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from talanoa.lib.items import Answer, Choosing, Item, Named, Ordering, Room, Sorting, shuffled

_BEGINS = re.compile(r"\s*(?:q(?:uestion)?\.?\s*)?(\d{1,2})\s*[.):]?(?=[\sa-z]|$)\s*", re.IGNORECASE)
_BEGINS_ANEW = re.compile(
    r"\s*(?:q(?:uestion)?\.?\s*(\d{1,2})\s*[.):]?"
    r"|(\d{1,2})(?:\s*:|(?=[a-z]{1,8}(?:\s|$))|[.)]?(?=(?:[\s,;]+[a-z]\d{1,2})+\s*$)))\s*",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:^|(?<=[\s,;]))(?:q\.?\s*)?(\d{1,2})\s*[.):]?\s*(?=[a-z])", re.IGNORECASE)
_PLACED = re.compile(r"([a-z])\s*[-=:>.)]*\s*(\d{1,2})", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.&+)(>-]|\band\b")


@dataclass(frozen=True, slots=True)
class Read:
    """What a mail answers: answers by the ids of the items, and the numbers of items whose answer nobody can read."""

    answers: dict[str, Answer]
    unread: tuple[int, ...]


def lettered(item: Item) -> dict[str, Named]:
    """Return what can be chosen, ordered or placed, by the letter that stands before it."""
    rows: Sequence[Named] = ()
    if isinstance(item, Choosing):
        rows = item.options
    elif isinstance(item, Ordering):
        rows = shuffled(item, item.steps)
    elif isinstance(item, Sorting):
        rows = item.things
    return dict(zip(ascii_lowercase, rows, strict=False))


def numbered_targets(item: Sorting) -> dict[int, Named]:
    """Return where things can belong, by the number that stands before it."""
    return dict(enumerate(shuffled(item, item.targets), start=1))


def read(text: str, items: Sequence[Item]) -> Read:
    """Return the answers in a mail to `items`, which are numbered from 1; the last answer to an item counts."""
    known = dict(enumerate(items, start=1))
    answers: dict[str, Answer] = {}
    unread: dict[int, None] = {}
    for number, said in _parts(text, known):
        answer = _answer(known[number], said)
        unread.pop(number, None)
        if answer is None:
            unread[number] = None
            answers.pop(known[number].id, None)
        else:
            answers[known[number].id] = answer
    return Read(answers, tuple(unread))


def _parts(text: str, known: dict[int, Item]) -> Iterator[tuple[int, str]]:
    """Yield the number of an item and what is said to it; an answer in words goes on until the next number."""
    worded: int | None = None
    said: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith(">"):
            continue
        begins = (_BEGINS if worded is None else _BEGINS_ANEW).match(line)
        number = int(next(filter(None, begins.groups()), 0)) if begins else 0
        if begins is None or number not in known:
            if worded is not None:
                said.append(line)
            continue
        if worded is not None:
            yield worded, "\n".join(said).strip()
        worded, said = None, []
        if _is_worded(known[number]):
            worded, said = number, [line[begins.end() :]]
        else:
            yield from _coded(line, known) if _NEXT.search(line) else [(number, "")]
    if worded is not None:
        yield worded, "\n".join(said).strip()


def _coded(line: str, known: dict[int, Item]) -> Iterator[tuple[int, str]]:
    """Yield the answers by letter on one line, such as `1a 2bd`; after a number for words, all of the rest."""
    starts = [found for found in _NEXT.finditer(line) if int(found[1]) in known]
    for found, after in zip(starts, [*starts[1:], None], strict=False):
        number = int(found[1])
        if _is_worded(known[number]):
            yield number, line[found.end() :].strip()
            return
        yield number, line[found.end() : after.start() if after else len(line)]


def _is_worded(item: Item) -> bool:
    return not isinstance(item, Choosing | Ordering | Sorting)


def _answer(item: Item, said: str) -> Answer | None:
    """Return what is answered; None where nobody can read it, and for a room, which is played."""
    if isinstance(item, Room) or not said.strip():
        return None
    if isinstance(item, Sorting):
        return _placed(item, said)
    return _chosen(item, said) if lettered(item) else said


def _placed(item: Sorting, said: str) -> Answer | None:
    rows, targets = lettered(item), numbered_targets(item)
    placed = {letter.lower(): int(number) for letter, number in _PLACED.findall(said)}
    if not placed or not placed.keys() <= rows.keys() or not set(placed.values()) <= targets.keys():
        return None
    return {rows[letter].id: targets[number].id for letter, number in placed.items()}


def _chosen(item: Item, said: str) -> Answer | None:
    rows = lettered(item)
    letters = _BETWEEN.sub("", said.lower())
    if not letters or not set(letters) <= rows.keys() or len(set(letters)) < len(letters):
        return None
    chosen = tuple(rows[letter].id for letter in letters)
    if item.kind == "choice":
        return chosen[0] if len(chosen) == 1 else None
    return chosen if item.kind == "multi" or len(chosen) == len(rows) else None
