"""A course: its modules, its badge, and all that stands in its folder. Pure data; lib.course_files reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from talanoa.lib.items import Rubric
from talanoa.lib.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Module:
    """Lessons that belong together, by their ids."""

    id: str
    title: str
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """What whoever passes can show."""

    id: str
    title: str
    criteria: str
    competencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page for whoever teaches, in Markdown; `minutes` is how long the session takes."""

    id: str
    title: str
    minutes: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a lesson cites."""

    id: str
    title: str
    by: str
    year: int
    url: str


@dataclass(frozen=True, slots=True)
class Course:
    """A course. `share` is what percent of the points passes it, `rooms` which scenarios are played to the debrief.

    `sha256` is that of all its files: whoever learns, learns with these.
    """

    id: str
    version: str
    language: str
    title: str
    summary: str
    why: str
    hours: int
    authors: str
    reviewed: str
    license: str
    modules: tuple[Module, ...]
    share: int
    rooms: tuple[str, ...]
    badge: Badge
    lessons: Mapping[str, Lesson]
    rubrics: Mapping[str, Rubric]
    sheets: tuple[Sheet, ...]
    sources: Mapping[str, Source]
    sha256: str

    def in_order(self) -> tuple[Lesson, ...]:
        """Return the lessons as the modules have them."""
        return tuple(self.lessons[key] for module in self.modules for key in module.lessons)
