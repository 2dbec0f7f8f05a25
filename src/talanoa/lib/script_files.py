"""The script of a scenario: what moves trust, the rules of everybody and the chair, and in script/ those of a seat."""

import re
from collections import Counter
from collections.abc import Mapping

from talanoa.lib.course_files import Files
from talanoa.lib.fields import Fields
from talanoa.lib.item_files import KEY, KEY_SAID
from talanoa.lib.pack_texts import meant, opened, opened_rows, package_of
from talanoa.lib.practice_acts import (
    AGREE,
    ASK,
    CALL,
    CHAIR,
    CLOSE,
    CONCERN,
    DESIGNATE,
    DOUBT,
    END,
    OBJECT,
    POSITIONS,
    PROPOSE,
    REPAIR,
    REVISE,
    TELL,
    WITHDRAW,
)
from talanoa.lib.room_state import TRUST
from talanoa.lib.scenarios import Predicate, Rule, Slot, When
from talanoa.lib.script_rules import CHAIRED, DAY, EVENTS, NUMBERED, PATIENCE, POSITION, PREDICATES
from talanoa.lib.script_texts import PLACE, PLACES
from talanoa.lib.stances import HURT, UNHEARD

SCRIPT = "script.yaml"
FEWEST_TEXTS = 3
"""Who plays twice should not read the same words twice; the chair's steps may have one."""
IN_CALL = (OBJECT, WITHDRAW, *(kind for kind in POSITIONS if kind != "abstain"))
MOST_TEXTS, LONGEST = 12, 400
STEPS = (REVISE, CALL, CLOSE, DESIGNATE, END)
_REPLIES = (TELL, ASK, REPAIR, PROPOSE, AGREE, DOUBT)
_TO = ("any", "me", "other")
_CONDITION = re.compile(r"(?P<is_not>not )?(?P<name>[a-z]+)(?: (?P<value>\d{1,3}))?")
_ABOUT_SLOT = frozenset({"paragraph", "slot", "why", "wish"})


def script(
    files: Files, slots: tuple[Slot, ...], seats: frozenset[str], wrong: list[str]
) -> tuple[Mapping[str, int], tuple[Rule, ...]]:
    """Return what moves trust, and all rules."""
    fields = opened(files, SCRIPT, wrong)
    if fields is None:
        return {}, ()
    trust = _trust(fields)
    rows = [(row, "") for row in fields.rows("rules", least=1, most=200)]
    for path, key in files.under("script", ".yaml"):
        if seats and key not in seats:
            wrong.append(f"{path}:1: {key} is no seat{meant(key, sorted(seats))}")
        rows += [(row, key) for row in opened_rows(files, path, wrong)]
    rules = tuple(_rule(row, seat, slots, seats) for row, seat in rows)
    fields.end()
    times = Counter(rule.id for rule in rules)
    for (row, _seat), rule in zip(rows, rules, strict=True):
        if rule.id and times[rule.id] > 1:
            row.blame("id", f"{rule.id} stands there twice")
    _check_words(fields, rules)
    return trust, rules


def _trust(fields: Fields) -> Mapping[str, int]:
    part = fields.part("trust")
    if part is None:
        return {}
    made = {}
    for name in TRUST:
        found = part.number(name, least=-5, most=5, required=False)
        made[name] = int(found or 0)
    part.end()
    return made


def _rule(row: Fields, of: str, slots: tuple[Slot, ...], seats: frozenset[str]) -> Rule:
    named = of or row.text("seat", required=False, among=(CHAIR,))
    when = _when(row, slots)
    do = row.text("do", among=_allowed(when.act))
    ids = tuple(slot.id for slot in slots)
    made = Rule(
        id=row.pattern("id", KEY, KEY_SAID),
        seat=named,
        priority=row.whole("priority", most=100) if when.act != CHAIRED else 0,
        when=when,
        after=row.whole("after", most=PATIENCE) if row.has("after") else 0,
        do=do,
        to=row.text("to", required=False, among=("asker", "person", *sorted(seats))),
        slot=row.text("slot", required=False, among=ids),
        package=package_of(row, "package", slots, required=do == PROPOSE) or None,
        texts=row.texts("texts", required=True, most=MOST_TEXTS, longest=LONGEST),
        remedy=row.text("remedy", most=300, required=do == OBJECT),
        times=row.whole("times", most=50) if row.has("times") else 0,
        discloses=row.flag("discloses"),
        why=row.text("why", most=300),
    )
    row.end()
    _check_rule(row, made)
    return made


def _allowed(act: str) -> tuple[str, ...]:
    """Return what can be done about an act."""
    return {POSITION: IN_CALL, CHAIRED: STEPS}.get(act, _REPLIES)


def _when(row: Fields, slots: tuple[Slot, ...]) -> When:
    part = row.part("when")
    if part is None:
        return When("", "any", "", ())
    made = When(
        act=part.text("act", among=(*EVENTS, DAY, POSITION, CHAIRED)),
        to=part.text("to", required=False, among=_TO) or "any",
        slot=part.text("slot", required=False, among=tuple(slot.id for slot in slots)),
        conditions=tuple(_condition(part, said) for said in part.texts("if")),
    )
    part.end()
    return made


