"""Forms of sponsored research: the file of a call, an application, and what is said to one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Appeal
from talanoa.grants.actions.deciding import Ruled
from talanoa.grants.models import Application, ResearchCall, Verdict, WorkList
from talanoa.lib.applications import ANSWER_LIMIT, TITLE_LIMIT
from talanoa.lib.calls import LARGEST, SIZE_LIMIT, Criterion
from talanoa.lib.extraction import MAX_UPLOAD
from talanoa.people.forms import place_choices
from talanoa.people.models import Group
from talanoa.processes.models import Process

WORDS = 4000


def words(label: Any, hint: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    """Return a field for words of somebody."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=WORDS, help_text=hint, widget=widget, required=required)


class CallForm(forms.Form):
    """The file of a call, and the process that it belongs to."""

    process = forms.ModelChoiceField(
        label=_("Process"), queryset=Process.objects.none(), to_field_name="key", empty_label=None
    )
    text = forms.CharField(
        label=_("The call as a file"),
        max_length=SIZE_LIMIT,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
        help_text=_("Copy the template, give it another id, change every word."),
        strip=False,
    )

    def __init__(self, *args: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["process"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = processes


class RevisedForm(forms.Form):
    """Another form of a call that is held for comments."""

    text = forms.CharField(
        label=_("The call as a file"), max_length=SIZE_LIMIT, widget=forms.Textarea({"rows": 16}), strip=False
    )
    reason = words(_("What the comments changed"))


class ReasonForm(forms.Form):
    """A reason that those concerned read."""

    reason = words(_("The reason"))


class WordsForm(forms.Form):
    """Words to somebody."""

    text = words(_("In words"))


class WorksForm(forms.Form):
    """What somebody published with others."""

    text = forms.CharField(
        label=_("One work in a line"),
        max_length=WorkList.LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Title; 2025-03; name, address or ORCID iD of each who wrote it with you, with ; between them."
        ),
    )


class ConfirmForm(forms.Form):
    """Nothing but the button."""


class PartForm(forms.Form):
    """Whether somebody takes part."""

    answer = forms.ChoiceField(
        label=_("Do you take part in this application?"),
        choices=[("yes", _("Yes, I take part")), ("no", _("No, I do not"))],
        widget=forms.RadioSelect,
    )


class ScreenForm(forms.Form):
    """Which conditions of the call an application does not meet, and why."""

    unmet = forms.MultipleChoiceField(
        label=_("Conditions that it does not meet"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose none where it is eligible."),
    )
    reason = words(_("The reason"), _("Who applies reads it."))

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unmet"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.id, one.text) for one in application.call.facts.eligibility]


class ReviewerForm(forms.Form):
    """Who reviews for a call, about what they know, and how many applications at most."""

    address = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=300, required=False)
    group = forms.ChoiceField(label=_("Stakeholder group"), choices=Group.choices)
    country = forms.ChoiceField(label=_("Country or region"), choices=place_choices)
    load = forms.IntegerField(label=_("How many applications at most"), min_value=1, max_value=40)
    about = words(_("What they know, in words"), _("Applications are near to them by these words."))


class ConflictForm(forms.Form):
    """Who has a conflict of interest in an application, and why."""

    address = forms.EmailField(label=_("E-mail address of who has it"))
    reason = words(_("What it rests on"))


class RulingForm(forms.Form):
    """What is to become of an application, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Verdict.Outcome.choices, widget=forms.RadioSelect)
    amount = forms.IntegerField(label=_("Amount"), min_value=0, max_value=LARGEST, initial=0)
    reasons = words(_("The reasons, by the criteria of the call"), rows=6)

    @staticmethod
    def ruled(said: dict[str, Any]) -> Ruled:
        """Return what the cleaned words of the form say."""
        return Ruled(said["outcome"], said["reasons"], said["amount"])


class HearingForm(forms.Form):
    """How an appeal is decided, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Appeal.Outcome.choices, widget=forms.RadioSelect)
    reasons = words(_("The reasons"))


class AnotherForm(forms.Form):
    """Who reads an application too: a reviewer of the call, by number."""

    reviewer = forms.IntegerField(label=_("Number of the reviewer"), min_value=1)


class ReviewForm(forms.Form):
    """A mark for each criterion by its anchors, how sure one is, and words for who applies."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in criteria:
            marks = [(str(mark), f"{mark}: {text}") for mark, text in enumerate(one.anchors)]
            self.fields[f"mark-{one.id}"] = forms.ChoiceField(
                label=one.title,
                choices=[*marks, ("n/a", _("n/a: it does not apply"))],
                widget=forms.RadioSelect,
            )
        sure = [(1, _("I am guessing")), (2, _("I know the field")), (3, _("I work on just this"))]
        self.fields["confidence"] = forms.TypedChoiceField(
            label=_("How sure are you?"), choices=sure, coerce=int, widget=forms.RadioSelect
        )
        self.fields["text"] = words(
            _("Your words"), _("Those who apply read them, without your name."), rows=8
        )

    @staticmethod
    def marks_in(said: dict[str, Any]) -> dict[str, int | None]:
        """Return the marks by criterion among the cleaned words of the form."""
        given = {name: value for name, value in said.items() if name.startswith("mark-")}
        return {
            name.removeprefix("mark-"): None if mark == "n/a" else int(mark) for name, mark in given.items()
        }


class ApplyForm(forms.Form):
    """An application: the questions and the budget of its call, who applies, and a file."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    name = forms.CharField(label=_("Your name"), max_length=300)
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    group = forms.ChoiceField(label=_("Stakeholder group"), choices=Group.choices)
    country = forms.CharField(label=_("Country"), max_length=40, required=False)
    orcid = forms.CharField(label=_("ORCID iD"), max_length=40, required=False)
    fellows = forms.CharField(
        label=_("Who applies with you"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "One line each: Name; address; organization; country; group; ORCID iD. All but name and address may be"
            " left out. They are asked by mail."
        ),
    )
    file = forms.FileField(
        label=_("A file"),
        required=False,
        max_length=200,
        help_text=_("Reviewers read the text of it, never the file (txt, md, pdf, docx, odt)."),
    )

    def __init__(self, *args: Any, call: ResearchCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        for one in call.facts.questions:
            hint = _("At most %(most)s words.") % {"most": one.most} if one.most else ""
            self.fields[f"answer-{one.id}"] = forms.CharField(
                label=one.text,
                required=False,
                max_length=ANSWER_LIMIT,
                widget=forms.Textarea({"rows": 6}),
                help_text=hint,
            )
        for one in call.facts.budget_lines:
            hint = _("At most %(most)s.") % {"most": one.most} if one.most else ""
            self.fields[f"budget-{one.id}"] = forms.IntegerField(
                label=f"{one.text} ({call.facts.currency})",
                required=False,
                min_value=0,
                max_value=LARGEST,
                help_text=hint,
            )

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        asked = [self[name] for name in self.fields if name.startswith("answer-")]
        costs = [self[name] for name in self.fields if name.startswith("budget-")]
        who = [self[name] for name in ("name", "organization", "group", "country", "orcid", "fellows")]
        return [
            (None, [self["title"], *asked, self["file"]]),
            (_("Budget"), costs),
            (_("Who applies"), who),
        ]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before anybody reads it."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 10 MB. Send a smaller one."))
        return file
