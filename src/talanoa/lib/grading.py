"""Grade an answer to an item: a pure function, the same for web, mail, command line and import."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import singledispatch
from itertools import combinations

from talanoa.lib.items import (
    Answer,
    Check,
    Choosing,
    Item,
    Number,
    Open,
    Ordering,
    Rubric,
    Short,
    Sorting,
    TextEdit,
)

TOP = 3
BY_ONESELF = 2
"""Nobody gives themselves the highest level."""
_WORD = re.compile(r"[^\W_]+(?:[.:/][^\W_]+)*|[^\s\w]")
_NUMBER = re.compile(r"[-+\u2212]?\d[\d\s\u00a0\u202f.,']*")


class AnswerUnfit(ValueError):
    """An answer names what the item does not have, or is no answer of its kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a grade: the id of an option, a thing or a check, whether it was right, and why."""

    id: str
    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Grade:
    """Points of `most` points, part by part."""

    score: int
    most: int
    parts: tuple[Part, ...]

    @property
    def is_full(self) -> bool:
        """Whether nothing was wrong."""
        return self.score == self.most


@singledispatch
def grade(item: Item, answer: Answer) -> Grade:  # noqa: ARG001 - the kinds of items below use it
    """Return the points for an answer. Raises AnswerUnfit; TypeError for an item that people judge (see `judged`)."""
    raise TypeError(f"{item.kind} is not graded by rule")


@singledispatch
def most(item: Item) -> int:  # noqa: ARG001 - the kinds of items below use it
    """Return how many points an item gives at most; a text or a number gives one, so does a debrief."""
    return 1


@most.register
def _(item: Choosing) -> int:
    return sum(option.is_right for option in item.options)


@most.register
def _(item: Ordering) -> int:
    return len(item.steps) * (len(item.steps) - 1) // 2


@most.register
def _(item: Sorting) -> int:
    return len(item.things)


@most.register
def _(item: TextEdit) -> int:
    return len(item.checks)


@grade.register
def _(item: Choosing, answer: Answer) -> Grade:
    """One point for each right option chosen, less one for each wrong one, never below 0."""
    chosen = _several(answer) if item.kind == "multi" else (_text(answer),)
    _check_known(chosen, {option.id for option in item.options})
    if item.kind == "multi":
        parts = tuple(
            Part(row.id, row.is_right == (row.id in chosen), row.why if row.id in chosen else "")
            for row in item.options
        )
    else:
        parts = tuple(Part(row.id, row.is_right, row.why) for row in item.options if row.id in chosen)
    right = sum(row.is_right for row in item.options if row.id in chosen)
    return Grade(max(0, right - (len(set(chosen)) - right)), most(item), parts)


@grade.register
def _(item: Ordering, answer: Answer) -> Grade:
    """One point for each two steps of which the earlier one stands first."""
    order = _several(answer)
    known = [step.id for step in item.steps]
    if sorted(order) != sorted(known):
        raise AnswerUnfit("name each step once")
    score = sum(order.index(first) < order.index(second) for first, second in combinations(known, 2))
    return Grade(score, most(item), (Part(item.id, score == most(item), item.why),))


@grade.register
def _(item: Sorting, answer: Answer) -> Grade:
    """One point for each thing that is where it belongs; one that was left out gives none."""
    if not isinstance(answer, Mapping):
        raise AnswerUnfit("say for each where it belongs")
    _check_known(answer.keys(), {thing.id for thing in item.things})
    _check_known(answer.values(), {target.id for target in item.targets})
    parts = tuple(
        Part(thing.id, is_right, "" if is_right else thing.why)
        for thing in item.things
        for is_right in [answer.get(thing.id) == thing.target]
    )
    return Grade(sum(part.is_right for part in parts), most(item), parts)


@grade.register
def _(item: Short, answer: Answer) -> Grade:
    is_right = folded(_text(answer)) in {folded(one) for one in item.answers}
    return Grade(int(is_right), 1, (Part(item.id, is_right, "" if is_right else item.why),))


@grade.register
def _(item: Number, answer: Answer) -> Grade:
    found = number(_text(answer))
    is_right = found is not None and abs(found - item.answer) <= item.tolerance
    return Grade(int(is_right), 1, (Part(item.id, is_right, "" if is_right else item.why),))


@grade.register
def _(item: TextEdit, answer: Answer) -> Grade:
    """One point for each check that the text meets; the text as it was given meets none."""
    text = _text(answer)
    untouched = folded(text) in ("", folded(item.start))
    parts = tuple(
        Part(check.id, is_met, "" if is_met else check.why)
        for check in item.checks
        for is_met in [not untouched and meets(check, text)]
    )
    return Grade(sum(part.is_right for part in parts), most(item), parts)


def judged(item: Open, rubric: Rubric, levels: Mapping[str, int], *, by_oneself: bool) -> Grade:
    """Return the points that a judge's levels give, by the ids of the criteria; one's own judgement counts up to 2.

    Raises AnswerUnfit where a criterion has no level, or one that is none.
    """
    if levels.keys() != {row.id for row in rubric.criteria} or not all(
        0 <= level <= TOP for level in levels.values()
    ):
        raise AnswerUnfit(f"{item.id}: give each criterion a level from 0 to {TOP}")
    counted = {key: min(level, BY_ONESELF if by_oneself else TOP) for key, level in levels.items()}
    parts = tuple(
        Part(row.id, counted[row.id] == TOP, row.levels[counted[row.id]]) for row in rubric.criteria
    )
    return Grade(sum(counted.values()), TOP * len(rubric.criteria), parts)


def folded(text: str) -> str:
    """Return a text as two people would call it the same: no case, accents, spaces or signs around it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.split()).strip(" .,;:!?\"'()[]\u2018\u2019\u201c\u201d\u00ab\u00bb")


