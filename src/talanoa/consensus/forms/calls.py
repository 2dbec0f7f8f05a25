"""Forms of a consensus call: the positions of those who are asked, and what chair and editors write."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.actions.designating import Found
from talanoa.consensus.levels import LEVEL_MEANINGS, LEVEL_NAMES
from talanoa.consensus.models import Call, Ending, MinorityStatement, Objection, Option, Position, unresolved
from talanoa.consensus.queries import recommendation_texts
from talanoa.lib.decision_rules import FINDINGS, Rule
from talanoa.processes.models import FOUNDING, Default
from talanoa.statements.models import Round

PROMPTS = {
    Option.SUPPORT: _("Why, if you want to say so."),
    Option.LIVE_WITH: _("It is not your first choice, and you do not stand in its way."),
    Option.CONCERN: _("Say what worries you. It is read and does not stand in the way."),
    Option.NOT_MY_FIELD: _("You leave it to those who know more of it."),
    Option.ABSTAIN: _("You take no side."),
}


def about_choices(call: Call) -> list[tuple[int, Any]]:
    """Return what a position may be about: the whole text, or one of its recommendations."""
    numbered = [(n, _now("Recommendation %(n)s") % {"n": n}) for n in call.recommendations if n]
    return [(0, _now("The whole text")), *numbered]


class _About(forms.Form):
    """What it is about."""

    recommendation = forms.TypedChoiceField(label=_("The text, or a part of it"), coerce=int)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].choices = about_choices(call)  # type: ignore[attr-defined]


class PositionForm(_About):
    """Where somebody stands; who objects gets the other form."""

    option = forms.ChoiceField(
        label=_("Where do you stand?"),
        choices=[one for one in Option.choices if one[0] != Option.OBJECTION],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where you stand.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=Position.REASON_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "A concern needs its reason; otherwise only if you want to give one. Everybody can read it."
        ),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, call=call, **kwargs)
        self.fields["option"].descriptions = PROMPTS  # type: ignore[attr-defined]


class ObjectionForm(_About):
    """Why somebody objects, and what would resolve it."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=Objection.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Why can you not live with it?"),
        max_length=Objection.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 6}),
    )
    resolves = forms.CharField(
        label=_("What would resolve it?"),
        required=False,
        max_length=Objection.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "What would have to change for you to live with it? Other words, a number, a step before."
        ),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolves"].is_expected = True  # type: ignore[attr-defined]

    def clean_resolves(self) -> str:
        """Refuse an objection without a remedy as the act itself does, so that the lesson about it is offered."""
        told = str(self.cleaned_data["resolves"])
        if not told.strip():
            raise unresolved()
        return told


