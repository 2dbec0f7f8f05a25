"""Forms of the report: its text, the decision, a follow-up note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from talanoa.documents.models import Paragraph
from talanoa.reports.actions import Ruling
from talanoa.reports.models import RecommendationAnswer


class ReportForm(forms.Form):
    """The report in Markdown."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=400_000,
        widget=forms.Textarea({"rows": 28}),
        help_text=_(
            "Markdown. Cite inputs as [#17] and themes as [theme:slug]. "
            "Begin each recommendation as a paragraph: Recommendation 1. …"
        ),
    )


class DecisionForm(forms.Form):
    """One answer with its reason for each recommendation."""

    def __init__(self, *args: Any, asked: Sequence[Paragraph], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [row.number for row in asked]
        for row in asked:
            self.fields[f"answer_{row.number}"] = forms.ChoiceField(
                label=row.text,
                choices=RecommendationAnswer.Answer.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _now("Choose an answer.")},
            )
            self.fields[f"reason_{row.number}"] = forms.CharField(
                label=_now("Recommendation %(n)s: the reason") % {"n": row.number},
                max_length=20_000,
                widget=forms.Textarea({"rows": 3}),
            )

    def rulings(self) -> dict[int, Ruling]:
        """Return the answers by number."""
        said = self.cleaned_data
        return {n: Ruling(said[f"answer_{n}"], said[f"reason_{n}"]) for n in self.numbers}


class FollowUpForm(forms.Form):
    """What became of the decision."""

    text = forms.CharField(label=_("What was done"), max_length=20_000, widget=forms.Textarea({"rows": 4}))
