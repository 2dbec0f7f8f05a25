"""Questions about the courses that come with the program, and about who learns them."""

from functools import cache, lru_cache

from django.db.models import Max, Prefetch, QuerySet

from talanoa.learning.models import Answer, CourseVersion, Judgment, Learner, LessonLetter, RoomDone, Run
from talanoa.lib.course_files import Files, competencies, files_in, read
from talanoa.lib.courses import Course
from talanoa.lib.items import Item
from talanoa.lib.lessons import Lesson
from talanoa.lib.lessons import read as read_lesson
from talanoa.lib.moments import read as read_moments
from talanoa.lib.progress import Points, Progress, progress
from talanoa.people.models import Person
from talanoa.registry.skin import CONTENT

FOLDER = CONTENT / "courses"


@cache
def shelf() -> dict[str, Files]:
    """Return the files of every course by its id. They change when the program is started anew."""
    found = sorted(FOLDER.glob("*/course.yaml"))
    return {path.parent.name: files_in(path.parent) for path in found}


@cache
def courses() -> dict[str, Course]:
    """Return every course by its id, in the order of the ids."""
    return {key: read(files) for key, files in shelf().items()}


@cache
def moments() -> dict[str, tuple[str, str]]:
    """Return the ids of course and lesson that help at a moment, by its name: a refusal's code, or `first_input`."""
    return read_moments(files_in(FOLDER))


@cache
def lesson_at(moment: str) -> tuple[str, Lesson] | None:
    """Return the id of the course and the lesson that helps at a moment; None where none does.

    No other is read: to read all courses takes a program longer than to take in a mail.
    """
    if moment not in moments():
        return None
    course, key = moments()[moment]
    files, path = shelf()[course], f"lessons/{key}.md"
    made = read_lesson(path, files.text(path), [], frozenset(competencies(files, [])))
    return (course, made) if made else None


def course_of(version: CourseVersion) -> Course:
    """Return the course as it was when this version of it was kept."""
    now = courses().get(version.course)
    return now if now is not None and now.sha256 == version.sha256 else _kept(version.sha256)


@lru_cache(maxsize=32)
def _kept(sha256: str) -> Course:
    version = CourseVersion.objects.get(sha256=sha256)
    return read(Files(version.course, {path: text.encode() for path, text in version.files.items()}))


def learner_in(course: str, person: Person | None) -> Learner | None:
    """Return `person` as learner of a course: in the run that they began last and did not leave."""
    if person is None:
        return None
    rows = Learner.objects.filter(person=person, run__version__course=course, left_at__isnull=True)
    return rows.select_related("run__version", "person").first()


def runs_of(person: Person) -> QuerySet[Learner]:
    """Return every run that `person` learns in or learned in, the newest first."""
    return Learner.objects.filter(person=person).select_related("run__version")


def progress_of(learner: Learner) -> Progress:
    """Return how far a learner is."""
    rooms = RoomDone.objects.filter(person=learner.person_id).values_list("scenario", flat=True)
    return progress(course_of(learner.run.version), points_in(learner.answers.all()), set(rooms))


def points_in(answers: QuerySet[Answer]) -> Points:
    """Return the best points of the answers of one learner; a judge's are the newest of a facilitator, or the own."""
    best: dict[tuple[str, str], int | None] = {}
    judged = Prefetch("judgments", Judgment.objects.order_by("is_own", "-pk"), to_attr="found")
    for row in answers.prefetch_related(judged):
        score = row.score if row.score is not None else (row.found[0].score if row.found else None)
        key = (row.lesson, row.item)
        known = best.get(key)
        best[key] = score if known is None else max(known, score or 0)
    return best


def newest_letter(learner: Learner) -> LessonLetter | None:
    """Return the lesson that went out last."""
    return learner.letters.order_by("-number").first()


def waiting_for(person: Person) -> QuerySet[Answer]:
    """Return the texts in the runs that `person` facilitates which nobody but their author judged, oldest first."""
    rows = Answer.objects.filter(score__isnull=True, learner__run__in=Run.objects.led_by(person).values("pk"))
    newest = rows.values("learner", "lesson", "item").annotate(newest=Max("pk")).values("newest")
    judged = Judgment.objects.filter(is_own=False).values("answer")
    found = Answer.objects.filter(pk__in=newest).exclude(pk__in=judged).order_by("pk")
    return found.select_related("learner__person", "learner__run__version")


def item_of(answer: Answer) -> Item:
    """Return the item that an answer answers, as it was."""
    lesson = course_of(answer.learner.run.version).lessons[answer.lesson]
    return next(item for item in lesson.items if item.id == answer.item)
