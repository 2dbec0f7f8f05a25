"""A scenario for practice rooms: its world, seats, negotiable values, script, rubric and debrief. Pure data.

lib.scenario_files reads it, lib.interests says who can live with what, lib.counterparts plays the empty seats.
How a pack is written stands in content/scenarios/README.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from talanoa.lib.practice_acts import Package


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a slot can have: `text` names it in a few words, `wording` is the paragraph of the draft."""

    id: str
    text: str
    wording: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What is negotiated: the paragraph with the number `paragraph`, from 1, and the values it can have."""

    id: str
    title: str
    paragraph: int
    options: tuple[Option, ...]

    def option(self, key: str) -> Option:
        """Return the option with an id. Raises KeyError where there is none."""
        for option in self.options:
            if option.id == key:
                return option
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Interest:
    """What a slot is worth to a seat: `weight` from 0, `worth` 0 to 3 for each option in order.

    `why` is the reason in the seat's own words: confidential until the seat says it; `after_repair` tells that it is
    said only to who has thanked or apologized before.
    """

    slot: str
    weight: int
    worth: tuple[int, ...]
    why: str
    after_repair: bool


@dataclass(frozen=True, slots=True)
class RedLine:
    """An option that a seat never accepts; `why` in its own words, confidential as an interest is."""

    slot: str
    option: str
    why: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the table. `group` is a stakeholder group; `wish` the package that its opening input asks for.

    `brief_public` is for everybody; `brief_confidential`, `interests`, `red_lines` and `floor` are for who holds the
    seat, and for all in the debrief. `floor` is the least share, in percent, that it accepts. `acts_a_day` is how
    often a script speaks for it in one day, positions in a call aside. `is_silent` tells that it holds on to its wish
    where it hurts most until somebody speaks to it.
    """

    id: str
    name: str
    group: str
    wish: Package
    opening: str
    brief_public: str
    brief_confidential: str
    interests: tuple[Interest, ...]
    red_lines: tuple[RedLine, ...]
    floor: int
    trust_needed: int
    acts_a_day: int
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition of a rule: `name` of lib.script_rules.PREDICATES, a number where it takes one, or its opposite."""

    name: str
    value: int
    is_negated: bool


@dataclass(frozen=True, slots=True)
class When:
    """What a rule waits for: an act of a kind, to `me`, to `other` or to `any`, about a slot or any (""); or a day.

    `act` is `day` for what happens on its own, `position` for words in an open call, `chair` for the chair's steps.
    """

    act: str
    to: str
    slot: str
    conditions: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a scripted seat does: `when` it waits for, `after` so many days, `do` an act with one of `texts`.

    `seat` is empty where the rule is everybody's. The higher `priority` goes first. `times` is how often it fires in
    a room for one seat, 0 for any number. `discloses` says that the text holds the seat's interest in the slot.
    `remedy` is what an objection asks for. `why` explains a firing in the debrief.
    """

    id: str
    seat: str
    priority: int
    when: When
    after: int
    do: str
    to: str
    slot: str
    package: Package | None
    texts: tuple[str, ...]
    remedy: str
    times: int
    discloses: bool
    why: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the debrief looks at: `indicator` of lib.indicators.INDICATORS, `levels` the four sentences."""

    id: str
    competency: str
    indicator: str
    text: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The debrief as its author wants it: questions, the order in which things are revealed, and the task after."""

    questions: tuple[str, ...]
    reveal: tuple[str, ...]
    transfer: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page for whoever leads a session, in Markdown; `minutes` is how long it takes."""

    title: str
    minutes: int
    text: str


@dataclass(frozen=True, slots=True)
class Golden:
    """A run that must come out as it says: the bot, its seat and seed; how many seats can live with the outcome."""

    id: str
    bot: str
    seat: str
    seed: str
    seats: int
    is_agreed: bool
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A whole pack; two are the same where `sha256`, that of all files, is. `draft` is what the first draft stands for.

    `call_day` is the day in whose morning the consensus call is open at the latest. `traps` is what share of all
    packages, in percent, most seats accept and not all, as the author states it.
    """

    id: str
    version: str
    language: str
    title: str
    summary: str
    minutes: int
    authors: str
    reviewed: str
    license: str
    competencies: tuple[str, ...]
    days: int
    call_day: int
    learner: str
    traps: int
    charter: str
    background: str
    preface: str
    slots: tuple[Slot, ...]
    draft: Package
    seats: tuple[Seat, ...]
    trust: Mapping[str, int]
    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...]
    guide: Guide
    sheet: Sheet
    golden: tuple[Golden, ...]
    sha256: str

    def seat(self, key: str) -> Seat:
        """Return the seat with an id. Raises KeyError where there is none."""
        for seat in self.seats:
            if seat.id == key:
                return seat
        raise KeyError(key)

    def slot(self, key: str) -> Slot:
        """Return the slot with an id. Raises KeyError where there is none."""
        return self.slots[self.place(key)]

    def place(self, key: str) -> int:
        """Return where a slot stands in a package, from 0. Raises KeyError where there is none."""
        for place, slot in enumerate(self.slots):
            if slot.id == key:
                return place
        raise KeyError(key)

    def is_package(self, package: Package | None) -> bool:
        """Tell whether a package names one option of each slot."""
        return (
            package is not None
            and len(package) == len(self.slots)
            and all(
                key in {option.id for option in slot.options}
                for key, slot in zip(package, self.slots, strict=True)
            )
        )

    def wording(self, package: Package) -> tuple[str, ...]:
        """Return the paragraphs of the draft that stand for a package, in order."""
        return tuple(slot.option(key).wording for key, slot in zip(package, self.slots, strict=True))
