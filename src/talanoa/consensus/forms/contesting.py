"""Forms by which an outcome is contested, and those of a panel."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.contestable import Contestable
from talanoa.consensus.letters.contesting import act_name, part_name
from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import Argument, Challenge, Designation, Opinion, PanelDraw
from talanoa.contributions.conduct import WORDS_LIMIT
from talanoa.contributions.models import Appeal
from talanoa.lib.draws import METHODS

FOUND = {
    Appeal.Outcome.UPHELD.value: _("What was done stands"),
    Appeal.Outcome.OVERTURNED.value: _("It is overturned"),
}
FIELDS = 5
"""So many fields for arguments a page has; more can be sent by mail."""


class ChallengeForm(forms.Form):
    """What the chair found that is wrong, and why."""

    recommendation = forms.TypedChoiceField(
        label=_("What the chair found"), coerce=int, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Why it is wrong"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What was argued, and was not weighed? Everybody can read it, with the answer."),
    )

    def __init__(self, *args: Any, designations: Iterable[Designation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (row.recommendation, f"{part_name(row.recommendation)}: {LEVEL_NAMES[row.level]}")
            for row in designations
        ]
        self.fields["recommendation"].choices = choices  # type: ignore[attr-defined]


class ChallengeAnswerForm(forms.Form):
    """The chair's answer to a challenge."""

    outcome = forms.ChoiceField(
        label=_("Answer"), choices=Challenge.Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Your reasons"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Answer each argument. Everybody can read it, and it can be appealed."),
    )


class AppealForm(forms.Form):
    """Against which act somebody appeals, and the arguments one by one."""

    entry = forms.TypedChoiceField(label=_("Against what"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, acts: Iterable[Contestable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(act.entry.index, act_name(act)) for act in acts]
        self.fields["entry"].choices = choices  # type: ignore[attr-defined]
        for number in range(1, FIELDS + 1):
            self.fields[f"argument_{number}"] = forms.CharField(
                label=_now("Argument %(number)s") % {"number": number},
                required=number == 1,
                max_length=Argument.TEXT_LIMIT,
                widget=forms.Textarea({"rows": 3}),
            )

    def arguments(self) -> list[str]:
        """Return the arguments that were given, in order."""
        given = (self.cleaned_data[f"argument_{number}"] for number in range(1, FIELDS + 1))
        return [text for text in given if text.strip()]


class ReasonForm(forms.Form):
    """Why an appeal is not heard, or why somebody leaves a seat."""

    text = forms.CharField(
        label=_("The reason"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Everybody can read it."),
    )


class AnnounceForm(forms.Form):
    """How a panel will be drawn: nothing of it changes once it is announced."""

    sources = forms.CharField(
        label=_("Public sources of numbers, one on each line"),
        max_length=PanelDraw.MOST_SOURCES * (PanelDraw.SOURCE_LIMIT + 1),
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Name the lottery or index, the date, which of its numbers are read, and what is read if they do not"
            " appear. Nobody may know them yet, and nobody may steer them."
        ),
    )
    days = forms.IntegerField(
        label=_("All of them are known in so many days"),
        min_value=1,
        max_value=PanelDraw.LONGEST_DAYS,
        initial=7,
    )
    seats = forms.TypedChoiceField(
        label=_("Seats"), coerce=int, choices=[(n, n) for n in PanelDraw.SEATS], initial=PanelDraw.SEATS[0]
    )
    method = forms.ChoiceField(
        label=_("Method"), choices=[(code, code) for code in sorted(METHODS)], initial="sha256"
    )

    def names(self) -> list[str]:
        """Return the names of the sources."""
        return [line.strip() for line in self.cleaned_data["sources"].splitlines() if line.strip()]


class DrawForm(forms.Form):
    """What each of the announced sources said."""

    def __init__(self, *args: Any, sources: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size = len(sources)
        for number, name in enumerate(sources):
            self.fields[f"said_{number}"] = forms.CharField(
                label=name,
                max_length=PanelDraw.VALUE_LIMIT,
                help_text=_now("Whole numbers between blanks, or one number such as 3.5."),
            )

    def said(self) -> list[str]:
        """Return the values in the order of the sources."""
        return [self.cleaned_data[f"said_{number}"] for number in range(self.size)]


class OpinionForm(forms.Form):
    """What a member of a panel finds, with reasons for each argument."""

    outcome = forms.ChoiceField(
        label=_("What you find"), choices=list(FOUND.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, arguments: Iterable[Argument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = []
        for row in arguments:
            self.numbers.append(row.number)
            self.fields[f"reasons_{row.number}"] = forms.CharField(
                label=_now("Your reasons on argument %(number)s") % {"number": row.number},
                max_length=Opinion.REASON_LIMIT,
                widget=forms.Textarea({"rows": 4}),
            )

    def reasons(self) -> dict[int, str]:
        """Return the reasons by the numbers of the arguments."""
        return {number: self.cleaned_data[f"reasons_{number}"] for number in self.numbers}
