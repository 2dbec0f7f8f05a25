"""The seats of a scenario: a brief of each in roles/, an opening input in world/inputs/, a table in interests.yaml."""

import re
from collections import Counter

from talanoa.lib.course_files import Files
from talanoa.lib.fields import Fields
from talanoa.lib.item_files import KEY, KEY_SAID
from talanoa.lib.pack_texts import headed, meant, opened_rows, package_of, prose
from talanoa.lib.practice_acts import CHAIR
from talanoa.lib.scenarios import Interest, RedLine, Seat, Slot

INTERESTS = "interests.yaml"
GROUPS = (
    "government", "private-sector", "civil-society", "technical-community", "academia", "intergovernmental", "other",
)  # fmt: skip
FEWEST, MOST = 3, 10
SAID = 400
_CONFIDENTIAL = "::: confidential"
_WORTH = re.compile(r"[0-3](?: [0-3])*")
_WORTH_SAID = "is one number from 0 to 3 for each option, with blanks between, such as 3 2 0"


def seats(files: Files, slots: tuple[Slot, ...], wrong: list[str]) -> tuple[Seat, ...]:
    """Return the seats in the order of the table."""
    rows = opened_rows(files, INTERESTS, wrong)
    made = tuple(_seat(row, files, slots, wrong) for row in rows)
    if rows and not FEWEST <= len(made) <= MOST:
        rows[0].blame("seat", f"is one of {len(made)}; a scenario has {FEWEST} to {MOST} seats")
    for row, seat in zip(rows, made, strict=True):
        if sum(other.id == seat.id for other in made) > 1:
            row.blame("seat", "stands there twice")
    named = {seat.id for seat in made}
    wrong += [
        f"{path}:1: {key} is no seat in {INTERESTS}{meant(key, sorted(named))}"
        for folder in ("roles", "world/inputs")
        for path, key in files.under(folder, ".md")
        if named and key not in named
    ]
    return made


def _seat(row: Fields, files: Files, slots: tuple[Slot, ...], wrong: list[str]) -> Seat:
    key = row.pattern("seat", KEY, KEY_SAID)
    if key == CHAIR:
        row.blame("seat", f"is none of yours: {CHAIR} is the seat of the script that leads")
    lines = tuple(_line(one, slots) for one in row.rows("red", most=5))
    interests = tuple(_interest(one, slots) for one in row.rows("interests", least=1, most=10))
    _check_all_slots(row, interests, slots)
    _check_lines(row, lines, slots)
    name, group, public, confidential = _brief(files, f"roles/{key}.md", wrong)
    made = Seat(
        id=key,
        name=name,
        group=group,
        wish=package_of(row, "wish", slots),
        opening=prose(files, f"world/inputs/{key}.md", wrong),
        brief_public=public,
        brief_confidential=confidential,
        interests=interests,
        red_lines=lines,
        floor=row.whole("floor", most=100),
        trust_needed=row.whole("trust_needed", most=5),
        acts_a_day=row.whole("acts_a_day", least=1, most=10),
        is_silent=row.flag("silent"),
    )
    row.end()
    return made


def _interest(row: Fields, slots: tuple[Slot, ...]) -> Interest:
    key = row.text("slot", among=tuple(slot.id for slot in slots))
    said = row.pattern("worth", _WORTH, _WORTH_SAID)
    worth = tuple(int(one) for one in said.split()) if _WORTH.fullmatch(said) else ()
    options = next((slot.options for slot in slots if slot.id == key), ())
    if worth and options and len(worth) != len(options):
        row.blame("worth", f"has {len(worth)} numbers; {key} has {len(options)} options")
    made = Interest(
        slot=key,
        weight=row.whole("weight", most=5),
        worth=worth,
        why=row.text("why", most=SAID),
        after_repair=row.flag("after_repair"),
    )
    row.end()
    return made


def _line(row: Fields, slots: tuple[Slot, ...]) -> RedLine:
    key = row.text("slot", among=tuple(slot.id for slot in slots))
    options = next((slot.options for slot in slots if slot.id == key), ())
    option = row.text("option", among=tuple(one.id for one in options))
    made = RedLine(key, option, row.text("why", most=SAID))
    row.end()
    return made


def _check_all_slots(row: Fields, interests: tuple[Interest, ...], slots: tuple[Slot, ...]) -> None:
    named = Counter(one.slot for one in interests)
    for slot in slots:
        if named[slot.id] != 1:
            row.blame("interests", f"name {slot.id} {named[slot.id]} times; each slot stands there once")
    if interests and not any(one.weight for one in interests):
        row.blame("interests", "weigh nothing: one at least has a weight above 0")


def _check_lines(row: Fields, lines: tuple[RedLine, ...], slots: tuple[Slot, ...]) -> None:
    drawn = {(line.slot, line.option) for line in lines}
    for slot in slots:
        if all((slot.id, option.id) in drawn for option in slot.options):
            row.blame("red", f"leaves no option of {slot.id}")


def _brief(files: Files, path: str, wrong: list[str]) -> tuple[str, str, str, str]:
    """Return name, group, public and confidential brief of a role."""
    found = headed(files, path, wrong)
    if found is None:
        return "", "", "", ""
    fields, text, before = found
    public, marked, rest = text.partition(f"\n{_CONFIDENTIAL}\n")
    confidential, closed, behind = rest.partition("\n:::")
    if not (marked and closed and confidential.strip()) or behind.strip():
        wrong.append(f"{path}:{before + 1}: ends with a block {_CONFIDENTIAL} that a line of ::: closes")
    if not public.strip():
        wrong.append(f"{path}:{before + 1}: has no public brief before {_CONFIDENTIAL}")
    told = fields.text("name", most=60), fields.text("group", among=GROUPS)
    fields.end()
    return *told, public.strip(), confidential.strip()
