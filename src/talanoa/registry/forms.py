"""Forms of the registry: search, and what is wrong or missing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.registry.models import Correction


class SearchForm(forms.Form):
    """Words to search for."""

    words = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )


class CorrectionForm(forms.Form):
    """What is wrong or missing, in somebody's words."""

    text = forms.CharField(
        label=_("What is wrong or missing"),
        max_length=Correction.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "With a page on which we can check it, if you know one. Only those who keep the registry read this."
        ),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)


class VisitorCorrectionForm(CorrectionForm):
    """The same from somebody who is not signed in."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("The answer is sent there. It is never shown; the answer stands on a public page too."),
    )


class AnswerForm(forms.Form):
    """What became of a correction, and why."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=Correction.Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("The answer"),
        max_length=Correction.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is shown in public and sent to whoever wrote."),
    )
