"""What the host fills in: a decision to carry out, news, a correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib.languages import INPUTS
from talanoa.place.models import NewsVersion
from talanoa.processes.models import Default, Process
from talanoa.processes.models.defaults import LONGEST


class DefaultForm(forms.Form):
    """Which default gets which days, and where that was decided."""

    default = forms.ChoiceField(label=_("Default"), choices=Default.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=LONGEST)
    decided = forms.ModelChoiceField(
        label=_("Decided in"), queryset=Process.objects.none(), empty_label=_("Choose a process")
    )
    recommendation = forms.IntegerField(
        label=_("Recommendation"),
        min_value=1,
        help_text=_("Its number. It must be accepted, and say for example: Default appeal: 35 days."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decided = Process.objects.visible_to(None).filter(report__decided_at__isnull=False)
        self.fields["decided"].queryset = decided.order_by("key")  # type: ignore[attr-defined]


class NewsForm(forms.Form):
    """News: a title, words, their language."""

    title = forms.CharField(label=_("Title"), max_length=NewsVersion.TITLE_LIMIT)
    text = forms.CharField(
        label=_("Text"),
        max_length=NewsVersion.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("Markdown. It is public at once. It can be corrected, and every version stays."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=INPUTS, initial="en")


class CorrectionForm(NewsForm):
    """News said anew, and what was wrong before; the language stays."""

    language = None  # type: ignore[assignment]
    correction = forms.CharField(
        label=_("What was wrong"),
        max_length=NewsVersion.TITLE_LIMIT,
        help_text=_("In one line. It stands above the news."),
    )
