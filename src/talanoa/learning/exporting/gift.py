"""The items of a course in GIFT, the question format that other learning platforms read."""

import re
from collections.abc import Iterator
from functools import singledispatch

from talanoa.lib.answer_lines import numbered_targets
from talanoa.lib.courses import Course
from talanoa.lib.items import Choosing, Item, Number, Ordering, Short, Sorting, TextEdit

_SPECIAL = re.compile(r"([~=#{}:\\])")
LOSSY = {
    "order": "each step is matched with its place",
    "classify": "each thing is matched with its class",
    "textedit": "is an essay: its checks are lost",
    "open": "is an essay: its rubric is lost",
    "room": "is an essay that says what to play",
}
"""What is lost, by the kind of item."""


def as_gift(course: Course) -> str:
    """Return every item of a course; before each the category of its lesson, and what of it is lost."""
    made = [f"// {course.title} {course.version}, {course.license}"]
    for lesson in course.in_order():
        made.append(f"$CATEGORY: {_plain(course.title)}/{_plain(lesson.title)}")
        made += [_question(item) for item in lesson.items]
    return "\n\n".join(made) + "\n"


def lossy(course: Course) -> list[str]:
    """Return what GIFT cannot say, as `lesson, item: what is lost`."""
    return [
        f"{lesson.id}, {item.id}: {LOSSY[item.kind]}"
        for lesson in course.in_order()
        for item in lesson.items
        if item.kind in LOSSY
    ]


def _question(item: Item) -> str:
    answers = "\n".join(f"\t{line}" for line in _answers(item))
    body = f"{{\n{answers}\n}}" if answers else "{}"
    start = f"\n\n{item.start}" if isinstance(item, TextEdit) else ""
    return f"::{_escaped(item.id)}::[markdown]{_escaped(item.prompt + start)} {body}"


@singledispatch
def _answers(item: Item) -> Iterator[str]:  # noqa: ARG001 - the kinds of items below use it
    """Yield the lines of the answers; none for an essay."""
    yield from ()


@_answers.register
def _(item: Choosing) -> Iterator[str]:
    right = sum(row.is_right for row in item.options)
    wrong = len(item.options) - right
    for row in item.options:
        if item.kind == "choice":
            mark = "=" if row.is_right else "~"
        else:
            mark = f"~%{_percent(right)}%" if row.is_right else f"~%-{_percent(wrong)}%"
        yield f"{mark}{_escaped(row.text)}" + (f"#{_escaped(row.why)}" if row.why else "")


@_answers.register
def _(item: Ordering) -> Iterator[str]:
    for place, step in enumerate(item.steps, start=1):
        yield f"={_escaped(step.text)} -> {place}"


@_answers.register
def _(item: Sorting) -> Iterator[str]:
    targets = {row.id: row.text for row in numbered_targets(item).values()}
    for thing in item.things:
        yield f"={_escaped(thing.text)} -> {_escaped(targets[thing.target])}"


@_answers.register
def _(item: Short) -> Iterator[str]:
    for answer in item.answers:
        yield f"={_escaped(answer)}"


@_answers.register
def _(item: Number) -> Iterator[str]:
    yield f"#{item.answer:f}:{item.tolerance:f}"


def _percent(parts: int) -> str:
    """Return a share of 100 percent as other platforms know it: with up to five digits after the point."""
    return f"{100 / parts:.5f}".rstrip("0").rstrip(".") if parts else "0"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _plain(text: str) -> str:
    return text.replace("/", "-")
