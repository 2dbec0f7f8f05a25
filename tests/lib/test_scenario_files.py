"""A scenario is read whole, or refused with every fault at its file and line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.example_scenario import PACK, change, copied, faults, hours
from talanoa.lib.course_files import Files, competencies, files_in
from talanoa.lib.scenario_files import ScenarioWrong, read

COURSES = PACK.parent.parent / "courses"
DRAFT, SMALL = "world/draft.md", "script/small.yaml"


def test_what_the_files_say_is_read() -> None:
    made = hours()
    assert [seat.id for seat in made.seats] == [
        "regulator", "large", "small", "consumer", "technical", "university",
    ]  # fmt: skip
    assert [slot.id for slot in made.slots] == ["deadline", "threshold", "registry", "transition", "review"]
    assert (made.days, made.call_day, made.learner) == (5, 4, "consumer")
    assert made.draft == ("72h", "any", "named", "none", "1y")
    assert made.wording(made.draft)[3] == "The rule begins for all who sign on the same day."
    assert [mark.id for mark in made.criteria] == [f"R{n}" for n in range(1, 9)]
    assert made.sha256 == files_in(PACK).digest()


def test_a_brief_is_parted_into_what_all_read_and_what_only_its_seat_reads() -> None:
    small = hours().seat("small")
    assert "You wrote your input at night" in small.brief_public
    assert "one dry season" in small.brief_confidential.lower()
    assert "dry season" not in small.brief_public


def test_what_it_teaches_is_in_the_list_of_competencies() -> None:
    known = competencies(files_in(COURSES / "in-the-room"), [])
    taught = {*hours().competencies, *(mark.competency for mark in hours().criteria)}
    assert taught <= known.keys()


def test_every_seat_has_at_least_three_ways_to_say_a_thing() -> None:
    said = [rule for rule in hours().rules if rule.seat != "chair"]
    assert [rule.id for rule in said if len(rule.texts) < 3] == []


def test_all_faults_are_told_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, "scenario.yaml", "authors: Talanoa", "authors: no")
    change(folder, SMALL, "act: ask", "act: asks")
    change(folder, "interests.yaml", "floor: 60", "floor: 600")
    assert [fault.split(" ")[0] for fault in faults(folder)] == [
        "interests.yaml:4:",
        "scenario.yaml:10:",
        "script/small.yaml:4:",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "scenario.yaml",
        "interests.yaml",
        "script.yaml",
        "rubric.yaml",
        "debrief.md",
        "facilitator.md",
        "roles/small.md",
        DRAFT,
        "world/inputs/small.md",
    ],
)
def test_a_file_that_is_missing_or_none_is_told_and_nothing_breaks(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    broken = (b"\xff\xfe", b"", b"#" * 30_001)
    for data in broken if name.startswith("world") else (*broken, b"- a\n", b"a: &a [x]\nb: [*a, *a]\n"):
        (folder / name).write_bytes(data)
        assert any(fault.startswith(name) for fault in faults(folder)), data
    (folder / name).unlink()
    assert f"{name}:1: is missing" in faults(folder)


JUNK = [
    "",
    "x",
    "- ",
    "{",
    "[]",
    "null",
    "true",
    "1.5",
    "&a",
    "*a",
    "!!python/none",
    "'",
    "\t",
    "{why}",
    "---",
    "## x",
    ":::",
]
ORIGINAL = files_in(PACK)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(ORIGINAL.data)), st.sampled_from(JUNK), st.floats(0, 0.999), st.booleans())
def test_whatever_stands_on_a_line_a_pack_is_read_or_refused_with_places(
    name: str, junk: str, where: float, is_value: bool
) -> None:
    lines = ORIGINAL.data[name].decode().split("\n")
    at = int(where * len(lines))
    lines[at] = f"{lines[at].partition(':')[0]}: {junk}" if is_value else junk
    told: list[str] = []
    try:
        read(Files(ORIGINAL.name, {**ORIGINAL.data, name: "\n".join(lines).encode()}))
    except ScenarioWrong as refused:
        told = refused.wrong
    assert [fault for fault in told if not fault.split(":")[1].isdigit()] == []


def test_a_copy_under_a_new_name_needs_nothing_but_that_name(tmp_path: Path) -> None:
    folder = copied(tmp_path).rename(tmp_path / "village-mast")
    assert faults(folder) == ["scenario.yaml:1: id is not the name of the folder"]
    change(folder, "scenario.yaml", "id: 72-hours", "id: village-mast")
    assert faults(folder) == []


def test_a_scenario_without_a_run_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for path in (folder / "tests").iterdir():
        path.unlink()
    assert faults(folder) == [
        "tests/listener.yaml:1: is missing: a scenario has at least one run that must come out"
    ]


def test_a_page_that_is_too_long_for_a_telephone_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "world/background.md").write_text("word " * 901, encoding="utf-8")
    assert faults(folder) == ["world/background.md:1: has 901 words; 900 are the most"]


def test_more_packages_than_a_check_can_go_through_are_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    options = ", ".join(f"{{id: {key}, text: Well}}" for key in "abcd")
    rows = "".join(f"  - {{id: s{n}, title: More, options: [{options}]}}\n" for n in range(2))
    change(folder, "scenario.yaml", "draft: [72h", f"{rows}draft: [72h")
    assert "scenario.yaml:19: slots make 3888 packages; 2500 are the most" in faults(folder)


def test_a_folder_that_is_no_scenario_says_so(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["scenario.yaml:1: is missing"]
