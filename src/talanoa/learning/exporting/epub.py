"""A course as EPUB 3: a book for readers without a line. The same course gives the same bytes.

Source: EPUB 3.3 (W3C), sections 4 and 5.
"""

from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from talanoa.learning.exporting.pages import (
    answers_part,
    answers_title,
    front_part,
    lesson_part,
    page,
)
from talanoa.lib.courses import Course

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP can name: a file has no time of its own."""
ANSWERS = "answers.xhtml"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def as_epub(course: Course, *, modified: str) -> bytes:
    """Return the book; `modified` is when this version was made, such as `2026-11-26T00:00:00Z`."""
    pages = {"front": ("front.xhtml", course.title)}
    pages |= {lesson.id: (f"{lesson.id}.xhtml", lesson.title) for lesson in course.in_order()}
    pages["answers"] = (ANSWERS, answers_title())
    context = {
        "course": course,
        "pages": [(f"page-{key}", name, title) for key, (name, title) in pages.items()],
        "uuid": uuid5(NAMESPACE_URL, f"{course.id} {course.sha256}"),
        "modified": modified,
    }
    files = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": render_to_string("learning/export/content.opf", context),
        "OEBPS/nav.xhtml": render_to_string("learning/export/nav.xhtml", context),
        "OEBPS/front.xhtml": page(
            course, course.title, front_part(course, prefix="", suffix=".xhtml", answers=ANSWERS)
        ),
        f"OEBPS/{ANSWERS}": page(course, answers_title(), answers_part(course, in_files=True)),
    }
    for lesson in course.in_order():
        body = lesson_part(course, lesson, answers=ANSWERS)
        files[f"OEBPS/{lesson.id}.xhtml"] = page(course, lesson.title, body)
    return _packed(files)


def _packed(files: dict[str, str]) -> bytes:
    """Return a ZIP whose first file, not compressed, says that it is a book."""
    made = BytesIO()
    with ZipFile(made, "w") as book:
        book.writestr(ZipInfo("mimetype", _DAY), "application/epub+zip", ZIP_STORED)
        for name, text in files.items():
            book.writestr(ZipInfo(name, _DAY), text.encode(), ZIP_DEFLATED)
    return made.getvalue()