def number(text: str) -> Decimal | None:
    """Return the first number in a text: `1,000`, `1 000` and `1'000` are a thousand, `2,5` is two and a half."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    said = re.sub(r"[\s\u00a0\u202f']", "", found[0]).replace("\u2212", "-").rstrip(".,")
    whole = re.fullmatch(r"([-+]?[1-9]\d{0,2})((?:[.,]\d{3})+)([.,]\d+)?", said)
    if whole and not (whole[3] is None and whole[2].count(".") == 1 and "," not in whole[2]):
        said = whole[1] + re.sub("[.,]", "", whole[2]) + (whole[3] or "")
    try:
        return Decimal(said.replace(",", "."))
    except InvalidOperation:
        return None


def meets(check: Check, text: str) -> bool:
    """Tell whether a text meets a check."""
    return _MEETS[check.rule](check, text)


def _mentions(check: Check, text: str) -> bool:
    """One of the words, each whole; signs such as `!!` wherever they stand."""
    return any(
        _spaced(word) in _spaced(text) if _WORD.search(folded(word)) else word in text for word in check.words
    )


def _begins(check: Check, text: str) -> bool:
    return any(folded(text).startswith(folded(word)) for word in check.words)


def _has_line(check: Check, text: str) -> bool:
    """A line that begins with the words and goes on."""
    lines = [folded(line) for line in text.splitlines()]
    return any(
        line.startswith(folded(word)) and folded(line.removeprefix(folded(word)))
        for line in lines
        for word in check.words
    )


def _caps(check: Check, text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return 100 * sum(sign.isupper() for sign in letters) <= check.value * len(letters)


def _quoted(check: Check, text: str) -> bool:
    lines = [(line.lstrip().startswith(">"), len(line.lstrip("> \t").split())) for line in text.splitlines()]
    quoted = sum(words for is_quoted, words in lines if is_quoted)
    return 100 * quoted <= check.value * sum(words for _is_quoted, words in lines)


_MEETS: dict[str, Callable[[Check, str], bool]] = {
    "mentions": _mentions,
    "avoids": lambda check, text: not _mentions(check, text),
    "begins": _begins,
    "has_line": _has_line,
    "max_words": lambda check, text: len(text.split()) <= check.value,
    "min_words": lambda check, text: len(text.split()) >= check.value,
    "max_caps": _caps,
    "max_quoted": _quoted,
    "max_questions": lambda check, text: sum(text.count(sign) for sign in "?\u061f\uff1f") <= check.value,
}


def _spaced(text: str) -> str:
    """Return the words of a text, with a space before and after each, so that only whole words are found."""
    return f" {' '.join(_WORD.findall(folded(text)))} "


def _text(answer: Answer) -> str:
    if not isinstance(answer, str):
        raise AnswerUnfit("answer with one text")
    return answer


def _several(answer: Answer) -> tuple[str, ...]:
    if not isinstance(answer, tuple):
        raise AnswerUnfit("name what you choose")
    return answer


def _check_known(given: object, known: set[str]) -> None:
    strange = sorted(set(given) - known)  # type: ignore[call-overload]
    if strange:
        raise AnswerUnfit(f"there is no {', '.join(strange)}")
