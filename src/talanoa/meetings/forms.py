"""Forms of meetings: what is announced, who was there, the minutes, a correction, what the chair states."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib.meeting_times import zones
from talanoa.meetings.models import Attendance, Meeting, MeetingDecision, MeetingVersion, SpokenLine
from talanoa.people.models import Group

LONGEST_MINUTES = 200_000
"""Characters of minutes in the form."""


class PlanForm(forms.Form):
    """What is announced of a meeting. `seen` is the instant in UTC that its sender has looked at."""

    title = forms.CharField(label=_("What it is about"), max_length=MeetingVersion.TITLE_LIMIT)
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("As the calendar shows it there, such as 2026-11-24."),
    )
    time = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        help_text=_("As the clocks show it there, such as 15:00."),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(zone, zone.replace("_", " ")) for zone in zones()]
    )
    length_minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=MeetingVersion.SHORTEST, max_value=MeetingVersion.LONGEST
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=MeetingVersion.PLACE_LIMIT,
        help_text=_("A link, or a room; and how to take part by phone, if one can."),
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=MeetingVersion.AGENDA_LIMIT,
        widget=forms.Textarea({"rows": 6}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=Meeting.REASON_LIMIT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed where it begins in less than 24 hours. Everybody reads it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    @property
    def local(self) -> datetime:
        """The day and time as the clocks of the zone show them, once the form is valid."""
        told = self.cleaned_data
        return datetime.combine(told["day"], told["time"].replace(second=0))


class ChangeForm(PlanForm):
    """What is announced of a meeting from now on, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("What changed, and why. Everybody reads it.")


class CancelForm(forms.Form):
    """Why a meeting is canceled."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=Meeting.REASON_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who planned to come reads it."),
    )


class AttendanceForm(forms.Form):
    """How many of each stakeholder group were there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in Group:
            self.fields[group.value] = forms.IntegerField(
                label=group.label, min_value=0, max_value=Attendance.MOST, initial=0
            )

    @property
    def counts(self) -> dict[str, int]:
        """The counts, once the form is valid."""
        return {group.value: self.cleaned_data[group.value] for group in Group}


class MinutesForm(forms.Form):
    """The minutes as a text or as a file."""

    text = forms.CharField(
        label=_("The minutes"),
        required=False,
        max_length=LONGEST_MINUTES,
        widget=forms.Textarea({"rows": 14}),
    )
    file = forms.FileField(
        label=_("Or a text file"), required=False, help_text=_("In UTF-8. It counts before the text above.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].is_expected = True  # type: ignore[attr-defined]  # or a file


class CorrectionForm(forms.Form):
    """What a speaker says they said."""

    text = forms.CharField(
        label=_("What you said"),
        max_length=SpokenLine.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("It is published beside the line, which stays as it is."),
    )


class FindingForm(forms.Form):
    """Whether the room confirmed what a meeting decided, and why."""

    finding = forms.ChoiceField(
        label=_("The room has"), choices=MeetingDecision.Finding.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=MeetingDecision.REASON_LIMIT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What was said in the thread, and what it weighs. How many said it does not decide."),
    )
