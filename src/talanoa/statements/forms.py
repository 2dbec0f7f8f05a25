"""The forms of a round: open one, propose a statement, vote on ten at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.forms import VisitorForm
from talanoa.lib.ballot_lines import read
from talanoa.people.models import Group
from talanoa.statements.actions.rounds import LONGEST, SHORTEST, USUAL
from talanoa.statements.models import Round, Statement, Vote

_DIGITS = 7
Parts = tuple[tuple[Any, tuple[str, ...]], ...]


class OpenForm(forms.Form):
    """A question, and for how many days people can vote."""

    question = forms.CharField(
        label=_("The question"),
        max_length=Round.QUESTION_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the statements are about. Everybody in the room gets it by mail."),
    )
    days = forms.IntegerField(
        label=_("For how many days"), min_value=SHORTEST, max_value=LONGEST, initial=USUAL
    )


class ProposeForm(forms.Form):
    """A statement of somebody who is signed in."""

    text = forms.CharField(
        label=_("Your statement"),
        max_length=Statement.TEXT_LIMIT * 2,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "One sentence with one idea, up to 200 characters, that people can agree or disagree with."
        ),
    )
    differs = forms.BooleanField(
        label=_("It is another idea than the one that says nearly this"), required=False
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    parts: Parts = ((None, ("text", "differs")),)

    @property
    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        """The visible fields under their headings."""
        return [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.parts
        ]

    def leave_out_difference(self) -> None:
        """Leave out the box about a near copy where none was found."""
        self.fields.pop("differs", None)


class VisitorProposeForm(VisitorForm, ProposeForm):
    """A statement of somebody who is not signed in: held until the address is confirmed."""

    parts: Parts = ((_("Your words"), ("text", "differs")), (_("About you"), VisitorForm.ABOUT))


class VoteForm(forms.Form):
    """One vote on one statement."""

    number = forms.IntegerField(min_value=1)
    vote = forms.ChoiceField(choices=Vote.choices)
    once = forms.CharField(max_length=64)


class PaperForm(forms.Form):
    """A ballot on paper: whose it is, and its votes."""

    name = forms.CharField(label=_("Name of the voter"), max_length=300)
    address = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("The receipt is sent there, so that they see what was entered for them."),
    )
    group = forms.ChoiceField(label=_("Stakeholder group"), choices=Group.choices, initial=Group.OTHER)
    votes = forms.CharField(
        label=_("The votes"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One line for each, as on the paper: 17 agree, 18 disagree, 19 pass."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_votes(self) -> dict[int, str]:
        """Return the votes by number; a line that is none is told."""
        said = read(self.cleaned_data["votes"])
        if said.unread:
            raise forms.ValidationError(
                gettext("These lines are no votes: %(lines)s.") % {"lines": "; ".join(said.unread[:5])}
            )
        return dict(said.votes)


class BallotForm(forms.Form):
    """Votes on up to ten statements; what is left open is no vote."""

    MOST = 1_000
    """Numbers that are read of what somebody sends."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in statements:
            number = one.contribution.number
            self.fields[f"vote_{number}"] = forms.ChoiceField(
                label=f"{number}  {one.text}",
                choices=Vote.choices,
                required=False,
                widget=forms.RadioSelect,
                help_text=_("A statement of the convenor.") if one.is_convenors else "",
            )
            self.fields[f"vote_{number}"].is_expected = True  # type: ignore[attr-defined]

    @classmethod
    def numbers_in(cls, sent: Iterable[str]) -> list[int]:
        """Return the numbers of the statements that the fields of a form which was sent name."""
        names = (name.removeprefix("vote_") for name in sent if name.startswith("vote_"))
        return [int(name) for name in names if name.isdecimal() and len(name) <= _DIGITS][: cls.MOST]

    @property
    def votes(self) -> dict[int, str]:
        """The votes by number, once the form is valid."""
        said = self.cleaned_data
        return {int(name.removeprefix("vote_")): said[name] for name in said if name != "once" and said[name]}
