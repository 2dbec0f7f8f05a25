"""Forms of the desk (themes, answers, notes) and of authors (disputes)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.conduct import WORDS_LIMIT, reasons_for
from talanoa.contributions.models import STATUS_MEANINGS, Appeal, Contribution, Response, Theme
from talanoa.people.forms import place_choices
from talanoa.people.models import Group
from talanoa.processes.models import Participant, Process

GROUND_LABELS = {
    "author_request": _("Its author asked for it"),
    "personal_data": _("It holds personal data of somebody"),
    "court_order": _("A court ordered it"),
    "unlawful": _("It is unlawful"),
}


class VisitorForm(forms.Form):
    """What somebody who is not signed in says of themselves, whatever they send."""

    ABOUT = ("name", "address", "group", "organization", "country")

    name = forms.CharField(label=_("Your name"), max_length=300)
    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Your receipt and your answer are sent there. It is never shown."),
    )
    group = forms.ChoiceField(label=_("Stakeholder group"), choices=Group.choices, initial=Group.OTHER)
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country or region"), choices=place_choices, required=False)


class EraseForm(forms.Form):
    """On which ground content is erased."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=[(code, GROUND_LABELS[code]) for code in ERASURE_GROUNDS]
    )


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
        chosen.queryset = Contribution.objects.filter(process=process).answerable()
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


def _reasons(kind: str) -> forms.ChoiceField:
    """A choice among the reasons of the code of conduct, each with what it means and what it never means."""
    found = reasons_for(kind)
    field = forms.ChoiceField(
        label=_("Which rule"), choices=[(r.code, r.label) for r in found], widget=forms.RadioSelect
    )
    told = gettext("%(meaning)s Not meant: %(never)s")
    meanings = {r.code: told % {"meaning": r.meaning, "never": r.never} for r in found}
    field.descriptions = meanings  # type: ignore[attr-defined]
    return field


class FlagForm(forms.Form):
    """Which rule something breaks, and why."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _reasons(kind)
        self.fields["text"] = forms.CharField(
            label=_("What breaks it"),
            max_length=WORDS_LIMIT,
            widget=forms.Textarea({"rows": 3}),
            help_text=_("Which words, and why. Only the convenor, the secretariat and the chair read this."),
        )


class ModerationForm(FlagForm):
    """Which rule something breaks, and what its author is told; words are needed to reject it only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.required = False
        text.label = _("What you tell the author")
        text.help_text = _("Needed to reject it: which words, and why. It stands in the letter below.")


class AppealForm(forms.Form):
    """Why an act should be looked at again."""

    text = forms.CharField(
        label=_("Why it should be shown"), max_length=WORDS_LIMIT, widget=forms.Textarea({"rows": 5})
    )


class RulingForm(forms.Form):
    """The outcome of an appeal, with its reasons."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Appeal.Outcome.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("They are sent to the author."),
    )


class WordsOnAnswerForm(forms.Form):
    """A dispute by the author, or the reply to one."""

    text = forms.CharField(label=_("Your words"), max_length=20_000, widget=forms.Textarea({"rows": 5}))


class FilterForm(forms.Form):
    """Filters that every list of inputs has."""

    group = forms.ChoiceField(
        label=_("Stakeholder group"), choices=[("", _("All groups")), *Group.choices], required=False
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        error_messages={"invalid_choice": _("There is no such theme here; all are shown.")},
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All themes")), *process.themes.values_list("slug", "label")]


class ManagerForm(FilterForm):
    """Filters of the input manager."""

    field_order = ("show", "group", "theme", "words")

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("waiting", _("Without an answer")),
            ("unthemed", _("Without a theme")),
            ("answered", _("Answered")),
            ("held", _("Unconfirmed, held or rejected")),
            ("mine", _("Assigned to me")),
        ],
    )
    words = forms.CharField(label=_("Words"), max_length=100, required=False)


class ReasonForm(forms.Form):
    """Why a call closes although it missed a floor."""

    reason = forms.CharField(
        label=_("Why it closes without them"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "What was done to reach them, and why waiting longer would not help. Everybody reads it."
        ),
    )
