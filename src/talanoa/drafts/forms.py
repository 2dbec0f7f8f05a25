"""The forms of drafts: write one, speak about a paragraph, say what became of what was said."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.forms import VisitorForm
from talanoa.documents.actions import LIMIT
from talanoa.drafts.actions.writing import TITLE_LIMIT
from talanoa.drafts.models import Disposition, Need
from talanoa.drafts.models.remarks import QUOTE_LIMIT, TEXT_LIMIT

Parts = tuple[tuple[Any, tuple[str, ...]], ...]
SUMMARY_LIMIT = 200
_REVISIONS = 1_000_000


class _InParts(forms.Form):
    """A form whose fields stand under headings."""

    parts: Parts = ()

    @property
    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        """The visible fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.parts]


class CommentForm(_InParts):
    """A comment of somebody who is signed in; `read` is the revision that they had before them."""

    text = forms.CharField(label=_("Your comment"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 6}))
    quote = forms.CharField(
        label=_("The words that you mean"),
        max_length=QUOTE_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Copy them from above. Leave it empty if you mean all of it."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_REVISIONS)
    parts: Parts = ((None, ("text", "quote")),)


class VisitorCommentForm(VisitorForm, CommentForm):
    """A comment of somebody who is not signed in: held until the address is confirmed."""

    parts: Parts = ((_("Your words"), ("text", "quote")), (_("About you"), VisitorForm.ABOUT))


class SuggestForm(_InParts):
    """Other words for one paragraph, by somebody who is signed in."""

    replacement = forms.CharField(
        label=_("The paragraph as it should read"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 8})
    )
    text = forms.CharField(
        label=_("Why"),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What gets better by it. Those who decide read it first."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_REVISIONS)
    parts: Parts = ((None, ("replacement", "text")),)


class VisitorSuggestForm(VisitorForm, SuggestForm):
    """The same by somebody who is not signed in."""

    parts: Parts = ((_("Your words"), ("replacement", "text")), (_("About you"), VisitorForm.ABOUT))


class NeedForm(forms.Form):
    """What somebody says of a suggestion."""

    degree = forms.ChoiceField(choices=[*Need.Degree.choices, (Need.NEITHER, Need.NEITHER)])


class BeginForm(forms.Form):
    """The first revision of a draft."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    text = forms.CharField(
        label=_("The text, in Markdown"),
        max_length=LIMIT,
        widget=forms.Textarea({"rows": 24}),
        help_text=_(
            "A blank line parts paragraphs; each gets a number. A recommendation begins with: Recommendation 1."
        ),
    )


class ImportForm(forms.Form):
    """A document whose text is to become a draft."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "Word (docx), OpenDocument (odt), Markdown or plain text as RFCs are written, up to 10 MB."
        ),
    )


class ReviseForm(forms.Form):
    """A later revision; `based_on` is the number of the one that is changed."""

    text = forms.CharField(
        label=_("The text, in Markdown"), max_length=LIMIT, widget=forms.Textarea({"rows": 24})
    )
    summary = forms.CharField(label=_("What changes, in one line"), max_length=SUMMARY_LIMIT, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_REVISIONS)


class DisposeForm(forms.Form):
    """What became of one or several comments, and why; `numbers` are theirs, such as `4-6,9`."""

    status = forms.ChoiceField(
        label=_("What became of it"), choices=Disposition.Status.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=Disposition.REASON_LIMIT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Each author gets it by mail, and everybody can read it."),
    )
    revision = forms.TypedChoiceField(
        label=_("The revision whose change they caused"), required=False, coerce=int
    )
    paragraph = forms.IntegerField(
        label=_("The number of its paragraph"), required=False, min_value=1, max_value=_REVISIONS
    )
    numbers = forms.CharField(widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, revisions: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["revision"]
        assert isinstance(chosen, forms.TypedChoiceField)  # noqa: S101 - declared above
        numbers = range(revisions, max(1, revisions - 50), -1)
        chosen.choices = [("", _("none")), *((n, _("Revision %(n)s") % {"n": n}) for n in numbers)]


class DecideForm(forms.Form):
    """The decision on a suggestion; `seen` is the revision in which its paragraph was looked at."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("accept", _("Accept: publish a revision with these words")),
            ("reject", _("Do not accept")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=Disposition.REASON_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "You must say why you do not accept it. Its author gets it by mail, and everybody can read it."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=_REVISIONS)
