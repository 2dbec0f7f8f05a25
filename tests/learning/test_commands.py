"""`talanoa learn` checks, shows and exports a course, on a machine without an installation."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from command_line import talanoa
from learning.example_course import WELL, change, copied


def test_a_course_without_fault_is_told_with_what_it_holds() -> None:
    told = talanoa("learn", "check", WELL, "--json").told
    assert (told["course"], told["lessons"], told["items"]["choice"]) == ("at-the-well", 2, 1)
    assert "2 lessons, 10 items, nothing wrong." in talanoa("learn", "check", WELL).out


def test_course_wrong_every_fault_is_told_with_file_and_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, "lessons/drawing.md", "minutes: 8", "minute: 8")
    ended = talanoa("learn", "check", folder, "--json")
    assert (ended.code, ended.told["code"]) == (3, "course_wrong")
    assert ended.told["subjects"] == [
        "lessons/drawing.md:2: minutes is missing",
        "lessons/drawing.md:4: minute is no field here: did you mean minutes?",
    ]


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_lesson_is_shown_as_its_mail_and_as_its_page(form: str) -> None:
    shown = talanoa("learn", "render", WELL, "sharing", "--form", form).out
    assert "Bring in order what the elders do." in shown


def test_lesson_unknown_names_those_that_are_there() -> None:
    ended = talanoa("learn", "render", WELL, "digging", "--json")
    assert (ended.code, ended.told["code"]) == (3, "lesson_unknown")
    assert "drawing, sharing" in ended.told["message"]


def test_the_schemas_for_editors_are_shown_and_written(tmp_path: Path) -> None:
    shown = talanoa("learn", "schema", "--json").told
    assert shown["sheet.schema.json"]["required"] == ["id", "title", "minutes"]
    written = talanoa("learn", "schema", "--write", tmp_path / "schema", "--json").told["written"]
    assert written == sorted(path.name for path in (tmp_path / "schema").iterdir())
    assert "8 schemas written" in talanoa("learn", "schema", "--write", tmp_path / "schema").out


@pytest.mark.parametrize("form", ["html", "text", "gift", "epub"])
def test_a_course_is_written_to_a_file(form: str, tmp_path: Path) -> None:
    file = tmp_path / "well"
    told = talanoa("learn", "export", WELL, "--form", form, "--output", file, "--json").told
    assert told["bytes"] == file.stat().st_size > 500
    assert bool(told["lost"]) == (form == "gift")
    if form == "epub":
        assert ZipFile(file).testzip() is None
