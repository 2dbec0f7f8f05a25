"""The guided form of a charter: one field for each fact, so that what the page asks is what the rule checks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.people.models import Group
from talanoa.processes import charter
from talanoa.processes.models import Role

NAMES = {"open-consultation": _("Open consultation"), "feasibility-study": _("Feasibility study")}


class NewProcessForm(forms.Form):
    """Template, key and title: enough for a draft."""

    template = forms.ChoiceField(
        label=_("Kind of process"),
        choices=[(name, NAMES[name]) for name in charter.TEMPLATES],
        widget=forms.RadioSelect,
        initial=charter.TEMPLATES[0],
    )
    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("The question in a few words."))
    key = forms.CharField(
        label=_("Key"),
        max_length=12,
        help_text=_(
            "2 to 12 letters a-z, digits or hyphens. It stands in the address and in every number: nm-17."
        ),
    )


class CharterForm(forms.Form):
    """All facts of a charter. Nothing is required here: a draft may have gaps, the rule asks at publication."""

    def __init__(self, *args: Any, template: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        for fact in charter.FACTS:
            self.fields[fact.key] = _field(fact)
        self.fields["input_days"] = forms.IntegerField(
            label=_("Call for input, days"), min_value=1, max_value=365, initial=charter.STAGE_DAYS["input"]
        )
        self.fields["review_days"] = forms.IntegerField(
            label=_("Review period, days"),
            min_value=charter.REVIEW_FLOOR,
            max_value=365,
            initial=charter.STAGE_DAYS["review"],
            help_text=_("Never less than 14. Nobody can end it early."),
        )

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "CharterForm":
        """Return the form filled with `facts`."""
        values = {f.key: "\n".join(facts[f.key]) if _as_lines(f) else facts[f.key] for f in charter.FACTS}
        days = {stage["kind"]: stage["days"] for stage in facts["stages"]}
        return cls(
            template=facts["template"],
            initial=values | {"input_days": days.get("input"), "review_days": days.get("review")},
        )

    def facts(self) -> dict[str, Any]:
        """Return what was written, as facts of a charter."""
        said = dict(self.cleaned_data)
        stages = [
            {"kind": "input", "days": str(said.pop("input_days"))},
            {"kind": "report"},
            {"kind": "review", "days": str(said.pop("review_days"))},
            {"kind": "decision"},
        ]
        return said | {"stages": stages, "template": self.template}


def _as_lines(fact: charter.Fact) -> bool:
    return fact.many and fact.key != "groups"


def _field(fact: charter.Fact) -> forms.Field:
    if fact.key == "groups":
        return forms.MultipleChoiceField(
            label=fact.label,
            help_text=fact.help,
            choices=Group.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    rows = 4 if fact.many else 2
    widget = forms.TextInput() if fact.key == "title" else forms.Textarea({"rows": rows})
    return forms.CharField(
        label=fact.label, help_text=fact.help, widget=widget, required=False, max_length=20_000
    )


class RoleForm(forms.Form):
    """Whom to give which role."""

    address = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
