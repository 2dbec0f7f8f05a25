"""A lesson as a plain-text mail: complete in itself, to be answered by numbers and letters."""

from collections.abc import Iterator
from textwrap import wrap

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talanoa.learning.shown import BLOCK_TITLES, Shown, blocks
from talanoa.lib.courses import Course
from talanoa.lib.exporting.plain import WIDTH, as_plain
from talanoa.lib.lessons import Lesson


def lesson_text(course: Course, lesson: Lesson) -> str:
    """Return a lesson as its mail has it; lines of 72 characters."""
    order = course.in_order()
    place = {"n": order.index(lesson) + 1, "total": len(order), "course": course.title}
    minutes = ngettext("About %(n)s minute.", "About %(n)s minutes.", lesson.minutes) % {"n": lesson.minutes}
    head = [_("%(course)s, lesson %(n)s of %(total)s") % place, lesson.title, minutes]
    told = [as_plain("\n\n".join(head)), *_parts(course, lesson)]
    return "\n".join(part.strip("\n") + "\n" for part in told if part.strip())


def course_text(course: Course) -> str:
    """Return all lessons of a course, one after the other."""
    return f"\n{'=' * 72}\n\n".join(lesson_text(course, lesson) for lesson in course.in_order())


def _parts(course: Course, lesson: Lesson) -> Iterator[str]:
    for block, item in blocks(course, lesson, by_mail=True):
        if item:
            yield item_text(item)
            continue
        title = BLOCK_TITLES.get(block.kind)
        yield as_plain(f"## {title}\n\n{block.text}" if title else block.text)


def item_text(item: Shown) -> str:
    """Return an item as a mail has it."""
    lines = _wrapped(item.item.prompt, f"Q{item.number}. ", "")
    if item.rows or item.start or item.criteria:
        lines.append("")
    for mark, text in item.rows:
        lines += _wrapped(text, f"  {mark}) ")
    if item.targets:
        lines.append("")
    for mark, text in item.targets:
        lines += _wrapped(text, f"  {mark}) ")
    for line in item.start.splitlines():
        lines += _wrapped(line, "    ") or [""]
    for text in item.criteria:
        lines += _wrapped(text, "  - ")
    if item.item.hint:
        lines += ["", *_wrapped(_("A hint: %(hint)s") % {"hint": item.item.hint})]
    return "\n".join([*lines, "", *_wrapped(item.how)])


def _wrapped(text: str, mark: str = "", hang: str | None = None) -> list[str]:
    """Return a text as lines behind a mark; further lines begin with `hang`, or with as many spaces as the mark has."""
    after = " " * len(mark) if hang is None else hang
    return wrap(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )
