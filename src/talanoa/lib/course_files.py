"""A course as it stands in its folder: read whole, or refused with every fault as `file:line: what`.

How it is written stands in content/courses/README.md.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from talanoa.lib.courses import Badge, Course, Module, Sheet, Source
from talanoa.lib.fields import Fields, fault, parsed, parsed_rows
from talanoa.lib.item_files import KEY, KEY_SAID, rubric
from talanoa.lib.items import Named, Open, Room
from talanoa.lib.languages import TAG
from talanoa.lib.lessons import Lesson
from talanoa.lib.lessons import read as read_lesson

COURSE, SOURCES, COMPETENCIES = "course.yaml", "sources.yaml", "competencies.yaml"
SIZE_LIMIT = 30_000
CASES = 60
"""So many of 100 items begin with a case."""
WORDS = 2000
LEAST_WORDS, MOST_WORDS = 20, 80
"""So many words have the summary and the why of a course."""
NOT_REVIEWED = "not yet reviewed"
LICENSES = ("CC-BY-4.0",)
_VERSION = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}")
_WEB = re.compile(r'https?://[^\s<>"]{4,500}')


class CourseWrong(ValueError):
    """A course cannot be taken; `wrong` tells each fault as `file:line: what`."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a course by their paths in its folder, which has the name `name`; beside it the competencies."""

    name: str
    data: Mapping[str, bytes]

    def text(self, path: str) -> str:
        """Return a file as text. Raises FileNotFoundError; ValueError where it is too large or no UTF-8."""
        if path not in self.data:
            raise FileNotFoundError(path)
        if len(self.data[path]) > SIZE_LIMIT:
            raise ValueError(f"a file has at most {SIZE_LIMIT} bytes")
        return self.data[path].decode("utf-8")

    def under(self, folder: str, ending: str) -> list[tuple[str, str]]:
        """Return the paths of the files in `folder` that end so, each with its name before that, in order."""
        found = sorted(path for path in self.data if path.startswith(f"{folder}/") and path.endswith(ending))
        return [(path, path.removeprefix(f"{folder}/").removesuffix(ending)) for path in found]

    def digest(self) -> str:
        """Return the SHA-256 over the names and bytes of all files."""
        hashed = hashlib.sha256()
        for path in sorted(self.data):
            hashed.update(f"{path} {len(self.data[path])}\n".encode())
            hashed.update(self.data[path])
        return hashed.hexdigest()


def files_in(folder: Path) -> Files:
    """Return the files in a folder, and the list of competencies beside it. Raises FileNotFoundError without folder."""
    folder = folder.resolve(strict=True)
    paths = [path for path in folder.rglob("*") if path.is_file()]
    data = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    beside = folder.parent / COMPETENCIES
    return Files(folder.name, data | ({COMPETENCIES: beside.read_bytes()} if beside.is_file() else {}))


def read(files: Files) -> Course:
    """Return the course that the files tell. Raises CourseWrong with every fault."""
    wrong: list[str] = []
    made = _read(files, wrong)
    if made is None or wrong:
        raise CourseWrong(sorted(set(wrong), key=_place))
    return made


def competencies(files: Files, wrong: list[str]) -> dict[str, str]:
    """Return the names of all competencies by their codes, with the faults of their file in `wrong`."""
    try:
        rows = parsed_rows(COMPETENCIES, files.text(COMPETENCIES), wrong)
    except FileNotFoundError:
        return {}
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(COMPETENCIES, broken))
        return {}
    return {made.id: made.text for made in map(competency, rows)}


def competency(row: Fields) -> Named:
    """Return what a row of competencies.yaml tells."""
    made = Named(id=row.text("id"), text=row.text("text"))
    row.end()
    return made


def _place(told: str) -> tuple[str, int]:
    name, line, _what = told.split(":", 2)
    return name, int(line)


def _read(files: Files, wrong: list[str]) -> Course | None:
    fields = _opened(files, COURSE, wrong)
    if fields is None:
        return None
    codes = frozenset(competencies(files, wrong))
    lessons = {key: _lesson(files, path, key, wrong, codes) for path, key in files.under("lessons", ".md")}
    sheets = (_sheet(files, path, wrong) for path, _key in files.under("facilitator", ".md"))
    made = Course(
        **head(fields, codes),  # type: ignore[arg-type]
        lessons={key: lesson for key, lesson in lessons.items() if lesson},
        rubrics={
            key: rubric(found)
            for path, key in files.under("rubrics", ".yaml")
            if (found := _opened(files, path, wrong))
        },
        sheets=tuple(sheet for sheet in sheets if sheet),
        sources=_sources(files, wrong),
        sha256=files.digest(),
    )
    fields.end()
    if made.id and made.id != files.name:
        fields.blame("id", "is not the name of the folder")
    _check_modules(fields, made)
    _check_cited(made, wrong)
    _check_items(fields, made, wrong)
    return made


def head(fields: Fields, codes: frozenset[str]) -> dict[str, object]:
    """Return what course.yaml says; `codes` are those of the competencies."""
    return {
        "id": fields.pattern("id", KEY, KEY_SAID),
        "version": fields.pattern("version", _VERSION, "is three numbers such as 1.0.0"),
        "language": fields.pattern("language", TAG, "is no code of a language"),
        "title": fields.text("title", most=80),
        "summary": fields.text("summary", most=WORDS),
        "why": fields.text("why", most=WORDS),
        "hours": fields.whole("hours", least=1, most=100),
        "authors": fields.text("authors"),
        "reviewed": fields.text("reviewed"),
        "license": fields.text("license", among=LICENSES),
        "modules": tuple(map(_module, fields.rows("modules", least=1, most=10))),
        "badge": _badge(fields.part("badge"), codes),
        **_passed(fields.part("passed")),
    }


