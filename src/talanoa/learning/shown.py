"""An item as people see it, in whatever form: its number, what can be chosen, how to answer, what is right and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.lib.answer_lines import lettered, numbered_targets
from talanoa.lib.courses import Course
from talanoa.lib.items import Choosing, Item, Number, Open, Ordering, Short, Sorting, TextEdit
from talanoa.lib.lessons import Block, Lesson

HIDDEN = "facilitator"
HOW = {
    "choice": gettext_lazy("One letter, such as “%(n)sa”."),
    "multi": gettext_lazy("Every right letter, such as “%(n)sac”."),
    "order": gettext_lazy("The letters in order, such as “%(n)sbac”."),
    "match": gettext_lazy("For each letter the number of what it belongs to, such as “%(n)s a2 b1”."),
    "classify": gettext_lazy("For each letter the number of where it belongs, such as “%(n)s a2 b1”."),
    "short": gettext_lazy("A word or two, after “%(n)s:”."),
    "number": gettext_lazy("A number, such as “%(n)s: 12”."),
    "textedit": gettext_lazy("The text as you would write it, after “%(n)s:”."),
    "open": gettext_lazy("Your own words, after “%(n)s:”."),
    "room": gettext_lazy("Play it on the site or by mail, to the debrief."),
}
"""How an item is answered where people write their answers on a line."""
BLOCK_TITLES = {
    "story": gettext_lazy("A case"),
    "keypoints": gettext_lazy("What to remember"),
    "reflect": gettext_lazy("For yourself"),
    "live": gettext_lazy("Where to do it"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with its number in the lesson; `rows` and `targets` are (mark, text), `right` is told afterwards."""

    number: int
    item: Item
    rows: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    criteria: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def how(self) -> str:
        """How it is answered on a line."""
        return HOW[self.item.kind] % {"n": self.number}

    @property
    def start(self) -> str:
        """The text that is to be mended, where there is one."""
        return self.item.start if isinstance(self.item, TextEdit) else ""


def shown(course: Course, item: Item, number: int) -> Shown:
    """Return an item of a course as people see it."""
    targets = numbered_targets(item) if isinstance(item, Sorting) else {}
    rubric = course.rubrics.get(item.rubric) if isinstance(item, Open) else None
    return Shown(
        number=number,
        item=item,
        rows=tuple((letter, row.text) for letter, row in lettered(item).items()),
        targets=tuple((str(place), row.text) for place, row in targets.items()),
        criteria=tuple(row.text for row in rubric.criteria) if rubric else (),
        right=tuple(_right(item)),
    )


def blocks(course: Course, lesson: Lesson, *, by_mail: bool = False) -> Iterator[tuple[Block, Shown | None]]:
    """Yield what a learner sees of a lesson, items with their numbers; by mail, `mail` stands for what is above it."""
    seen = [block for block in lesson.blocks if block.kind != HIDDEN]
    number = 0
    for block, follows in zip(seen, [*seen[1:], None], strict=True):
        number += block.item is not None
        is_replaced = by_mail and follows is not None and follows.kind == "mail"
        if not is_replaced and (by_mail or block.kind != "mail"):
            yield block, shown(course, block.item, number) if block.item else None


@singledispatch
def _right(item: Item) -> Iterator[str]:  # noqa: ARG001 - the kinds of items below use it
    """Yield what is right and why; nothing for what people judge."""
    yield from ()


@_right.register
def _right_options(item: Choosing) -> Iterator[str]:
    for letter, row in zip(lettered(item), item.options, strict=True):
        told = _("%(mark)s) is right.") if row.is_right else _("%(mark)s) is not right.")
        yield f"{told % {'mark': letter}} {row.why}".strip()


@_right.register
def _right_order(item: Ordering) -> Iterator[str]:
    letters = {row.id: letter for letter, row in lettered(item).items()}
    yield _("In this order: %(letters)s") % {"letters": ", ".join(letters[step.id] for step in item.steps)}
    yield item.why


@_right.register
def _right_places(item: Sorting) -> Iterator[str]:
    places = {row.id: place for place, row in numbered_targets(item).items()}
    for letter, thing in zip(lettered(item), item.things, strict=True):
        yield f"{letter}{places[thing.target]}. {thing.why}"


@_right.register
def _right_words(item: Short) -> Iterator[str]:
    yield " / ".join(item.answers)
    yield item.why


@_right.register
def _right_number(item: Number) -> Iterator[str]:
    yield f"{item.answer:f} {item.unit}".strip()
    yield item.why


@_right.register
def _right_checks(item: TextEdit) -> Iterator[str]:
    for check in item.checks:
        yield check.why
