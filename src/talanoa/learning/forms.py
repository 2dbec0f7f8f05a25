"""The items of a lesson as a form that needs no script; what it is sent becomes answers as they come by mail."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import singledispatch
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.learning.models.runs import MOST_DAYS
from talanoa.lib.answer_lines import lettered, numbered_targets
from talanoa.lib.courses import Course
from talanoa.lib.grading import BY_ONESELF
from talanoa.lib.items import Answer, Choosing, Item, Number, Ordering, Room, Rubric, Short, Sorting, TextEdit
from talanoa.lib.lessons import Lesson
from talanoa.people.models import Person
from talanoa.people.queries import person_at

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


class CodeForm(forms.Form):
    """The code of a class."""

    code = forms.CharField(label=gettext_lazy("Code of the class"), max_length=40)


class PauseForm(forms.Form):
    """How long no lesson comes."""

    days = forms.IntegerField(
        label=gettext_lazy("Days without lessons"), min_value=0, max_value=365, initial=14
    )


class JudgeForm(forms.Form):
    """A level for each criterion of a rubric, and a sentence; one's own judgment needs none."""

    use_required_attribute = False

    def __init__(self, *args: Any, rubric: Rubric | None, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = rubric.criteria if rubric else ()
        for row in self.criteria:
            levels = list(enumerate(row.levels))[: BY_ONESELF + 1 if is_own else None]
            self.fields[row.id] = forms.TypedChoiceField(
                label=row.text, choices=levels, coerce=int, widget=forms.RadioSelect
            )
        self.fields["comment"] = forms.CharField(
            label=gettext_lazy("A note to yourself") if is_own else gettext_lazy("A sentence to the author"),
            required=not is_own,
            max_length=2000,
            widget=forms.Textarea({"rows": 4}),
        )

    def levels(self) -> dict[str, int]:
        """Return the levels by the ids of their criteria."""
        return {row.id: self.cleaned_data[row.id] for row in self.criteria}


class RunForm(forms.Form):
    """A class: its course, its name, its first day, its pace, and who teaches."""

    course = forms.ChoiceField(label=gettext_lazy("Course"))
    title = forms.CharField(label=gettext_lazy("Name of the class"), max_length=200)
    starts_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("Days from one lesson to the next"), min_value=0, max_value=MOST_DAYS, initial=2
    )
    teachers = forms.CharField(
        label=gettext_lazy("Mail addresses of the facilitators"),
        help_text=gettext_lazy("One on each line. They must have written or signed in here before."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, courses: Mapping[str, Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [(key, made.title) for key, made in courses.items()]  # type: ignore[attr-defined]

    def clean_teachers(self) -> list[Person]:
        """Return the people at these addresses, or say which of them nobody here has."""
        addresses = self.cleaned_data["teachers"].split()
        found = {address: person_at(address) for address in addresses}
        unknown = [address for address, person in found.items() if person is None]
        if unknown:
            raise forms.ValidationError(
                _("Nobody here has the address %(addresses)s.") % {"addresses": ", ".join(unknown)}
            )
        return [person for person in found.values() if person]

    def facts(self) -> dict[str, Any]:
        """Return what the act takes; a day begins at midnight UTC."""
        said = self.cleaned_data
        starts_at = datetime.combine(said["starts_on"], time(), UTC)
        told = {name: said[name] for name in ("course", "title", "every_days")}
        return told | {"starts_at": starts_at, "facilitators": said["teachers"]}
