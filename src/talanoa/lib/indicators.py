"""What can be seen of a seat's work without understanding its words: rules over acts, each at most level 2.

0 is not seen, 1 tried, 2 did; None where it did not arise. Level 3, that others could build on it, is a person's word.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from talanoa.lib.interests import least_share
from talanoa.lib.practice_acts import (
    ASK,
    DOUBT,
    OBJECT,
    PROPOSE,
    READ,
    REPAIR,
    STATE,
    TELL,
    WITHDRAW,
    Act,
    paragraphs_named,
)
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Scenario

DID, TRIED, NOT_SEEN = 2, 1, 0
WORDS, ANSWERED_IN, ASKED = 250, 2, 2
"""Words of a message; days in which a question is answered; groups that are asked before the first suggestion."""
_MESSAGES = (STATE, ASK, TELL, REPAIR, PROPOSE, DOUBT, OBJECT)
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class Seen:
    """A level by rule and the numbers of the acts that show it."""

    level: int | None
    acts: tuple[int, ...] = ()


def _own(acts: tuple[Act, ...], seat: str, *kinds: str) -> list[tuple[int, Act]]:
    return [(number, act) for number, act in enumerate(acts, 1) if act.seat == seat and act.kind in kinds]


def _numbers(rows: Iterable[tuple[int, Act]]) -> tuple[int, ...]:
    return tuple(number for number, _act in rows)


def _by_share(good: list[tuple[int, Act]], of: list[tuple[int, Act]]) -> Seen:
    if not of:
        return Seen(None)
    if not good:
        return Seen(NOT_SEEN, _numbers(of))
    return Seen(DID if len(good) >= _MOSTLY * len(of) else TRIED, _numbers(good))


def _all_or_some(good: list[tuple[int, Act]], of: list[tuple[int, Act]]) -> Seen:
    if not of:
        return Seen(None)
    level = DID if len(good) == len(of) else TRIED if good else NOT_SEEN
    return Seen(level, _numbers(good or of))


def reads_first(_scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R1: charter and draft were opened before the first word."""
    first = next((number for number, _act in _own(acts, seat, *_MESSAGES)), 0)
    if not first:
        return Seen(None)
    read = [(number, act) for number, act in _own(acts, seat, READ) if number < first]
    opened = {act.to for _number, act in read} & {"charter", "draft"}
    return Seen((NOT_SEEN, TRIED, DID)[len(opened)], _numbers(read) or (first,))


def names_paragraphs(_scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R2: messages name the paragraph that they are about; a suggestion names it by its values."""
    rows = _own(acts, seat, *_MESSAGES)
    rows = [row for row in rows if row[1].kind not in {REPAIR, PROPOSE}]
    return _by_share([row for row in rows if row[1].slot or paragraphs_named(row[1].text)], rows)


def objects_with_remedy(_scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R3: an objection has a reason and says what would resolve it."""
    rows = _own(acts, seat, OBJECT)
    found = _all_or_some([row for row in rows if row[1].text.strip() and row[1].remedy.strip()], rows)
    return (
        Seen(TRIED, found.acts)
        if found.level == NOT_SEEN and any(row[1].text.strip() for row in rows)
        else found
    )


def keeps_to_one_issue(_scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R4: a message is about one paragraph and has at most WORDS words. An opening input may be about all."""
    rows = [row for row in _own(acts, seat, *_MESSAGES) if row[1].kind not in {STATE, PROPOSE}]
    return _by_share([row for row in rows if _is_brief(row[1])], rows)


def _is_brief(act: Act) -> bool:
    return len(act.text.split()) <= WORDS and len(paragraphs_named(act.text)) <= 1


def answers_questions(scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R5: a question to the seat is answered within ANSWERED_IN days. One of the last day may go without."""
    last = max((act.day for act in acts), default=0)
    asked = [
        (number, act)
        for number, act in enumerate(acts, 1)
        if act.kind == ASK and act.to == seat and act.seat != seat and act.day < min(last, scenario.days)
    ]
    told = _own(acts, seat, TELL)
    return _all_or_some([row for row in asked if any(_answers(row, one) for one in told)], asked)


def _answers(asked: tuple[int, Act], told: tuple[int, Act]) -> bool:
    return told[0] > asked[0] and told[1].to == asked[1].seat and told[1].day - asked[1].day <= ANSWERED_IN


def asks_first(scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R6: at least ASKED other groups were asked before the first suggestion."""
    first = next((number for number, _act in _own(acts, seat, PROPOSE)), len(acts) + 1)
    others = {other.id for other in scenario.seats} - {seat}
    rows = [row for row in _own(acts, seat, ASK) if row[0] < first and row[1].to in others]
    return Seen(min(len({act.to for _number, act in rows}), ASKED), _numbers(rows))


def bridges(scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R7: a suggestion raised the share of whoever is worst off, measured against the draft of its day."""
    rows = [row for row in _own(acts, seat, PROPOSE) if scenario.is_package(row[1].package)]
    good = [row for row in rows if _raises(scenario, acts, row)]
    return Seen(DID if good else TRIED if rows else NOT_SEEN, _numbers(good or rows))


def _raises(scenario: Scenario, acts: tuple[Act, ...], row: tuple[int, Act]) -> bool:
    number, act = row
    before = least_share(scenario, standing(scenario, acts[: number - 1]).package)
    return act.package is not None and least_share(scenario, act.package) > before


def withdraws_when_met(scenario: Scenario, acts: tuple[Act, ...], seat: str) -> Seen:
    """R8: an own objection is withdrawn once the draft has what would resolve it."""
    met = [row for row in _own(acts, seat, OBJECT) if _is_met(scenario, acts, row)]
    gone = {act.objection for _number, act in _own(acts, seat, WITHDRAW)}
    return _all_or_some([row for row in met if row[0] in gone], met)


def _is_met(scenario: Scenario, acts: tuple[Act, ...], row: tuple[int, Act]) -> bool:
    """Tell whether the paragraph has the value that was asked for, or another than before where none was named."""
    number, act = row
    if act.slot not in {slot.id for slot in scenario.slots}:
        return False
    place = scenario.place(act.slot)
    before = standing(scenario, acts[:number]).package[place]
    now = standing(scenario, acts).package[place]
    if act.package is not None and scenario.is_package(act.package):
        return now == act.package[place]
    return now != before


INDICATORS: dict[str, Callable[[Scenario, tuple[Act, ...], str], Seen]] = {
    "reads-first": reads_first,
    "names-paragraphs": names_paragraphs,
    "objects-with-remedy": objects_with_remedy,
    "one-issue": keeps_to_one_issue,
    "answers": answers_questions,
    "asks-first": asks_first,
    "bridges": bridges,
    "withdraws-when-met": withdraws_when_met,
}
"""Rules by the names that a rubric uses."""
