"""The forms of archives: a search in one, a list that is followed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.archives.models import Archive
from talanoa.lib.searchwords import LENGTH_LIMIT


class SearchForm(forms.Form):
    """Words to search for, and below which message to go on."""

    words = forms.CharField(
        label=_("Words"), max_length=LENGTH_LIMIT, required=False, widget=forms.TextInput({"type": "search"})
    )
    before = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)


class FollowForm(forms.Form):
    """The List-Id of a list whose mail is to flow into an archive."""

    list_id = forms.CharField(
        label=_("List-Id"),
        max_length=300,
        help_text=_("As it stands in the header of each of its mails, such as talk.lists.example.org."),
    )


class NewFollowForm(FollowForm):
    """The same, with what the archive is called that is made for it."""

    name = forms.SlugField(
        label=_("Name"),
        max_length=Archive.NAME_LIMIT,
        help_text=_("For addresses and commands: small letters, digits and hyphens, such as kictanet."),
    )
    title = forms.CharField(label=_("Title"), max_length=Archive.LINE_LIMIT)
    source = forms.CharField(
        label=_("Source"),
        max_length=Archive.LINE_LIMIT,
        required=False,
        help_text=_("Where the list is found."),
    )
    license = forms.CharField(
        label=_("License or permission"),
        max_length=Archive.LINE_LIMIT,
        required=False,
        help_text=_("Under which others may read it; needed to release it."),
    )
