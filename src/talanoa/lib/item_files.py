"""Read the items of a lesson and the rubrics of a course from their YAML, and note every fault at its line.

How they are written stands in content/courses/README.md.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from talanoa.lib.fields import Fields
from talanoa.lib.grading import meets
from talanoa.lib.items import (
    GRADERS,
    RULES,
    TYPES,
    WORDED,
    Check,
    Choosing,
    Criterion,
    Item,
    Named,
    Number,
    Open,
    Option,
    Ordering,
    Room,
    Rubric,
    Short,
    Sorting,
    TextEdit,
    Thing,
)

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
KEY_SAID = "has up to 40 characters of a-z, 0-9 and -"
PROMPT, TEXT, WHY, START = 600, 300, 400, 2000
LEVELS = 4
_ALL = re.compile(r"(?i)\b(?:all|none|both) of (?:the )?(?:above|these|them)\b")
Taken = tuple[str, str, str, str, str, bool]


def item(fields: Fields, objectives: frozenset[str]) -> Item | None:
    """Return the item that a block tells; None where its type is none. `objectives` are those of its lesson."""
    kind = fields.text("type", among=TYPES)
    taken = (
        fields.pattern("id", KEY, KEY_SAID),
        kind,
        _objective(fields, objectives),
        fields.text("prompt", most=PROMPT, lines=True),
        fields.text("hint", most=TEXT, required=False),
        fields.flag("case"),
    )
    make = _MAKE.get(kind)
    if make is None:
        return None
    made = make(fields, taken)
    fields.end()
    return made


def rubric(fields: Fields) -> Rubric:
    """Return the rubric that a file tells."""
    made = Rubric(
        id=fields.pattern("id", KEY, KEY_SAID),
        title=fields.text("title"),
        criteria=tuple(_criterion(row) for row in fields.rows("criteria", least=2, most=6)),
    )
    _check_once(fields, "criteria", made.criteria)
    fields.end()
    return made


def _criterion(row: Fields) -> Criterion:
    levels = row.texts("levels", required=True, most=LEVELS)
    if len(levels) != LEVELS:
        row.blame("levels", "are four sentences, from not seen to built on")
    made = Criterion(id=_key(row), text=row.text("text", most=TEXT), levels=levels)
    row.end()
    return made


def _objective(fields: Fields, objectives: frozenset[str]) -> str:
    found = fields.text("objective")
    if found and found not in objectives:
        fields.blame("objective", f"is none of this lesson: {', '.join(sorted(objectives)) or 'it has none'}")
    return found


def _key(row: Fields) -> str:
    return row.pattern("id", KEY, KEY_SAID)


def _check_once(fields: Fields, name: str, rows: Iterable[Named]) -> None:
    ids = [row.id for row in rows]
    for key in sorted({key for key in ids if key and ids.count(key) > 1}):
        fields.blame(name, f"hold the id {key} twice")


def _choosing(fields: Fields, taken: Taken) -> Item:
    kind = taken[1]
    rows = fields.rows("options", least=3 if kind == "multi" else 2, most=8 if kind == "multi" else 6)
    made = Choosing(*taken, options=tuple(map(_option, rows)))
    _check_once(fields, "options", made.options)
    right = sum(option.is_right for option in made.options)
    if kind == "choice" and right != 1:
        fields.blame("options", f"have one that is `correct: true`, not {right}")
    if kind == "multi" and not right:
        fields.blame("options", "have at least one that is `correct: true`")
    return made


def _option(row: Fields) -> Option:
    is_right = row.flag("correct")
    made = Option(
        id=_key(row),
        text=row.text("text", most=TEXT),
        is_right=is_right,
        why=row.text("why", most=WHY, required=False),
    )
    if not is_right and not made.why:
        row.blame("why", "is missing: a wrong option says why it is wrong")
    if _ALL.search(made.text):
        row.blame("text", "names other options: each stands for itself")
    row.end()
    return made


def _named(row: Fields) -> Named:
    made = Named(id=_key(row), text=row.text("text", most=TEXT))
    row.end()
    return made


def _ordering(fields: Fields, taken: Taken) -> Item:
    steps = tuple(map(_named, fields.rows("steps", least=3, most=7)))
    _check_once(fields, "steps", steps)
    return Ordering(*taken, steps=steps, why=fields.text("why", most=WHY))


def _matching(fields: Fields, taken: Taken) -> Item:
    """Read pairs; what several belong to is one target."""
    targets: dict[str, Named] = {}
    things = []
    for row in fields.rows("pairs", least=3, most=6):
        to = row.text("with", most=TEXT)
        target = targets.setdefault(to, Named(f"t{len(targets) + 1}", to))
        things.append(
            Thing(_key(row), row.text("text", most=TEXT), target=target.id, why=row.text("why", most=WHY))
        )
        row.end()
    _check_once(fields, "pairs", things)
    if len(targets) == 1:
        fields.blame("pairs", "belong to more than one text")
    return Sorting(*taken, targets=tuple(targets.values()), things=tuple(things))


def _classifying(fields: Fields, taken: Taken) -> Item:
    classes = tuple(map(_named, fields.rows("classes", least=2, most=5)))
    known = tuple(row.id for row in classes)
    things = tuple(_thing(row, known) for row in fields.rows("things", least=3, most=10))
    _check_once(fields, "classes", classes)
    _check_once(fields, "things", things)
    return Sorting(*taken, targets=classes, things=things)


def _thing(row: Fields, classes: tuple[str, ...]) -> Thing:
    made = Thing(
        _key(row),
        row.text("text", most=TEXT),
        target=row.text("class", among=classes),
        why=row.text("why", most=WHY),
    )
    row.end()
    return made


def _short(fields: Fields, taken: Taken) -> Item:
    return Short(*taken, answers=fields.texts("answers", required=True), why=fields.text("why", most=WHY))


def _number(fields: Fields, taken: Taken) -> Item:
    return Number(
        *taken,
        answer=fields.number("answer", least=-(10**9), most=10**9) or Decimal(0),
        tolerance=fields.number("tolerance", most=10**9, required=False) or Decimal(0),
        unit=fields.text("unit", most=40, required=False),
        why=fields.text("why", most=WHY),
    )


def _textedit(fields: Fields, taken: Taken) -> Item:
    start = fields.text("start", most=START, lines=True)
    checks = tuple(map(check, fields.rows("checks", least=1, most=8)))
    _check_once(fields, "checks", checks)  # type: ignore[arg-type]
    if start and checks and all(meets(one, start) for one in checks if one.rule in RULES):
        fields.blame("checks", "are all met by the text that is to be mended")
    return TextEdit(*taken, start=start, checks=checks)


def check(row: Fields) -> Check:
    """Return the check of a `textedit` that a row tells."""
    rule = row.text("rule", among=RULES)
    made = Check(
        id=_key(row),
        rule=rule,
        words=row.texts("any", required=True) if rule in WORDED else (),
        value=0 if rule in WORDED else row.whole("value"),
        why=row.text("why", most=WHY),
    )
    row.end()
    return made


def _open(fields: Fields, taken: Taken) -> Item:
    graders = fields.texts("graders", required=True, among=frozenset(GRADERS))
    return Open(*taken, rubric=fields.pattern("rubric", KEY, KEY_SAID), graders=graders)


def _room(fields: Fields, taken: Taken) -> Item:
    return Room(*taken, scenario=fields.pattern("scenario", KEY, KEY_SAID))


_MAKE: dict[str, Callable[[Fields, Taken], Item]] = {
    "choice": _choosing,
    "multi": _choosing,
    "order": _ordering,
    "match": _matching,
    "classify": _classifying,
    "short": _short,
    "number": _number,
    "textedit": _textedit,
    "open": _open,
    "room": _room,
}
