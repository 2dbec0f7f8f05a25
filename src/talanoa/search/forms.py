"""The form of the search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib.searchwords import LENGTH_LIMIT
from talanoa.people.models import Person
from talanoa.processes.models import Process

KIND_NAMES = {
    "body": _("Bodies"),
    "report": _("Reports"),
    "response": _("Answers"),
    "input": _("Inputs"),
    "archived": _("Messages of other lists"),
}


class SearchForm(forms.Form):
    """Words to search for, and where."""

    words = forms.CharField(
        label=_("Words"),
        max_length=LENGTH_LIMIT,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *KIND_NAMES.items()]
    )
    process = forms.ModelChoiceField(
        Process.objects.none(),
        to_field_name="key",
        label=_("Process"),
        required=False,
        empty_label=_("Everywhere"),
    )

    def __init__(self, *given: object, person: Person | None) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["process"].queryset = Process.objects.visible_to(person).order_by("key")  # type: ignore[attr-defined]
