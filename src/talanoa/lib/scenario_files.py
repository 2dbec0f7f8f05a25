"""A scenario as it stands in its folder: read whole, or refused with every fault as `file:line: what`.

How it is written stands in content/scenarios/README.md.
"""

import re
from collections import Counter
from math import prod

from talanoa.lib.course_files import LICENSES, WORDS, Files, competencies
from talanoa.lib.fields import Fields
from talanoa.lib.item_files import KEY, KEY_SAID
from talanoa.lib.languages import is_language
from talanoa.lib.pack_texts import Wordings, opened, package_of, prose, wordings
from talanoa.lib.role_files import seats
from talanoa.lib.rubric_files import criteria, golden, guide, sheet
from talanoa.lib.scenarios import Guide, Option, Scenario, Sheet, Slot
from talanoa.lib.script_files import script

SCENARIO, DRAFT, CHARTER, BACKGROUND = (
    "scenario.yaml",
    "world/draft.md",
    "world/charter.md",
    "world/background.md",
)
MOST_DAYS = 10
MOST_PACKAGES = 2_500
"""A check goes through all of them, many times."""
_VERSION = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}")


class ScenarioWrong(ValueError):
    """A scenario cannot be taken; `wrong` tells each fault as `file:line: what`."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = wrong


def read(files: Files) -> Scenario:
    """Return the scenario that the files tell: `course_files.files_in(folder)` reads them from a disk.

    Raises ScenarioWrong with every fault.
    """
    wrong: list[str] = []
    made = _read(files, wrong)
    if made is None or wrong:
        raise ScenarioWrong(sorted(set(wrong), key=_place))
    return made


def _place(told: str) -> tuple[str, int]:
    name, line, _what = told.split(":", 2)
    return name, int(line)


def _read(files: Files, wrong: list[str]) -> Scenario | None:
    fields = opened(files, SCENARIO, wrong)
    if fields is None:
        return None
    codes = frozenset(competencies(files, wrong))
    preface, words = wordings(files, DRAFT, wrong)
    slots = _slots(fields, words, wrong)
    package = package_of(fields, "draft", slots)
    sits = seats(files, slots, wrong)
    trust, rules = script(files, slots, frozenset(seat.id for seat in sits), wrong)
    learner = fields.text("learner", among=tuple(seat.id for seat in sits))
    marks = criteria(files, codes, wrong)
    made = Scenario(
        **_head(files, fields, codes),  # type: ignore[arg-type]
        learner=learner,
        charter=prose(files, CHARTER, wrong),
        background=prose(files, BACKGROUND, wrong),
        preface=preface,
        slots=slots,
        draft=package,
        seats=sits,
        trust=trust,
        rules=rules,
        criteria=marks,
        guide=guide(files, wrong) or Guide((), (), "", ""),
        sheet=sheet(files, wrong) or Sheet("", 0, ""),
        golden=golden(
            files, frozenset(seat.id for seat in sits), frozenset(mark.id for mark in marks), wrong
        ),
        sha256=files.digest(),
    )
    fields.end()
    return made


def _head(files: Files, fields: Fields, codes: frozenset[str]) -> dict[str, object]:
    """Return what scenario.yaml says of the whole."""
    key = fields.pattern("id", KEY, KEY_SAID)
    if key and key != files.name:
        fields.blame("id", "is not the name of the folder")
    language = fields.text("language")
    if language and not is_language(language):
        fields.blame("language", "is no code of a language")
    days = fields.whole("days", least=3, most=MOST_DAYS)
    return {
        "id": key,
        "version": fields.pattern("version", _VERSION, "is three numbers such as 1.0.0"),
        "language": language,
        "title": fields.text("title", most=80),
        "summary": fields.text("summary", most=WORDS),
        "minutes": fields.whole("minutes", least=10, most=600),
        "authors": fields.text("authors"),
        "reviewed": fields.text("reviewed"),
        "license": fields.text("license", among=LICENSES),
        "competencies": fields.texts("competencies", required=True, among=codes or None),
        "days": days,
        "call_day": fields.whole("call_day", least=2, most=max(days - 1, 2)),
        "traps": fields.whole("traps", most=100),
    }


def _slots(fields: Fields, words: Wordings, wrong: list[str]) -> tuple[Slot, ...]:
    rows = fields.rows("slots", least=2, most=7)
    made = tuple(_slot(row, number, words) for number, row in enumerate(rows, 1))
    packages = prod(len(slot.options) for slot in made)
    if packages > MOST_PACKAGES:
        fields.blame("slots", f"make {packages} packages; {MOST_PACKAGES} are the most")
    for key, times in Counter(slot.id for slot in made).items():
        if times > 1:
            fields.blame("slots", f"hold the id {key} twice")
    known = {(slot.id, option.id) for slot in made for option in slot.options}
    wrong += [
        f"{DRAFT}:{line}: ### {option} is no option of {slot} in {SCENARIO}"
        for (slot, option), (line, _said) in words.items()
        if (slot, option) not in known
    ]
    return made


def _slot(row: Fields, number: int, words: Wordings) -> Slot:
    key = row.pattern("id", KEY, KEY_SAID)
    options = tuple(_option(one, key, words) for one in row.rows("options", least=2, most=4))
    if len({option.id for option in options}) < len(options):
        row.blame("options", "hold an id twice")
    made = Slot(key, row.text("title", most=80), number, options)
    row.end()
    return made


def _option(row: Fields, slot: str, words: Wordings) -> Option:
    key = row.pattern("id", KEY, KEY_SAID)
    _line, wording = words.get((slot, key), (0, ""))
    if not wording:
        row.blame("id", f"has no words in {DRAFT}: write them under ## {slot} and ### {key}")
    made = Option(key, row.text("text", most=80), wording)
    row.end()
    return made
