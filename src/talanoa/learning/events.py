"""What of learning stands on the record: that a run was opened, and that somebody passed; never who learns what."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Event


@dataclass(frozen=True)
class CoursePassed(Event):
    """Somebody passed a course. `sha256` is over the files of the course as they learned it."""

    kind: ClassVar[str] = "course.passed.1"
    told: ClassVar[Promise] = _("Somebody passed the course %(course)s, version %(version)s.")
    course: str
    version: str
    sha256: str
