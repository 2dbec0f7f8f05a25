"""The items of a lesson as a form that needs no script; what it is sent becomes answers as they come by mail."""

from functools import singledispatch
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from talanoa.lib.answer_lines import lettered, numbered_targets
from talanoa.lib.items import Answer, Choosing, Item, Number, Ordering, Room, Short, Sorting, TextEdit
from talanoa.lib.lessons import Lesson

LONGEST = 20_000


class LessonForm(forms.Form):
    """One field or more for each item; nothing is required, since one may answer one question at a time."""

    use_required_attribute = False

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.id: item for item in lesson.items}
        for item in lesson.items:
            for name, field in _fields(item).items():
                field.required, field.is_expected = False, True  # type: ignore[attr-defined]
                self.fields[name] = field

    def of(self, item: Item) -> list[forms.BoundField]:
        """Return the fields of an item, in order."""
        return [self[name] for name in self.fields if name.partition("__")[0] == item.id]

    def answers(self) -> dict[str, Answer]:
        """Return what was answered, by the ids of the items."""
        found = {key: _answer(item, self.cleaned_data) for key, item in self.items.items()}
        return {key: answer for key, answer in found.items() if answer}

    def clean(self) -> dict[str, Any]:
        """Refuse an order in which two steps have one place."""
        for item in self.items.values():
            if isinstance(item, Ordering):
                names = [f"{item.id}__{step.id}" for step in item.steps]
                places = [self.cleaned_data.get(name) for name in names]
                given = [place for place in places if place]
                if given and sorted(given) != [str(n + 1) for n in range(len(names))]:
                    self.add_error(names[0], _("Give each step a place of its own, from 1 on."))
        return self.cleaned_data


@singledispatch
def _fields(item: Item) -> dict[str, forms.Field]:
    """Return the fields of an item by their names: a text, unless its kind is one of those below."""
    return {
        item.id: forms.CharField(label=item.prompt, max_length=LONGEST, widget=forms.Textarea({"rows": 6}))
    }


@_fields.register
def _no_field(item: Room) -> dict[str, forms.Field]:  # noqa: ARG001 - a room is played, not answered
    return {}


@_fields.register
def _choices(item: Choosing) -> dict[str, forms.Field]:
    choices = [(row.id, row.text) for row in item.options]
    if item.kind == "multi":
        several = forms.MultipleChoiceField(
            label=item.prompt, choices=choices, widget=forms.CheckboxSelectMultiple
        )
        return {item.id: several}
    return {item.id: forms.ChoiceField(label=item.prompt, choices=choices, widget=forms.RadioSelect)}


@_fields.register
def _places(item: Ordering) -> dict[str, forms.Field]:
    places = [("", "–"), *((str(n + 1), str(n + 1)) for n in range(len(item.steps)))]
    return {
        f"{item.id}__{step.id}": forms.ChoiceField(label=step.text, choices=places)
        for step in lettered(item).values()
    }


@_fields.register
def _targets(item: Sorting) -> dict[str, forms.Field]:
    targets = [("", "–"), *((row.id, row.text) for row in numbered_targets(item).values())]
    return {
        f"{item.id}__{thing.id}": forms.ChoiceField(label=thing.text, choices=targets)
        for thing in item.things
    }


@_fields.register
def _words(item: Short) -> dict[str, forms.Field]:
    return {item.id: forms.CharField(label=item.prompt, max_length=200)}


@_fields.register
def _figure(item: Number) -> dict[str, forms.Field]:
    label = f"{item.prompt} ({item.unit})" if item.unit else item.prompt
    return {item.id: forms.CharField(label=label, max_length=40)}


@_fields.register
def _text(item: TextEdit) -> dict[str, forms.Field]:
    rows = item.start.count("\n") + 6
    text = forms.CharField(
        label=item.prompt, max_length=LONGEST, initial=item.start, widget=forms.Textarea({"rows": rows})
    )
    return {item.id: text}


def _answer(item: Item, given: dict[str, Any]) -> Answer:
    """Return what was answered to an item; empty where nothing was."""
    parts = {name.partition("__")[2]: given.get(name) for name in given if name.partition("__")[0] == item.id}
    if isinstance(item, Ordering):
        placed = {int(place): key for key, place in parts.items() if place}
        return tuple(placed[place] for place in sorted(placed)) if len(placed) == len(item.steps) else ()
    if isinstance(item, Sorting):
        return {key: str(target) for key, target in parts.items() if target}
    told = given.get(item.id)
    return tuple(told) if isinstance(told, list) else str(told or "")
