"""Forms of the issue desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.forms import VisitorForm
from talanoa.contributions.models import Contribution
from talanoa.desk.actions.answering import Said
from talanoa.desk.models import TEXT_LIMIT, Answer
from talanoa.inputs.forms import Parts, PublicationField, Sections
from talanoa.processes.models import Process
from talanoa.registry.models import Body

OUTCOMES = {
    Answer.Outcome.CONVENE: _("Begin the process first, as a draft at least, and choose it below."),
    Answer.Outcome.REFER: _("Choose the body below. It is written to where its public address is known."),
    Answer.Outcome.EXPERTISE: _("Say in the reason what is offered, and by whom."),
    Answer.Outcome.DECLINE: _("Say in the reason why, and where else it could go."),
}


class IssueForm(forms.Form):
    """An issue by somebody who is signed in."""

    title = forms.CharField(label=_("The issue in one line"), max_length=200)
    text = forms.CharField(
        label=_("What should be worked on, and why"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Who is concerned, what goes wrong today, and who you think could change it."),
    )
    publication = PublicationField(
        label=_("How may we show it?"), named=_("With my name"), unnamed=_("Without my name")
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    parts: Parts = ((None, ("title", "text", "publication")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["publication"]
        field.descriptions = field.descriptions | {  # type: ignore[attr-defined]
            Contribution.Publication.PRIVATE: _(
                "Only the issue desk reads it. Its number, its clock and what follows from it are public all the same."
            )
        }

    @property
    def sections(self) -> Sections:
        """The visible fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.parts]


class VisitorIssueForm(VisitorForm, IssueForm):
    """An issue by somebody who is not signed in: it waits until the address is confirmed."""

    parts: Parts = (
        (_("The issue"), ("title", "text", "publication")),
        (_("About you"), VisitorForm.ABOUT),
    )


class AnswerForm(forms.Form):
    """What follows from an issue, and why."""

    outcome = forms.ChoiceField(
        label=_("What follows"), choices=Answer.Outcome.choices, widget=forms.RadioSelect
    )
    process = forms.ModelChoiceField(
        label=_("To convene: the process"),
        queryset=Process.objects.none(),
        to_field_name="key",
        required=False,
    )
    body = forms.ModelChoiceField(
        label=_("To refer: the body"),
        queryset=Body.objects.none(),
        to_field_name="key",
        required=False,
    )
    reason = forms.CharField(
        label=_("The reason"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "It is shown in public and sent to who brought the issue, and to the body it is referred to."
        ),
    )

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].descriptions = OUTCOMES  # type: ignore[attr-defined]
        for name, rows in (("process", processes), ("body", Body.objects.filter(is_listed=True))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset, field.empty_label = rows, "—"
            field.is_expected = True  # type: ignore[attr-defined]  # one of the two may be needed

    @property
    def said(self) -> Said:
        """The answer, once the form is valid."""
        told = self.cleaned_data
        process, body = told["process"], told["body"]
        return Said(
            outcome=told["outcome"],
            reason=told["reason"],
            process=process.key if process else "",
            body=body.key if body else "",
        )


class WordsForm(forms.Form):
    """What somebody says to an answer."""

    text = forms.CharField(label=_("In words"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 6}))
