"""Questions about the courses that come with the program."""

from functools import cache

from talanoa.lib.course_files import Course, competencies, files_in, read
from talanoa.registry.skin import CONTENT

FOLDER = CONTENT / "courses"


@cache
def courses() -> dict[str, Course]:
    """Return every course by its id, in the order of the ids. They change when the program is started anew."""
    found = sorted(FOLDER.glob("*/course.yaml"))
    return {course.id: course for path in found for course in [read(files_in(path.parent))]}


@cache
def competency_names() -> dict[str, str]:
    """Return how competencies are called, by their codes."""
    return competencies(files_in(FOLDER))
