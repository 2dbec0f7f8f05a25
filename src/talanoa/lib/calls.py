"""A call for applications as data: one YAML file, read whole, or refused with every fault as `file:line: what`.

How it is written stands in content/calls/README.md. The same file serves grants, fellowships and travel support.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import yaml

from talanoa.lib.fields import Fields, fault, parsed
from talanoa.lib.identifiers import ror
from talanoa.lib.item_files import KEY, KEY_SAID
from talanoa.lib.languages import is_language
from talanoa.lib.scores import HIGHEST, Weighed

KINDS = ("research", "fellowship", "travel")
OPEN, SINGLE, DOUBLE = "open", "single", "double"
BLINDNESS = (OPEN, SINGLE, DOUBLE)
"""Open: all know who reviews whom. Single: reviewers are not named. Double: nor applicants, until reviews are in."""
SIZE_LIMIT = 40_000
TEXT, ANCHOR = 2000, 300
LARGEST = 100_000_000
KEPT = 32
"""So many calls are kept as they were read: each page about an application asks its call many times."""
LEAST_COMMENT, LEAST_HOLD = 14, 14
"""Days that a call is held for comment before it opens, and an award before it is made, at least."""
MOST_YEARS = 10
_CURRENCY = re.compile(r"[A-Z]{3}")


class CallWrong(ValueError):
    """A call cannot be taken; `wrong` tells each fault as `file:line: what`."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a key and words: a condition to apply, a question of the form, a line of the budget."""

    id: str
    text: str
    most: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """What reviews mark, what it weighs, and what each mark from 0 to 5 means."""

    id: str
    title: str
    weight: int
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of reviews: how blind, how many for each application, which criteria."""

    id: str
    blind: str
    reviews: int
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Funder:
    """Who pays how much, in whole units of the currency; `ror` is a ROR ID or empty."""

    name: str
    amount: int
    ror: str = ""


@dataclass(frozen=True, slots=True)
class CallText:
    """A call. Days are whole days of UTC; amounts whole units of `currency`. A rolling call has no `closes`."""

    id: str
    kind: str
    title: str
    question: str
    language: str
    comment_days: int
    opens: date
    closes: date | None
    hold_days: int
    conflict_years: int
    currency: str
    most: int
    funders: tuple[Funder, ...]
    eligibility: tuple[Named, ...]
    questions: tuple[Named, ...]
    budget_lines: tuple[Named, ...]
    criteria: tuple[Criterion, ...]
    rounds: tuple[Round, ...]
    sha256: str

    @property
    def total(self) -> int:
        """What all funders give together."""
        return sum(funder.amount for funder in self.funders)

    def weighed(self, number: int) -> tuple[Weighed, ...]:
        """Return the criteria of the round with this number, from 1, with their weights."""
        asked = self.rounds[number - 1].criteria
        return tuple(Weighed(one.id, one.weight) for one in self.criteria if one.id in asked)


@lru_cache(maxsize=KEPT)
def read(name: str, text: str) -> CallText:
    """Return the call that the text of the file `name` tells. Raises CallWrong with every fault."""
    wrong: list[str] = []
    if len(text.encode()) > SIZE_LIMIT:
        raise CallWrong([f"{name}:1: a call has at most {SIZE_LIMIT} bytes"])
    try:
        fields = parsed(name, text, wrong)
    except (yaml.YAMLError, ValueError) as broken:
        raise CallWrong([fault(name, broken)]) from broken
    made = _call(fields, hashlib.sha256(text.encode()).hexdigest())
    fields.end()
    if made is None or wrong:
        raise CallWrong(sorted(set(wrong), key=lambda told: int(told.split(":", 2)[1])))
    return made


def _call(fields: Fields, sha256: str) -> CallText | None:
    opens, closes = fields.day("opens", required=True), _closes(fields)
    criteria = tuple(map(_criterion, fields.rows("criteria", least=2, most=10)))
    made = CallText(
        id=fields.pattern("id", KEY, KEY_SAID),
        kind=fields.text("kind", among=KINDS),
        title=fields.text("title"),
        question=fields.text("question", most=TEXT, lines=True),
        language=fields.text("language"),
        comment_days=fields.whole("comment_days", least=LEAST_COMMENT, most=90),
        opens=opens or date.min,
        closes=closes,
        hold_days=fields.whole("hold_days", least=LEAST_HOLD, most=90),
        conflict_years=fields.whole("conflict_years", least=1, most=MOST_YEARS),
        currency=fields.pattern("currency", _CURRENCY, "is the code of a currency, such as EUR"),
        most=fields.whole("most", least=1, most=LARGEST),
        funders=tuple(map(_funder, fields.rows("funders", least=1, most=20))),
        eligibility=_named(fields, "eligibility", least=1),
        questions=_named(fields, "questions", least=1),
        budget_lines=_named(fields, "budget_lines", least=0),
        criteria=criteria,
        rounds=tuple(_round(row, criteria) for row in fields.rows("rounds", least=1, most=3)),
        sha256=sha256,
    )
    _check(fields, made)
    return made if opens else None


def _closes(fields: Fields) -> date | None:
    """Return the last day; a rolling call says `rolling: true` instead."""
    closes, is_rolling = fields.day("closes"), fields.flag("rolling")
    if is_rolling == (closes is not None):
        fields.blame("closes", "is a day, unless the call says `rolling: true`; one of both, not both")
    return closes


def _check(fields: Fields, made: CallText) -> None:
    if made.language and not is_language(made.language):
        fields.blame("language", "is no code of a language, such as en or pt-BR")
    if made.closes and made.closes <= made.opens:
        fields.blame("closes", "lies before opens, or on the same day")
    if made.funders and made.most > made.total:
        fields.blame("most", f"is more than the funders give together, {made.total}")
    for name, rows in (("criteria", made.criteria), ("rounds", made.rounds)):
        _check_once(fields, name, [row.id for row in rows])
    for line in made.budget_lines:
        if line.most > made.most:
            fields.blame("budget_lines", f"let {line.id} have more than the most of one award, {made.most}")
    unused = {one.id for one in made.criteria} - {key for each in made.rounds for key in each.criteria}
    for key in sorted(unused) if made.rounds else ():
        fields.blame("criteria", f"hold {key}, which no round asks for")


def _check_once(fields: Fields, name: str, ids: Sequence[str]) -> None:
    for key in sorted({key for key in ids if key and ids.count(key) > 1}):
        fields.blame(name, f"hold the id {key} twice")


def _named(fields: Fields, name: str, *, least: int) -> tuple[Named, ...]:
    made = []
    for row in fields.rows(name, least=least, most=20):
        most = row.whole("most", most=LARGEST) if row.has("most") else 0
        made.append(Named(row.pattern("id", KEY, KEY_SAID), row.text("text", most=ANCHOR), most))
        row.end()
    _check_once(fields, name, [one.id for one in made])
    return tuple(made)


def _funder(row: Fields) -> Funder:
    given = row.text("ror", required=False)
    if given and not ror(given):
        row.blame("ror", "is no ROR ID: its checksum is wrong, or it is something else")
    made = Funder(row.text("name"), row.whole("amount", least=1, most=LARGEST), ror(given))
    row.end()
    return made


def _criterion(row: Fields) -> Criterion:
    anchors = row.texts("anchors", required=True, longest=ANCHOR)
    if len(anchors) != HIGHEST + 1:
        row.blame("anchors", f"are {HIGHEST + 1} sentences: what each mark from 0 to {HIGHEST} means")
    weight = row.whole("weight", least=1, most=100)
    made = Criterion(row.pattern("id", KEY, KEY_SAID), row.text("title"), weight, anchors)
    row.end()
    return made


def _round(row: Fields, criteria: Iterable[Criterion]) -> Round:
    made = Round(
        id=row.pattern("id", KEY, KEY_SAID),
        blind=row.text("blind", among=BLINDNESS),
        reviews=row.whole("reviews", least=2, most=6),
        criteria=row.texts("criteria", required=True, among=frozenset(one.id for one in criteria)),
    )
    row.end()
    return made
