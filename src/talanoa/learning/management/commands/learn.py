"""`talanoa learn`: check a course, show a lesson, grade answers, take a course away. Needs no installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talanoa.kernel.commands import Told, Verb
from talanoa.kernel.errors import RuleBroken
from talanoa.learning.exporting.epub import as_epub
from talanoa.learning.exporting.gift import as_gift, lossy
from talanoa.learning.exporting.pages import lesson_part, one_page, page
from talanoa.learning.letters.lessons import course_text, lesson_text
from talanoa.lib import answer_lines
from talanoa.lib.course_files import CourseWrong, files_in, read
from talanoa.lib.course_schema import as_lines, schemas
from talanoa.lib.courses import Course
from talanoa.lib.grading import grade
from talanoa.lib.items import Open
from talanoa.lib.lessons import Lesson

FORMS = ("epub", "html", "text", "gift")


class Command(Verb):
    help = "Courses: check a folder, show a lesson, grade answers, take a course away, write schemas for editors."
    verbs = ("check", "render", "grade", "export", "schema")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "schema":
            parser.add_argument("--write", type=Path, metavar="FOLDER", help="write a file for each there")
            return
        parser.add_argument("folder", type=Path, help="of the course")
        if verb in ("render", "grade"):
            parser.add_argument("lesson", help="its id")
        if verb == "grade":
            parser.add_argument("answers", type=Path, help="a file with answers as a mail has them: 1a 2bd")
        if verb == "render":
            parser.add_argument("--form", choices=("text", "html"), default="text", help="a mail, or a page")
        if verb == "export":
            parser.add_argument("--form", choices=FORMS, required=True)
            parser.add_argument("--output", type=Path, required=True, help="the file to write")

    def act_check(self, options: dict[str, Any]) -> Told:
        """Tell every fault of a course as file:line, or what it holds."""
        made = _course(options["folder"])
        items = [item.kind for lesson in made.in_order() for item in lesson.items]
        told = {
            "course": made.id,
            "version": made.version,
            "lessons": len(made.lessons),
            "items": {kind: items.count(kind) for kind in sorted(set(items))},
            "sha256": made.sha256,
        }
        lessons = ngettext("%(n)s lesson", "%(n)s lessons", len(made.lessons)) % {"n": len(made.lessons)}
        asked = ngettext("%(n)s item", "%(n)s items", len(items)) % {"n": len(items)}
        line = _("%(course)s %(version)s: %(lessons)s, %(items)s, nothing wrong.")
        words = {"course": made.id, "version": made.version, "lessons": lessons, "items": asked}
        return Told(told, (line % words,))

    def act_render(self, options: dict[str, Any]) -> Told:
        """Show one lesson as its mail or its page."""
        made = _course(options["folder"])
        lesson = _lesson(made, options["lesson"])
        text = (
            lesson_text(made, lesson)
            if options["form"] == "text"
            else page(made, lesson.title, lesson_part(made, lesson))
        )
        return Told({"lesson": lesson.id, "text": text}, tuple(text.splitlines()))

    def act_grade(self, options: dict[str, Any]) -> Told:
        """Grade the answers in a file as the course would that comes by mail; nothing is kept."""
        lesson = _lesson(_course(options["folder"]), options["lesson"])
        found = answer_lines.read(options["answers"].read_text(encoding="utf-8"), lesson.items)
        items = [item for item in lesson.items if item.id in found.answers and not isinstance(item, Open)]
        grades = {item.id: grade(item, found.answers[item.id]) for item in items}
        told = {key: {"score": one.score, "most": one.most} for key, one in grades.items()}
        lines = [
            _("%(item)s: %(score)s of %(most)s") % {"item": key, "score": one.score, "most": one.most}
            for key, one in grades.items()
        ]
        return Told({"grades": told, "unread": list(found.unread)}, tuple(lines))

    def act_export(self, options: dict[str, Any]) -> Told:
        """Write a course to a file: EPUB, one page, plain text, or GIFT for other platforms."""
        made = _course(options["folder"])
        data = _exported(made, options["form"], at=f"{options['at']:%Y-%m-%dT00:00:00Z}")
        options["output"].write_bytes(data)
        lost = lossy(made) if options["form"] == "gift" else []
        told = _("%(size)s bytes written to %(file)s.") % {"size": len(data), "file": options["output"]}
        return Told(
            {"file": str(options["output"]), "bytes": len(data), "lost": lost},
            (told, *(_("Lost: %(what)s") % {"what": what} for what in lost)),
        )

    def act_schema(self, options: dict[str, Any]) -> Told:
        """Show the JSON Schemas of the files of a course, or write them to a folder."""
        made = schemas()
        folder = options["write"]
        if folder is None:
            return Told(dict(made), tuple("".join(map(as_lines, made.values())).splitlines()))
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema in made.items():
            (folder / name).write_text(as_lines(schema), encoding="utf-8")
        told = ngettext(
            "%(n)s schema written to %(folder)s.", "%(n)s schemas written to %(folder)s.", len(made)
        )
        return Told({"written": sorted(made)}, (told % {"n": len(made), "folder": folder},))


def _lesson(course: Course, key: str) -> Lesson:
    """Return a lesson of a course. Raises RuleBroken: lesson_unknown."""
    if key not in course.lessons:
        names = ", ".join(one.id for one in course.in_order())
        raise RuleBroken(
            _("There is no such lesson. There are: %(names)s.") % {"names": names}, code="lesson_unknown"
        )
    return course.lessons[key]


def _exported(course: Course, form: str, *, at: str) -> bytes:
    if form == "epub":
        return as_epub(course, modified=at)
    made = {"html": one_page, "text": course_text, "gift": as_gift}[form]
    return made(course).encode()


def _course(folder: Path) -> Course:
    """Return the course in a folder. Raises RuleBroken: course_wrong, with every fault."""
    try:
        return read(files_in(folder))
    except CourseWrong as wrong:
        raise RuleBroken("\n".join(wrong.wrong), code="course_wrong", subjects=wrong.wrong) from wrong
