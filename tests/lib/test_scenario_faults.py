"""Mistakes that people make in a pack, each planted and told with its file and line."""

from pathlib import Path

import pytest

from lib.example_scenario import change, copied, faults

PLANTED = [
    # What YAML reads as something else, or splits.
    (
        "scenario.yaml",
        "version: 1.0.0",
        "version: 1.0",
        "scenario.yaml:2: version holds 1.0, which YAML reads as a number: quote it",
    ),
    (
        "scenario.yaml",
        "authors: Talanoa",
        "authors: no",
        "scenario.yaml:10: authors holds no, which YAML reads as yes or no: quote it",
    ),
    (
        "scenario.yaml",
        "title: 72 hours",
        "title: 2026-11-26",
        "scenario.yaml:4: title holds 2026-11-26, which YAML reads as a date: quote it",
    ),
    (
        "scenario.yaml",
        "{id: 24h, text: within 24 hours}",
        "{id: 24h, text: within 24 hours, or earlier}",
        "scenario.yaml:23: or earlier is no field: a comma inside { } begins a new one; quote the sentence",
    ),
    (
        "script/small.yaml",
        '    - "Like I wrote. Nothing new in the valley."',
        "    - yes",
        "script/small.yaml:7: texts holds yes, which YAML reads as yes or no: quote it",
    ),
    ("scenario.yaml", "days: 5", "days: 5\ndays: 6", "scenario.yaml:15: days stands there twice"),
    ("script.yaml", "rules:", "rules: [", "script.yaml:7: expected the node content, but found '-'"),
    # Fields and values.
    (
        "scenario.yaml",
        "minutes: 60",
        "minute: 60",
        "scenario.yaml:9: minute is no field here: did you mean minutes?",
    ),
    ("scenario.yaml", "id: 72-hours", "id: 72-days", "scenario.yaml:1: id is not the name of the folder"),
    (
        "scenario.yaml",
        "language: en",
        "language: english",
        "scenario.yaml:3: language is no code of a language",
    ),
    ("scenario.yaml", "days: 5", "days: 30", "scenario.yaml:15: call_day is a number from 2 to 2"),
    ("scenario.yaml", "call_day: 4", "call_day: 5", "scenario.yaml:15: call_day is a number from 2 to 4"),
    (
        "scenario.yaml",
        "learner: consumer",
        "learner: consumers",
        "scenario.yaml:16: learner is none of regulator, large, small, consumer, technical, university:",
    ),
    (
        "scenario.yaml",
        "draft: [72h, any, named, none, 1y]",
        "draft: [72h, any, named, none]",
        "scenario.yaml:50: draft has 4 values; there are 5 slots",
    ),
    (
        "scenario.yaml",
        "draft: [72h, any, named, none, 1y]",
        "draft: [27h, any, named, none, 1y]",
        "scenario.yaml:50: draft has 27h for deadline, which is none of 24h, 72h, 7d: did you mean 72h?",
    ),
    (
        "scenario.yaml",
        "- id: threshold",
        "- id: deadline",
        "scenario.yaml:31: id has no words in world/draft.md: write them under ## deadline and ### 10k",
    ),
    (
        "scenario.yaml",
        "{id: 72h, text: within 72 hours}",
        "{id: 24h, text: within 72 hours}",
        "scenario.yaml:50: draft has 72h for deadline, which is none of 24h, 24h, 7d: did you mean 24h?",
    ),
    # The draft.
    (
        "world/draft.md",
        "### 72h",
        "### 72hours",
        "world/draft.md:12: ### 72hours is no option of deadline in scenario.yaml",
    ),
    (
        "world/draft.md",
        "## review",
        "## reviews",
        "world/draft.md:64: ### none is no option of reviews in scenario.yaml",
    ),
    ("world/draft.md", "### 7d", "### 72h", "world/draft.md:16: ### 72h stands there twice"),
    # Seats.
    (
        "interests.yaml",
        "- seat: small",
        "- seat: smal",
        "world/inputs/small.md:1: small is no seat in interests.yaml: did you mean smal?",
    ),
    (
        "interests.yaml",
        "- seat: large",
        "- seat: chair",
        "interests.yaml:34: seat is none of yours: chair is the seat of the script that leads",
    ),
    ("interests.yaml", "- seat: large", "- seat: regulator", "interests.yaml:34: seat stands there twice"),
    (
        "interests.yaml",
        "worth: 3 2 0",
        "worth: 3 2",
        "interests.yaml:15: worth has 2 numbers; deadline has 3 options",
    ),
    (
        "interests.yaml",
        "worth: 3 2 0",
        "worth: 3 2 4",
        "interests.yaml:15: worth is one number from 0 to 3 for each option, with blanks between, such a",
    ),
    ("interests.yaml", "worth: 3 2 0", "worth: [3, 2, 0]", "interests.yaml:15: worth is one text"),
    (
        "interests.yaml",
        "    - slot: deadline",
        "    - slot: dedline",
        "interests.yaml:13: slot is none of deadline, threshold, registry, transition, review: did you m",
    ),
    (
        "interests.yaml",
        "    - slot: deadline",
        "    - slot: review",
        "interests.yaml:12: interests name deadline 0 times; each slot stands there once",
    ),
    (
        "interests.yaml",
        "      option: named",
        "      option: names",
        "interests.yaml:41: option is none of none, totals, named: did you mean named?",
    ),
    ("interests.yaml", "floor: 55", "floor: 555", "interests.yaml:35: floor is a number from 0 to 100"),
    (
        "interests.yaml",
        "wish: [24h, 1k, named, none, 1y]",
        "wish: [24h, 1k, names, none, 1y]",
        "interests.yaml:7: wish has names for registry, which is none of none, totals, named: did you me",
    ),
    (
        "interests.yaml",
        "after_repair: true",
        "after_repair: yes",
        "interests.yaml:24: after_repair is true or false",
    ),
    (
        "roles/small.md",
        "group: private-sector",
        "group: private sector",
        "roles/small.md:3: group is none of government, private-sector, civil-society, technical-communi",
    ),
    (
        "roles/small.md",
        "::: confidential",
        "::: secret",
        "roles/small.md:5: ends with a block ::: confidential that a line of ::: closes",
    ),
    (
        "roles/small.md",
        "name: Small provider\n",
        "name: Small provider\nnick: Valley\n",
        "roles/small.md:3: nick is no field here",
    ),
    # The script.
    (
        "script.yaml",
        "bare_objection: -1",
        "bare_objections: -1",
        "script.yaml:3: bare_objections is no field here: did you mean bare_objection?",
    ),
    (
        "script/regulator.yaml",
        "if: [not named]",
        "if: [not nmaed]",
        "script/regulator.yaml:4: if holds not nmaed, which is no condition: did you mean named?",
    ),
    (
        "script/large.yaml",
        "if: [day 2, not called]",
        "if: [day, not called]",
        "script/large.yaml:4: if holds day: day takes a number",
    ),
    (
        "script/regulator.yaml",
        "if: [named, told]",
        "if: [named 2, told]",
        "script/regulator.yaml:14: if holds named 2: named takes no number",
    ),
    (
        "script/large.yaml",
        "act: ask, to: me, if: [about, told]",
        "act: asks, to: me, if: [about, told]",
        "script/large.yaml:15: act is none of ask, tell, repair, propose, agree, doubt, object, state, d",
    ),
    (
        "script/small.yaml",
        "to: me, if: [about, told]",
        "to: us, if: [about, told]",
        "script/small.yaml:4: to is none of any, me, other",
    ),
    (
        "script/small.yaml",
        "  do: tell\n",
        "  do: tel\n",
        "script/small.yaml:5: do is none of tell, ask, repair, propose, agree, doubt: did you mean tell?",
    ),
    (
        "script/small.yaml",
        "- id: small-again",
        "- id: small-tells",
        "script/small.yaml:23: id small-tells stands there twice",
    ),
    (
        "script/small.yaml",
        '{why}"',
        '{because}"',
        "script/small.yaml:29: texts hold {because}, which stands for nothing",
    ),
    (
        "script/regulator.yaml",
        "  discloses: true\n",
        "",
        "script/regulator.yaml:37: texts hold {why}, which only a rule with `discloses: true` or an obje",
    ),
    (
        "script/small.yaml",
        '    - "Like I wrote. Nothing new in the valley."\n',
        "",
        "script/small.yaml:7: texts are 2; a seat has 3 ways to say a thing",
    ),
    (
        "script/small.yaml",
        '"Like I wrote. Nothing new in the valley."',
        '"I told you about paragraph {paragraph}. It is still so."',
        "script/small.yaml:7: texts hold one twice",
    ),
    (
        "script/small.yaml",
        '{act: ask, to: me, if: [not about]}\n  do: tell\n  to: asker\n  texts:\n    - "Good',
        '{act: ask, to: me, if: [not about]}\n  do: tell\n  to: asker\n  texts:\n    - "{wish}. Good',
        "script/small.yaml:49: texts speak of a paragraph: say `about` or `named` in `if`, or name the slot",
    ),
    (
        "script/small.yaml",
        "- id: small-doubts\n  priority: 50\n  when: {act: propose,",
        "- id: small-doubts\n  priority: 50\n  when: {act: ask,",
        "script/small.yaml:77: do is doubt, which answers nothing but propose",
    ),
    (
        "script/large.yaml",
        '  times: 1\n  texts:\n    - "Friends',
        '  texts:\n    - "Friends',
        "script/large.yaml:2: times is missing: what a day brings happens so many times",
    ),
    (
        "script/large.yaml",
        "package: [72h, 1k, totals, none, 1y]",
        "package: [72h, 1k, total, none, 1y]",
        "script/large.yaml:6: package has total for registry, which is none of none, totals, named: did",
    ),
    (
        "script.yaml",
        "    when: {act: position}\n    do: withdraw",
        "    when: {act: position, if: [called]}\n    do: withdraw",
        "script.yaml:5: rules have no words for withdraw that every seat can say (when: {act: position})",
    ),
    (
        "script.yaml",
        "    when: {act: chair}\n    do: designate",
        "    when: {act: chair, if: [not agreed]}\n    do: designate",
        "script.yaml:5: rules have no words for the chair's designate without a condition",
    ),
    (
        "script.yaml",
        "  - id: chair-call\n    seat: chair",
        "  - id: chair-call\n    seat: chairs",
        "script.yaml:64: seat is missing: the steps of the chair are of seat: chair",
    ),
    (
        "script/small.yaml",
        '  remedy: "Put into',
        '  remedie: "Put into',
        "script/small.yaml:101: remedie is no field here: did you mean remedy?",
    ),
    (
        "script/small.yaml",
        "if: [person, addressed, accepts]",
        "if: [person, addressed]",
        "script/small.yaml:67: when lacks accepts: who agrees can live with it",
    ),
    (
        "script/small.yaml",
        "if: [person, addressed, not accepts]",
        "if: [person, addressed]",
        "script/small.yaml:76: when lacks not accepts: who doubts cannot live with it",
    ),
    (
        "script/small.yaml",
        "- id: small-tells\n",
        "- id: small-tells\n  after: 3\n",
        "script/small.yaml:24: after is a number from 0 to 2",
    ),
    # What comes after.
    (
        "rubric.yaml",
        "indicator: bridges",
        "indicator: bridge",
        "rubric.yaml:35: indicator is none of reads-first, names-paragraphs, objects-with-remedy, one-is",
    ),
    (
        "rubric.yaml",
        '"Made no suggestion.", ',
        "",
        "rubric.yaml:37: levels are four sentences, from not seen to built on",
    ),
    (
        "debrief.md",
        "reveal: [timeline, briefs, reasons, map, profile]",
        "reveal: [timeline, brief]",
        "debrief.md:7: reveal holds what is none of the known ones: brief",
    ),
    ("facilitator.md", "minutes: 90", "minutes: long", "facilitator.md:3: minutes is a number from 5 to 600"),
    (
        "tests/listener.yaml",
        "bot: listener",
        "bot: listner",
        "tests/listener.yaml:2: bot is none of silent, stubborn, vote-counter, listener: did you mean li",
    ),
    ("tests/listener.yaml", "R7: 2", "R9: 2", "tests/listener.yaml:6: R9 is no field here"),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), PLANTED)
def test_a_planted_mistake_is_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    folder = copied(tmp_path)
    change(folder, name, old, new)
    found = faults(folder)
    assert [fault for fault in found if fault.startswith(told)] != [], found


def test_at_least_thirty_mistakes_are_planted() -> None:
    assert len(PLANTED) >= 30
