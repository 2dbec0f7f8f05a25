"""Forms of the expert roster."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib.languages import INPUTS
from talanoa.roster.actions.asking import Wanted
from talanoa.roster.actions.joining import ABOUT_LIMIT, TOPICS_LIMIT, Offered
from talanoa.roster.models import REASON_LIMIT, TEXT_LIMIT, Expert, ExpertRequest

_OFFERED = frozenset(tag for tag, _name in INPUTS)


class RosterFilter(forms.Form):
    """Which part of the roster is shown."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(
        label=_("What they do"),
        required=False,
        choices=[("", _("All")), *ExpertRequest.Kind.choices],
    )

    def __init__(self, *args: Any, spoken: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All")), *spoken]
        for one in self.fields.values():
            one.is_expected = True  # type: ignore[attr-defined]  # “(optional)” says nothing of a filter


class _Languages(forms.Form):
    """Languages: the frequent ones to tick, others by their codes."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=INPUTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    more_languages = forms.CharField(
        label=_("Further languages"),
        required=False,
        max_length=200,
        help_text=_("As codes with blanks between them, such as: tr pt-BR"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].is_expected = True  # type: ignore[attr-defined]  # or one in the next field

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that were named, once the form is valid."""
        more = self.cleaned_data["more_languages"].replace(",", " ").split()
        return (*self.cleaned_data["languages"], *more)


def parted(tags: list[str]) -> dict[str, Any]:
    """Return tags as the two fields for languages hold them."""
    return {
        "languages": [tag for tag in tags if tag in _OFFERED],
        "more_languages": " ".join(tag for tag in tags if tag not in _OFFERED),
    }


class OfferForm(_Languages):
    """What somebody offers on the roster."""

    kind = forms.ChoiceField(label=_("I offer to be"), choices=Expert.Kind.choices, widget=forms.RadioSelect)
    topics = forms.CharField(
        label=_("Topics"),
        required=False,
        max_length=TOPICS_LIMIT,
        help_text=_("In a few words, such as: undersea cables, names of places, training by radio."),
    )
    about = forms.CharField(
        label=_("A sentence about you"),
        required=False,
        max_length=ABOUT_LIMIT,
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ("kind", "languages", "more_languages", "topics", "about")

    @property
    def offered(self) -> Offered:
        """The offer, once the form is valid."""
        told = self.cleaned_data
        return Offered(told["kind"], self.tags, told["topics"], told["about"])


class WantedForm(_Languages):
    """Whom a process asks for."""

    kind = forms.ChoiceField(
        label=_("You need"), choices=ExpertRequest.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What for"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "The task, how much time it takes, and what is paid. Its words are compared with the topics."
        ),
    )
    needed_by = forms.DateField(
        label=_("Needed by"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("A day, such as 2026-11-30."),
    )
    field_order = ("kind", "languages", "more_languages", "text", "needed_by")

    @property
    def wanted(self) -> Wanted:
        """The request, once the form is valid."""
        told = self.cleaned_data
        return Wanted(told["kind"], self.tags, told["text"], told["needed_by"])


class ReplyForm(forms.Form):
    """What somebody who is asked says besides their yes or no."""

    reason = forms.CharField(
        label=_("To decline: your reason"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Those who ask read it. You need not give one."),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may read my reason"),
        required=False,
        help_text=_("It stands on the page of the request, without your name."),
    )
