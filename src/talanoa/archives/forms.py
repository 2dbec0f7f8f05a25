"""The form of a search in an archive."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib.searchwords import LENGTH_LIMIT


class SearchForm(forms.Form):
    """Words to search for, and below which message to go on."""

    words = forms.CharField(
        label=_("Words"), max_length=LENGTH_LIMIT, required=False, widget=forms.TextInput({"type": "search"})
    )
    before = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)