class MinorityForm(_About):
    """A minority statement."""

    text = forms.CharField(
        label=_("Your statement"),
        max_length=MinorityStatement.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("It stands in the report in your words, beside what was agreed."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WordsForm(forms.Form):
    """Words that somebody must give: an answer to an objection, or why it stands."""

    text = forms.CharField(
        label=_("In your words"), max_length=Objection.TEXT_LIMIT, widget=forms.Textarea({"rows": 6})
    )


class AnswerForm(WordsForm):
    """An answer to an objection on its merits, or the later revision that accommodates it."""

    revision = forms.IntegerField(
        label=_("Accommodated by revision"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_(
            "Its number, if a later revision of the text does what was asked for. Otherwise leave it empty."
        ),
    )


FINDING_NAMES = {
    "outweighed": _("Outweighed"),
    "no_bearing": _("No bearing on the text"),
    "set_aside": _("Set aside"),
}
FINDING_MEANINGS = {
    "outweighed": _("It is understood and has weight; the reasons for the text weigh more. Say which."),
    "no_bearing": _("Were it met, the text would be the same."),
    "set_aside": _("It was answered before, or is off the question. It stays listed."),
}


class FindingForm(WordsForm):
    """What the chair finds about an objection that is maintained."""

    finding = forms.ChoiceField(label=_("Finding"), widget=forms.RadioSelect)
    alternatives = forms.CharField(
        label=_("Alternatives that were weighed"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed where an objection is outweighed."),
    )
    field_order = ("finding", "text", "alternatives")

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["finding"]
        field.choices = [(code, FINDING_NAMES[code]) for code in FINDINGS if code in rule.findings]  # type: ignore[attr-defined]
        field.descriptions = FINDING_MEANINGS  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """The question that a chair asks everybody."""

    question = forms.CharField(
        label=_("The question"),
        max_length=Call.QUESTION_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence, such as: Can you live with this text?"),
    )
    days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=90,
        initial=FOUNDING[Default.CALL],
        help_text=_("At least 14."),
    )
    because = forms.CharField(
        label=_("What is new"),
        required=False,
        max_length=Call.QUESTION_LIMIT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only where the same text was called before: somebody new alone is nothing new."),
    )


class _Levels(forms.Form):
    """A level of the rule for each recommendation; then the fields `at_the_end`."""

    at_the_end: tuple[str, ...] = ()

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers: Sequence[int] = call.recommendations
        choices = [(level.code, LEVEL_NAMES[level.code]) for level in call.decision_rule.levels]
        texts = recommendation_texts(call)
        for n in self.numbers:
            called = _now("Recommendation %(n)s") % {"n": n} if n else _now("The whole text")
            self.fields[f"level_{n}"] = field = forms.ChoiceField(
                label=texts[n].text if n in texts else called, choices=choices, widget=forms.RadioSelect
            )
            field.descriptions = LEVEL_MEANINGS  # type: ignore[attr-defined]
            self.add_reason(n, called)

        for name in self.at_the_end:
            self.fields[name] = self.fields.pop(name)

    def add_reason(self, n: int, called: str) -> None:
        """Add the field of the reasons for one recommendation, if each has its own."""

    def levels(self) -> dict[int, str]:
        """Return the levels by recommendation."""
        return {n: self.cleaned_data[f"level_{n}"] for n in self.numbers}


class EstimateForm(_Levels):
    """The chair's estimate after a round of discussion."""

    at_the_end = ("text",)

    text = forms.CharField(
        label=_("What you see"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What divides people still, and what you would like to hear."),
    )


class EvidenceForm(forms.Form):
    """Which round of statements is laid beside a call: one of those that are closed."""

    round = forms.TypedChoiceField(label=_("The round"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._closed = {one.number: one for one in rounds if one.closed_at is not None}
        self.fields["round"].choices = [  # type: ignore[attr-defined]
            (number, f"{number}  {one.question}") for number, one in self._closed.items()
        ]

    def chosen(self) -> Round:
        """Return the round, once the form is valid."""
        return self._closed[self.cleaned_data["round"]]


class DesignationForm(_Levels):
    """The chair's finding on each recommendation, with reasons, and the declaration."""

    at_the_end = ("declaration",)

    declaration = forms.CharField(
        label=_("The declaration"),
        required=False,
        max_length=Call.DECLARATION_LIMIT,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Left empty, it is what the register of objections tells."),
    )

    def add_reason(self, n: int, called: str) -> None:
        """Add the reasons."""
        self.fields[f"reasons_{n}"] = forms.CharField(
            label=_now("%(about)s: why") % {"about": called},
            max_length=Call.TEXT_LIMIT,
            widget=forms.Textarea({"rows": 4}),
        )

    def found(self) -> dict[int, Found]:
        """Return the findings by recommendation."""
        said = self.cleaned_data
        return {n: Found(said[f"level_{n}"], said[f"reasons_{n}"]) for n in self.numbers}


class EndForm(forms.Form):
    """Why a text goes without an outcome, where one does."""

    because = forms.CharField(
        label=_("Why there is no outcome"),
        required=False,
        max_length=Ending.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Needed where a draft was never called, or was changed after its call. It stands in the report."
        ),
    )
