"""A course is read whole, or refused with every fault at its file and line."""

from pathlib import Path

import pytest

from learning.example_course import WELL, change, copied, faults, well
from talanoa.lib.course_files import files_in, read
from talanoa.lib.items import digest as item_digest

COURSE, DRAWING, SHARING = "course.yaml", "lessons/drawing.md", "lessons/sharing.md"
RUBRIC, SHEET, SOURCES = "rubrics/proposal.yaml", "facilitator/session.md", "sources.yaml"


def test_what_the_files_say_is_read() -> None:
    made = well()
    assert [lesson.id for lesson in made.in_order()] == ["drawing", "sharing"]
    drawing, sharing = made.in_order()
    assert [item.kind for item in drawing.items] == ["choice", "multi", "number", "short"]
    assert [item.kind for item in sharing.items] == [
        "order",
        "match",
        "classify",
        "textedit",
        "open",
        "room",
    ]
    assert [block.kind for block in drawing.blocks] == [
        "text",
        "mail",
        "story",
        *["quiz"] * 4,
        "reflect",
        "keypoints",
        "facilitator",
    ]
    assert [row.id for row in made.rubrics["proposal"].criteria] == ["what", "why"]
    assert (made.share, made.rooms, made.badge.title) == (70, ("dry-season",), "Drawer of water")
    assert [(sheet.id, sheet.minutes) for sheet in made.sheets] == [("session", 60)]
    assert made.sources["rfc1855"].year == 1995
    assert made.sha256 == files_in(WELL).digest()


PLANTED = [
    # What YAML reads as something else, or splits.
    (
        COURSE,
        "version: 1.0.0",
        "version: 1.0",
        "2: version holds 1.0, which YAML reads as a number: quote it",
    ),
    (COURSE, "authors: Talanoa", "authors: no", "8: authors holds no, which YAML reads as yes or no"),
    (COURSE, "title: Water", "title: 2026-11-25", "13: title holds 2026-11-25, which YAML reads as a date"),
    (COURSE, "title: Water", "title: 007", "13: title holds 007, which YAML reads as a number"),
    (
        DRAWING,
        '{id: day, text: "The day", correct: true}',
        "{id: day, text: The day, not the hour, correct: true}",
        "55: not the hour is no field: a comma inside { } begins a new one",
    ),
    (COURSE, "hours: 1", "hours: 1\nhours: 2", "8: hours stands there twice"),
    (COURSE, "summary: ", "summary: [", "6: "),
    # Fields.
    (DRAWING, "minutes: 8", "minute: 8", "4: minute is no field here: did you mean minutes?"),
    (DRAWING, "minutes: 8", "minutes: long", "4: minutes is a number from 5 to 20"),
    (COURSE, "license: CC-BY-4.0", "license: CC-BY-NC", "10: license is none of CC-BY-4.0"),
    (COURSE, "language: en", "language: english", "3: language is no code of a language"),
    (COURSE, "id: at-the-well", "id: at-a-well", "1: id is not the name of the folder"),
    (COURSE, "lessons: [drawing, sharing]", "lessons: [drawing]", "11: modules leave out lessons/sharing.md"),
    (
        COURSE,
        "[drawing, sharing]",
        "[drawing, sharing, digging]",
        "11: modules name digging, which is no file",
    ),
    (
        COURSE,
        "competencies: [B2]",
        "competencies: [B9]",
        "22: competencies holds what is none of the known ones",
    ),
    (COURSE, "  share: 70", "  share: most", "16: share is a number from 1 to 100"),
    (SOURCES, "url: https:", "url: ftp:", "5: url is no https address"),
    (SHEET, "minutes: 60", "minutes: 1", "4: minutes is a number from 5 to 600"),
    (RUBRIC, '"It hints.", ', "", "6: levels are four sentences"),
    # Lessons.
    (
        DRAWING,
        "sources: [rfc1855]",
        "sources: [rfc9999]",
        "1: sources name rfc9999, which is not in sources.yaml",
    ),
    (DRAWING, "id: drawing\n", "id: draw\n", "2: id is not the name of the file"),
    (DRAWING, "::: story", "::: stroy", "23: there is no ::: stroy: did you mean story?"),
    (DRAWING, "```quiz", "```quizz", "27: there is no block quizz: did you mean quiz?"),
    (DRAWING, "A well is shared by", "A <b>well</b> is shared by", "13: HTML is not shown"),
    (DRAWING, "| Who |", "![A well](well.png)\n\n| Who |", "15: a lesson has no pictures"),
    (DRAWING, "https://example.org/rules", "rules.html", "13: rules.html is no https or mailto address"),
    (
        DRAWING,
        "A well is shared by",
        "# Wells\n\nA well is shared by",
        "13: the title stands in the front matter",
    ),
    (DRAWING, "A well is shared by", "well " * 901, "3: title is that of"),
    (
        DRAWING,
        "::: keypoints\n- Ask first.\n- Count.\n:::\n",
        "",
        "3: title is that of a lesson without ::: keypoints",
    ),
    (
        DRAWING,
        "  - id: count\n",
        "  - id: pour\n    text: Pour\n  - id: count\n",
        "6: objectives hold pour, about which no item asks",
    ),
    # Items.
    (DRAWING, "type: choice", "type: choise", "29: type is none of choice, multi"),
    (DRAWING, "objective: ask", "objective: asking", "30: objective is none of this lesson: ask, count"),
    (DRAWING, "    why: Then she has no water.\n", "", "41: why is missing: a wrong option says why"),
    (DRAWING, "    correct: true\n", "", "33: options have one that is `correct: true`, not 0"),
    (DRAWING, "text: She goes home", "text: All of the above", "42: text names other options"),
    (DRAWING, "  - id: push", "  - id: ask", "33: options hold the id ask twice"),
    (DRAWING, "id: drawing-2", "id: drawing-1", "1: the item drawing-1 is there twice in the course"),
    (DRAWING, "answer: 70", "answer: many", "66: answer is a number from"),
    (
        SHARING,
        "class: interest",
        "class: interests",
        "53: class is none of position, interest: did you mean interest?",
    ),
    (SHARING, "rule: max_caps", "rule: max_cap", "65: rule is none of"),
    (SHARING, 'start: "I AM FIRST!!!"', 'start: "Ten liters for me?"', "64: checks are all met by the text"),
    (SHARING, "I am.", "I am. " * 12, "14: a line of 72 characters breaks in a mail; 68 are the most"),
    (SHARING, "rubric: proposal", "rubric: proposals", "1: the item sharing-5 names no rubric"),
    (SHARING, "scenario: dry-season", "scenario: wet-season", "1: the item sharing-6 names no room"),
    (
        SHARING,
        "graders: [self, facilitator]",
        "graders: [peer]",
        "76: graders holds what is none of the known ones",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), PLANTED)
