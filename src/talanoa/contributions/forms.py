"""Forms of the desk (themes, answers, notes) and of authors (disputes)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.actions.standing import WITHHOLDING_REASONS
from talanoa.contributions.models import STATUS_MEANINGS, Contribution, Response, Theme
from talanoa.people.models import Group
from talanoa.processes.models import Participant, Process

REASON_LABELS = {
    "personal_data": _("It holds personal data of somebody"),
    "unlawful": _("It is unlawful"),
    "abuse": _("It attacks a person"),
    "spam": _("It is advertising"),
}


class ThemeForm(forms.Form):
    """A theme's label and what its inputs say in common."""

    label = forms.CharField(label=_("Theme"), max_length=120)
    summary = forms.CharField(
        label=_("What these inputs say"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One or two sentences that their authors would recognize as theirs."),
    )


class ResponseForm(forms.Form):
    """A reasoned answer."""

    status = forms.ChoiceField(label=_("Status"), choices=Response.Status.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Answer with its reason"), max_length=20_000, widget=forms.Textarea({"rows": 6})
    )
    change = forms.CharField(
        label=_("What changes because of it"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    where = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        help_text=_("Section or recommendation of the report; for what is out of scope: where it can go."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].descriptions = STATUS_MEANINGS  # type: ignore[attr-defined]


class BulkForm(forms.Form):
    """What to do with the chosen inputs."""

    chosen = forms.ModelMultipleChoiceField(queryset=Contribution.objects.none())
    theme = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.none(), required=False)

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen, theme = self.fields["chosen"], self.fields["theme"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        assert isinstance(theme, forms.ModelChoiceField)  # noqa: S101 - declared above
        chosen.queryset = Contribution.objects.filter(process=process)
        theme.queryset = Theme.objects.filter(process=process)


class MemberChoice(forms.ModelChoiceField):
    """A choice among the people of the desk, by name; nobody at first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label=_("Nobody yet"), **kwargs)

    def label_from_instance(self, obj: Participant) -> str:
        """Return the person's name."""
        return obj.person.name


class HandlingForm(forms.Form):
    """The desk's private note and who takes care."""

    assignee = MemberChoice(label=_("Who takes care"), queryset=Participant.objects.none(), required=False)
    note = forms.CharField(
        label=_("Private note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only the convenor, the secretariat and the chair read it."),
    )

    def __init__(self, *args: Any, members: QuerySet[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = members


class WithholdForm(forms.Form):
    """Why an input is kept from the public."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(code, REASON_LABELS[code]) for code in WITHHOLDING_REASONS]
    )


class WordsOnAnswerForm(forms.Form):
    """A dispute by the author, or the reply to one."""

    text = forms.CharField(label=_("Your words"), max_length=20_000, widget=forms.Textarea({"rows": 5}))


class ManagerForm(forms.Form):
    """Filters of the input manager."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("waiting", _("Without an answer")),
            ("unthemed", _("Without a theme")),
            ("answered", _("Answered")),
            ("held", _("Held or withheld")),
            ("mine", _("Assigned to me")),
        ],
    )
    group = forms.ChoiceField(
        label=_("Stakeholder group"), choices=[("", _("All groups")), *Group.choices], required=False
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    words = forms.CharField(label=_("Words"), max_length=100, required=False)

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All themes")), *process.themes.values_list("slug", "label")]
