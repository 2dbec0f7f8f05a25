"""The course of the tests, and how they change it."""

import shutil
from pathlib import Path

from talanoa.lib.course_files import CourseWrong, files_in, read
from talanoa.lib.courses import Course

COURSES = Path(__file__).with_name("courses")
WELL = COURSES / "at-the-well"


def copied(to: Path) -> Path:
    """The course of the tests in a folder that may be changed."""
    shutil.copytree(COURSES, to / "courses")
    return to / "courses" / WELL.name


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """What is wrong with a course."""
    try:
        read(files_in(folder))
    except CourseWrong as wrong:
        return wrong.wrong
    return []


def well() -> Course:
    return read(files_in(WELL))
