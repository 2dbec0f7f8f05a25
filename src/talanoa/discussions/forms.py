"""The forms by which one says something in a discussion, and the one of a summary."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.forms import VisitorForm
from talanoa.discussions.models import Message, Summary

Parts = tuple[tuple[Any, tuple[str, ...]], ...]


class SayForm(forms.Form):
    """A message of somebody who is signed in."""

    subject = forms.CharField(
        label=_("Subject"), max_length=Message.SUBJECT_LIMIT, help_text=_("What it is about, in one line.")
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=Message.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("Numbers such as #17 become links to what they name."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    parts: Parts = ((None, ("subject", "text")),)

    def __init__(self, *args: Any, is_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_answer:  # it takes the subject of what it answers
            del self.fields["subject"]

    @property
    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        """The visible fields under their headings."""
        return [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.parts
        ]


class VisitorSayForm(VisitorForm, SayForm):
    """A message of somebody who is not signed in: held until the address is confirmed."""

    parts: Parts = (
        (_("Your words"), ("subject", "text")),
        (_("About you"), VisitorForm.ABOUT),
    )


class SummaryForm(forms.Form):
    """A summary that is pinned to a thread."""

    text = forms.CharField(
        label=_("The summary"),
        max_length=Summary.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "What was said, where people agree and where not, in words that all of them would accept."
        ),
    )
