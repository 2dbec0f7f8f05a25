"""The forms of a room: open one, join one, speak, suggest, say it in the call, object."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.lib import practice_acts as kinds
from talanoa.lib.debriefs import MOST_LEVEL
from talanoa.lib.practice_acts import Act, Package
from talanoa.lib.scenarios import Criterion, Scenario, Seat
from talanoa.practice.actions.acting import TEXT_LIMIT
from talanoa.practice.models import Room

SAY = (
    (kinds.ASK, _("Ask a question")),
    (kinds.TELL, _("Answer, or say what you need")),
    (kinds.REPAIR, _("Thank somebody, or put something right")),
    (kinds.STATE, _("Hand in your input: once, at the beginning")),
)
SUGGEST = (
    (kinds.PROPOSE, _("I suggest this")),
    (kinds.AGREE, _("I could live with this, as somebody suggested")),
    (kinds.DOUBT, _("I could not live with this, as somebody suggested")),
)
CALLED = (
    (kinds.SUPPORT, _("I support it")),
    (kinds.LIVE, _("I can live with it")),
    (kinds.CONCERN, _("I have a concern, and do not stand in the way")),
    (kinds.ABSTAIN, _("I abstain")),
)


def _words(label: Any, *, rows: int = 4, is_required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXT_LIMIT,
        required=is_required,
        widget=forms.Textarea({"rows": rows}),
        help_text=hint,
    )


def once() -> str:
    """Return the mark of one form, so that sending it twice does its act once."""
    return entropy(REAL, "form").hex()


class ActForm(forms.Form):
    """What the forms of a room share: they know the scenario, and who is asked what to do."""

    name = ""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *given: Any, scenario: Scenario, seat: str, package: Package, **more: Any) -> None:
        super().__init__(*given, **{"auto_id": f"{self.name}-%s", "initial": {"once": once()}, **more})
        self.scenario, self.seat, self.package = scenario, seat, package

    @property
    def act(self) -> Act:
        """What was asked for, once the form is valid; day and seat are filled in by the action."""
        told = dict(self.cleaned_data)
        told.pop("once")
        return Act(0, "", told.pop("kind"), package=self._package(told), **told)

    def _package(self, told: dict[str, Any]) -> Package | None:  # noqa: ARG002 - one of them has one
        return None

    def _slots(self, first: Any) -> list[tuple[str, Any]]:
        rows = [
            (slot.id, _("Paragraph %(n)s: %(title)s") % {"n": slot.paragraph, "title": slot.title})
            for slot in self.scenario.slots
        ]
        return [("", first), *rows]


class SayForm(ActForm):
    """A question, an answer, a word of thanks, the input."""

    name = "say"
    kind = forms.ChoiceField(label=_("What do you want to do?"), choices=SAY)
    to = forms.ChoiceField(label=_("To whom?"), required=False)
    slot = forms.ChoiceField(label=_("About what?"), required=False)
    text = _words(_("Your words"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        others = [(seat.id, seat.name) for seat in self.scenario.seats if seat.id != self.seat]
        chair = (kinds.CHAIR, _("The chair"))
        self.fields["to"].choices = [("", _("Everybody")), *others, chair]  # type: ignore[attr-defined]
        self.fields["to"].help_text = _(
            "To ask for the consensus call, ask the chair about the whole text. An input goes to everybody."
        )
        self.fields["slot"].choices = self._slots(_("The whole text"))  # type: ignore[attr-defined]


class SuggestForm(ActForm):
    """A package: one value for each paragraph."""

    name = "suggest"
    kind = forms.ChoiceField(label=_("What do you want to say?"), choices=SUGGEST)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for slot, here in zip(self.scenario.slots, self.package, strict=True):
            self.fields[f"slot_{slot.paragraph}"] = forms.ChoiceField(
                label=f"{slot.paragraph}. {slot.title}",
                choices=[(option.id, option.text) for option in slot.options],
                initial=here,
            )
        self.fields["text"] = _words(_("Why"), rows=3)

    def _package(self, told: dict[str, Any]) -> Package:
        return tuple(told.pop(f"slot_{slot.paragraph}") for slot in self.scenario.slots)


class CallForm(ActForm):
    """What one says in the open call."""

    name = "call"
    kind = forms.ChoiceField(label=_("Can you live with the text as it stands?"), choices=CALLED)
    text = _words(_("Why"), rows=3, is_required=False, hint=_("A concern says what it is about."))


class ObjectForm(ActForm):
    """An objection: where, why, and what would resolve it."""

    name = "object"
    kind = forms.CharField(widget=forms.HiddenInput, initial=kinds.OBJECT)
    slot = forms.ChoiceField(label=_("Which paragraph?"))
    text = _words(_("Why can your group not live with it?"), rows=3)
    remedy = _words(
        _("What would resolve it?"), rows=3, hint=_("Words or a value with which you could live.")
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["slot"].choices = self._slots(_("Choose one"))  # type: ignore[attr-defined]


class WithdrawForm(ActForm):
    """Taking one's own objection back."""

    name = "withdraw"
    kind = forms.CharField(widget=forms.HiddenInput, initial=kinds.WITHDRAW)
    objection = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = _words(_("What changed?"), rows=2, is_required=False)


