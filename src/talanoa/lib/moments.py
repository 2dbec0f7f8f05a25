"""Which lesson is offered when somebody needs it, by the code of a refusal or the name of a letter: moments.yaml."""

from talanoa.lib.course_files import CourseWrong, Files
from talanoa.lib.fields import Fields, parsed_rows

MOMENTS = "moments.yaml"


def read(files: Files) -> dict[str, tuple[str, str]]:
    """Return course and lesson by the moment. Raises CourseWrong with every fault."""
    wrong: list[str] = []
    found: dict[str, tuple[str, str]] = {}
    rows = list(parsed_rows(MOMENTS, files.text(MOMENTS), wrong)) if MOMENTS in files.data else []
    for row in rows:
        at, lesson = moment(row)
        course, _slash, key = lesson.partition("/")
        found[at] = (course, key)
    if wrong:
        raise CourseWrong(wrong)
    return found


def moment(row: Fields) -> tuple[str, str]:
    """Return the name of a moment and `course/lesson`."""
    told = (row.text("at"), row.text("lesson"))
    row.end()
    return told