def _condition(fields: Fields, said: str) -> Predicate:
    """Read a condition such as `named`, `not repaired` or `trust 2`."""
    found = _CONDITION.fullmatch(said)
    name = found["name"] if found else said
    if found is None or name not in PREDICATES:
        fields.blame("if", f"holds {said}, which is no condition{meant(name, sorted(PREDICATES))}")
        return Predicate("person", 0, is_negated=False)
    if (found["value"] is not None) != (name in NUMBERED):
        fields.blame("if", f"holds {said}: {name} takes {'a' if name in NUMBERED else 'no'} number")
    return Predicate(name, int(found["value"] or 0), is_negated=bool(found["is_not"]))


def _check_rule(row: Fields, rule: Rule) -> None:
    """Note what can be read and not be said."""
    used = set(PLACE.findall(" ".join((*rule.texts, rule.remedy))))
    for place in sorted(used - set(PLACES)):
        row.blame("texts", f"hold {{{place}}}, which stands for nothing{meant(place, list(PLACES))}")
    for name, is_wrong, what in (*_about_texts(rule, used), *_about_sense(rule)):
        if is_wrong:
            row.blame(name, what)


def _about_texts(rule: Rule, used: set[str]) -> tuple[tuple[str, bool, str], ...]:
    fewest = 1 if rule.when.act == CHAIRED else FEWEST_TEXTS
    tells_why, has_remedy = rule.discloses or rule.do == OBJECT, rule.do in {DOUBT, OBJECT}
    return (
        (
            "texts",
            0 < len(rule.texts) < fewest,
            f"are {len(rule.texts)}; a seat has {fewest} ways to say a thing",
        ),
        ("texts", len(set(rule.texts)) < len(rule.texts), "hold one twice"),
        (
            "texts",
            "why" in used and (not tells_why or _holds_on(rule)),
            "hold {why}, which only a rule with `discloses: true` or an objection may say",
        ),
        (
            "texts",
            "remedy" in used and not has_remedy,
            "hold {remedy}, which only a doubt or an objection has",
        ),
        (
            "texts",
            bool(used & _ABOUT_SLOT) and not _has_slot(rule),
            "speak of a paragraph: say `about` or `named` in `if`, or name the slot",
        ),
    )


def _about_sense(rule: Rule) -> tuple[tuple[str, bool, str], ...]:
    on_its_own = rule.when.act in {DAY, POSITION, CHAIRED}
    leads = rule.seat == CHAIR
    return (
        ("discloses", rule.discloses and rule.do != TELL, "is for a rule that does tell"),
        ("to", on_its_own and rule.to == "asker", "is asker, but nobody asked"),
        ("to", rule.do in {ASK, REPAIR} and not rule.to, f"is missing: {rule.do} says to whom"),
        (
            "do",
            rule.do in {AGREE, DOUBT} and rule.when.act != PROPOSE,
            f"is {rule.do}, which answers nothing but propose",
        ),
        (
            "when",
            rule.do == AGREE and not _says(rule, "accepts"),
            "lacks accepts: who agrees can live with it",
        ),
        (
            "when",
            rule.do == DOUBT and not (_says(rule, "crosses", HURT, UNHEARD) or _says_not(rule, "accepts")),
            "lacks not accepts: who doubts cannot live with it",
        ),
        (
            "times",
            rule.when.act == DAY and not rule.times,
            "is missing: what a day brings happens so many times",
        ),
        (
            "seat",
            rule.when.act == CHAIRED and not leads,
            "is missing: the steps of the chair are of seat: chair",
        ),
        (
            "do",
            leads and rule.when.act != CHAIRED and rule.do not in {TELL, ASK},
            f"is {rule.do}: beside its steps the chair tells and asks",
        ),
    )


def _holds_on(rule: Rule) -> bool:
    """Tell whether a rule is for who holds on to a wish: its interest is not said then."""
    return _says(rule, HURT, UNHEARD)


def _says(rule: Rule, *names: str) -> bool:
    return any(one.name in names and not one.is_negated for one in rule.when.conditions)


def _says_not(rule: Rule, name: str) -> bool:
    return any(one.name == name and one.is_negated for one in rule.when.conditions)


def _has_slot(rule: Rule) -> bool:
    asked = {one.name for one in rule.when.conditions if not one.is_negated}
    is_known = bool(rule.slot or rule.when.slot or rule.do in {OBJECT, WITHDRAW, CONCERN, DOUBT})
    return is_known or bool(asked & {"about", "named", "told", "weight", "guarded"})


def _check_words(fields: Fields, rules: tuple[Rule, ...]) -> None:
    """Note for which position, and which step of the chair, there are no words."""
    always = When(POSITION, "any", "", ())
    everybody = {rule.do for rule in rules if rule.when == always and not rule.seat}
    for kind in IN_CALL:
        if kind not in everybody:
            fields.blame(
                "rules", f"have no words for {kind} that every seat can say (when: {{act: {POSITION}}})"
            )
    steps = {rule.do for rule in rules if rule.when.act == CHAIRED and not rule.when.conditions}
    for step in STEPS:
        if step not in steps:
            fields.blame("rules", f"have no words for the chair's {step} without a condition")