def test_a_planted_mistake_is_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    folder = copied(tmp_path)
    change(folder, name, old, new)
    found = faults(folder)
    assert [fault for fault in found if fault.startswith(f"{name}:{told}")] != [], found


def test_at_least_thirty_mistakes_are_planted() -> None:
    assert len(PLANTED) >= 30


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, DRAWING, "minutes: 8", "minutes: long")
    change(folder, DRAWING, "type: choice", "type: choise")
    change(folder, COURSE, "authors: Talanoa", "authors: no")
    assert [fault.split(" ")[0] for fault in faults(folder)] == [
        "course.yaml:8:",
        "lessons/drawing.md:4:",
        "lessons/drawing.md:29:",
    ]


def test_too_few_cases_are_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in (DRAWING, SHARING):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("case: true\n", ""), encoding="utf-8")
    assert "course.yaml:1: id has 0 items of 10 that begin with a case; 60 of 100 do" in faults(folder)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"- a\n", b"", b"---\n---\n", b"---\n- a\n---\n", b"#" * 30_001]
)
def test_a_file_that_is_no_lesson_is_refused_and_nothing_breaks(tmp_path: Path, data: bytes) -> None:
    folder = copied(tmp_path)
    (folder / DRAWING).write_bytes(data)
    assert any(fault.startswith(DRAWING) for fault in faults(folder))


def test_a_folder_that_is_no_course_says_so(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["course.yaml:1: is missing"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- {id: B2", "- {code: B2", "1: id is missing"),
        ('"Object"', "no", "2: text holds no, which YAML reads as yes or no"),
        ("- {id: B2", "- [B2", "1: "),
        ("- {id: B2", "B2: {id: B2", "2: "),
    ],
)
def test_a_mistake_in_the_list_of_competencies_is_told_too(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    change(folder, "../competencies.yaml", old, new)
    assert [one for one in faults(folder) if one.startswith(f"competencies.yaml:{told}")]


def test_a_name_that_stands_for_many_lists_is_no_bomb(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    (folder / COURSE).write_text(bomb, encoding="utf-8")
    assert any("is no field here" in fault for fault in faults(folder))


def test_an_item_that_was_changed_has_another_digest(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, DRAWING, "It costs nothing", "It costs little")
    before, after = well().lessons["drawing"].items, read(files_in(folder)).lessons["drawing"].items
    assert [item_digest(one) == item_digest(other) for one, other in zip(before, after, strict=True)] == [
        False,
        True,
        True,
        True,
    ]