def _passed(fields: Fields | None) -> dict[str, object]:
    """Return when a course is passed."""
    if fields is None:
        return {"share": 0, "rooms": ()}
    told = {"share": fields.whole("share", least=1, most=100), "rooms": fields.texts("rooms")}
    fields.end()
    return told


def _module(row: Fields) -> Module:
    made = Module(
        id=row.pattern("id", KEY, KEY_SAID),
        title=row.text("title", most=80),
        lessons=row.texts("lessons", required=True),
    )
    row.end()
    return made


def _badge(fields: Fields | None, codes: frozenset[str]) -> Badge:
    if fields is None:
        return Badge("", "", "", ())
    made = Badge(
        id=fields.pattern("id", KEY, KEY_SAID),
        title=fields.text("title", most=80),
        criteria=fields.text("criteria", most=WORDS),
        competencies=fields.texts("competencies", required=True, among=codes),
    )
    fields.end()
    return made


def _lesson(files: Files, path: str, key: str, wrong: list[str], codes: frozenset[str]) -> Lesson | None:
    try:
        made = read_lesson(path, files.text(path), wrong, codes)
    except ValueError as broken:
        wrong.append(fault(path, broken))
        return None
    if made and made.id != key:
        wrong.append(f"{path}:2: id is not the name of the file")
    return made


def _sheet(files: Files, path: str, wrong: list[str]) -> Sheet | None:
    try:
        _before, head, text = files.text(path).split("---\n", 2)
        fields = parsed(path, head, wrong, 1)
    except (yaml.YAMLError, ValueError):
        wrong.append(f"{path}:1: a sheet begins with its fields between two lines of ---")
        return None
    return sheet(fields, text.strip("\n"))


def sheet(fields: Fields, text: str) -> Sheet:
    """Return the sheet that its front matter and its text tell."""
    made = Sheet(
        id=fields.pattern("id", KEY, KEY_SAID),
        title=fields.text("title", most=80),
        minutes=fields.whole("minutes", least=5, most=600),
        text=text,
    )
    fields.end()
    return made


def _sources(files: Files, wrong: list[str]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    try:
        rows = list(parsed_rows(SOURCES, files.text(SOURCES), wrong)) if SOURCES in files.data else []
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(SOURCES, broken))
        return {}
    for row in rows:
        made = source(row)
        if made.id in found:
            row.blame("id", "stands there twice")
        found[made.id] = made
    return found


def source(row: Fields) -> Source:
    """Return what a row of sources.yaml tells."""
    made = Source(
        id=row.pattern("id", KEY, KEY_SAID),
        title=row.text("title", most=300),
        by=row.text("by", most=300),
        year=row.whole("year", least=1900, most=2100),
        url=row.pattern("url", _WEB, "is no https address"),
    )
    row.end()
    return made


def _opened(files: Files, path: str, wrong: list[str]) -> Fields | None:
    try:
        return parsed(path, files.text(path), wrong)
    except FileNotFoundError:
        wrong.append(f"{path}:1: is missing")
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(path, broken))
    return None


def _check_modules(fields: Fields, made: Course) -> None:
    named = Counter(key for module in made.modules for key in module.lessons)
    for key, times in sorted(named.items()):
        if key not in made.lessons:
            fields.blame("modules", f"name {key}, which is no file in lessons/")
        if times > 1:
            fields.blame("modules", f"name {key} twice")
    for key in sorted(made.lessons.keys() - named.keys()):
        fields.blame("modules", f"leave out lessons/{key}.md")


def _check_cited(made: Course, wrong: list[str]) -> None:
    for lesson in made.lessons.values():
        wrong += [
            f"lessons/{lesson.id}.md:1: sources name {key}, which is not in {SOURCES}"
            for key in lesson.sources
            if key not in made.sources
        ]


def _check_items(fields: Fields, made: Course, wrong: list[str]) -> None:
    asked = [(lesson.id, item) for lesson in made.lessons.values() for item in lesson.items]
    times = Counter(item.id for _lesson, item in asked)
    for lesson, item in asked:
        if times[item.id] > 1:
            wrong.append(f"lessons/{lesson}.md:1: the item {item.id} is there twice in the course")
        if isinstance(item, Open) and item.rubric not in made.rubrics:
            wrong.append(f"lessons/{lesson}.md:1: the item {item.id} names no rubric in rubrics/")
        if isinstance(item, Room) and item.scenario not in made.rooms:
            wrong.append(f"lessons/{lesson}.md:1: the item {item.id} names no room that passes the course")
    cases = sum(item.is_case for _lesson, item in asked)
    if asked and 100 * cases < CASES * len(asked):
        fields.blame("id", f"has {cases} items of {len(asked)} that begin with a case; {CASES} of 100 do")
    for name, text in (("summary", made.summary), ("why", made.why)):
        if text and not LEAST_WORDS <= len(text.split()) <= MOST_WORDS:
            fields.blame(name, f"has {len(text.split())} words; it has {LEAST_WORDS} to {MOST_WORDS}")