class ReadForm(ActForm):
    """Saying that one has read something."""

    name = "read"
    kind = forms.CharField(widget=forms.HiddenInput, initial=kinds.READ)
    to = forms.ChoiceField(choices=[(one, one) for one in kinds.READINGS], widget=forms.HiddenInput)


FORMS: dict[str, type[ActForm]] = {
    form.name: form for form in (SayForm, SuggestForm, CallForm, ObjectForm, WithdrawForm, ReadForm)
}


class OpenForm(forms.Form):
    """Opening a room: in which seat, alone or with a group."""

    mode = forms.ChoiceField(label=_("How do you want to do it?"), choices=Room.Mode.choices)
    seat = forms.ChoiceField(
        label=_("Your seat"),
        required=False,
        help_text=_("With a group, you can lead it without a seat: everybody else joins with a code."),
    )

    def __init__(self, *given: Any, scenario: Scenario) -> None:
        super().__init__(*given)
        self.initial = {"seat": scenario.learner, "mode": Room.Mode.SOLO}
        rows = [(seat.id, seat.name) for seat in scenario.seats]
        self.fields["seat"].choices = [*rows, ("", _("None: I lead a group"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a room for oneself without a seat."""
        told = super().clean() or {}
        if told.get("mode") == Room.Mode.SOLO and not told.get("seat"):
            self.add_error("seat", _("On your own, you need a seat."))
        return told


class JoinForm(forms.Form):
    """Joining a room by its code; the seats are offered once the code is known."""

    code = forms.CharField(label=_("The code of the room"), max_length=12)
    seat = forms.ChoiceField(label=_("Your seat"), required=False)

    def __init__(self, *given: Any, free: list[Seat]) -> None:
        super().__init__(*given)
        if free:
            self.fields["seat"].choices = [(seat.id, seat.name) for seat in free]  # type: ignore[attr-defined]
        else:
            del self.fields["seat"]


class PromiseForm(forms.Form):
    """One sentence about the next real process."""

    sentence = forms.CharField(label=_("My sentence"), max_length=500, widget=forms.Textarea({"rows": 2}))


class LevelForm(forms.Form):
    """A level for one criterion of the rubric, with a sentence, for one seat."""

    seat = forms.CharField(max_length=40, widget=forms.HiddenInput)
    criterion = forms.ChoiceField(label=_("Looked at"))
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, choices=[(n, str(n)) for n in range(MOST_LEVEL + 1)]
    )
    sentence = forms.CharField(
        label=_("Why, in a sentence"), max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = [(one.id, one.text) for one in criteria]  # type: ignore[attr-defined]
