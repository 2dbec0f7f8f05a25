"""Forms of publications: what to publish of a process, and why one is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.studies.models import Publication


class PublishForm(forms.Form):
    """What to publish, and under which license."""

    kind = forms.ChoiceField(
        label=_("What to publish"),
        choices=[
            (Publication.Kind.AUDIT.value, _("An audit: was it multistakeholder? To discuss, no grade")),
            (Publication.Kind.DATASET.value, _("A data set: the tables alone, for research")),
        ],
        widget=forms.RadioSelect,
    )
    license = forms.CharField(
        label=_("License of the data"),
        max_length=100,
        required=False,
        help_text=_("For a data set. An identifier such as CC-BY-4.0 or CC0-1.0, or words."),
    )


class WithdrawForm(forms.Form):
    """Why it is withdrawn, and whether the same is published anew, without what was erased since."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=Publication.REASON_LIMIT,
        help_text=_("One line; everybody will read it. Name nobody who asked for removal."),
    )
    again = forms.BooleanField(
        label=_("Publish it anew from what everybody may read today, with new pseudonyms"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again"].initial = True
