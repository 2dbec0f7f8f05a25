"""The guided form of a charter: one field for each fact, so that what the page asks is what the rule checks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from talanoa.lib.decision_rules import rules
from talanoa.lib.languages import INPUTS, PAGES
from talanoa.lib.processkeys import PLACE
from talanoa.people.models import Group
from talanoa.processes import charter
from talanoa.processes.actions.stages import EXTENSION_REASONS, LONGEST_EXTENSION
from talanoa.processes.facts import FACTS, RULE_NAMES, Fact
from talanoa.processes.models import FOUNDING, REVIEW_FLOOR, Announcement, Default, FollowedList, Role
from talanoa.registry.models import Action, Clearance, Judgement, Relation

NAMES = {
    "open-consultation": _("Open consultation"),
    "feasibility-study": _("Feasibility study"),
    "working-group": _("Working group"),
}
MEANINGS = {
    "open-consultation": _("One question to everybody concerned, and a report that answers each input."),
    "feasibility-study": _("Options are weighed against each other; one of them is not to proceed."),
    "working-group": _("Drafts that everybody may comment on, and consensus on each recommendation."),
}
SECTIONS = (
    (_("The question"), ("title", "question", "scope_in", "scope_out", "options")),
    (_("Who takes part"), ("runs", "takes_part", "groups", "languages", "more_languages", "time_cost")),
    (
        _("What is decided, and how"),
        ("decides", "how", "decision_rule", "rule", "appeal", "success", "newcomer_hours"),
    ),
    (_("Who pays, and what is promised"), ("payer", "commitment")),
    (_("What exists already"), ("related", "overlap", "why_new")),
    (_("This place"), ("funders", "seats", "defaults", "handover")),
    (_("How long it takes"), ("input_days", "drafting_days", "review_days")),
)
OF_PLACE = frozenset(fact.key for fact in FACTS if fact.of_place)
OFFERED = tuple(tag for tag, _name in INPUTS)


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].descriptions = MEANINGS  # type: ignore[attr-defined]


class CharterForm(forms.Form):
    """All facts of a charter. Nothing is required here: a draft may have gaps, the rule asks at publication."""

    def __init__(self, *args: Any, is_place: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_place = is_place
        for fact in FACTS:
            self.fields[fact.key] = field = _field(fact)
            field.is_expected = fact.required  # type: ignore[attr-defined]
        self.fields["more_languages"] = forms.CharField(
            label=_("Further languages"),
            required=False,
            max_length=200,
            help_text=_("As codes with blanks between them, such as: tr pt-BR"),
        )
        self.fields["input_days"] = forms.IntegerField(
            label=_("Call for input, days"), min_value=1, max_value=365, initial=FOUNDING[Default.INPUT]
        )
        self.fields["drafting_days"] = forms.IntegerField(
            label=_("Drafts open for comments, days"),
            min_value=1,
            max_value=365,
            required=False,
            help_text=_("Before the first consensus call. Leave it empty where nothing is drafted together."),
        )
        self.fields["review_days"] = forms.IntegerField(
            label=_("Review period, days"),
            min_value=REVIEW_FLOOR,
            max_value=365,
            initial=FOUNDING[Default.REVIEW],
            help_text=_("Never less than 14. Nobody can end it early."),
            error_messages={"min_value": _("It is never shorter than %(limit_value)s days.")},
        )

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "CharterForm":
        """Return the form filled with `facts`."""
        # A charter that was written before a fact was asked for has none.
        told = {f.key: facts.get(f.key, "") for f in FACTS}
        values = {f.key: "\n".join(told[f.key]) if _as_lines(f) else told[f.key] for f in FACTS}
        more = [tag for tag in facts["languages"] if tag not in OFFERED]
        days = {stage["kind"]: stage["days"] for stage in facts["stages"]}
        stages = {f"{kind}_days": days.get(kind) for kind in ("input", "drafting", "review")}
        return cls(
            is_place=facts["template"] == PLACE, initial=values | stages | {"more_languages": " ".join(more)}
        )

    @property
    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their headings; those about the place itself in its own charter only."""
        asked = [(heading, names) for heading, names in SECTIONS if self.is_place or names[0] not in OF_PLACE]
        return [(heading, [self[name] for name in names]) for heading, names in asked]

    def facts(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was written, as facts of a charter; what the form does not ask stays as it was `before`."""
        said = dict(self.cleaned_data)
        said["languages"] = [*said["languages"], *said.pop("more_languages").split()]
        opens_at = next((s["opens_at"] for s in before["stages"] if s.get("opens_at")), "")
        drafting = said.pop("drafting_days")
        drafts = [{"kind": "drafting", "days": str(drafting)}, {"kind": "consensus"}] if drafting else []
        stages = [
            {"kind": "input", "days": str(said.pop("input_days")), "opens_at": opens_at},
            *drafts,
            {"kind": "report"},
            {"kind": "review", "days": str(said.pop("review_days"))},
            {"kind": "decision"},
        ]
        return {**before, **said, "stages": stages}


def _as_lines(fact: Fact) -> bool:
    return fact.many and fact.key not in _CHOICES


_CHOICES: dict[str, list[tuple[str, Any]]] = {"groups": list(Group.choices), "languages": list(INPUTS)}


def _rules() -> list[tuple[str, Any]]:
    named = [(rule.name, f"{RULE_NAMES[rule.code]}, {rule.name}") for rule in rules().values()]
    return [("", _("None: nothing is agreed on in a consensus call")), *named]


_LINES = {
    "title": forms.TextInput(),
    "newcomer_hours": forms.TextInput({"inputmode": "numeric", "class": "short"}),
}


def _field(fact: Fact) -> forms.Field:
    if fact.key in _CHOICES:
        return forms.MultipleChoiceField(
            label=fact.label,
            help_text=_("In which inputs are read.") if fact.key == "languages" else fact.help,
            choices=_CHOICES[fact.key],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    if fact.key == "rule":
        return forms.ChoiceField(label=fact.label, help_text=fact.help, choices=_rules, required=False)
    widget = _LINES.get(fact.key) or forms.Textarea({"rows": 4})
    return forms.CharField(
        label=fact.label, help_text=fact.help, widget=widget, required=False, max_length=20_000
    )


class RoleForm(forms.Form):
    """Whom to give which role."""

    address = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(
        label=_("Name"),
        max_length=300,
        required=False,
        help_text=_("If nobody is known here by this address."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])


REASONS = {
    "outreach": _("A group that is concerned has not been heard yet"),
    "technical_failure": _("Something technical kept people from sending inputs"),
    "holidays": _("The call runs through holidays"),
    "translation": _("A translation came late"),
}


class ExtensionForm(forms.Form):
    """How much longer a call runs, and why."""

    days = forms.IntegerField(
        label=_("Days more"),
        min_value=1,
        max_value=LONGEST_EXTENSION,
        help_text=_("A call is never shortened."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(code, REASONS[code]) for code in EXTENSION_REASONS],
        widget=forms.RadioSelect,
        help_text=_("It stands on the record."),
    )


class AnnouncementForm(forms.Form):
    """What is announced, in which language, and to which of the followed lists it is mailed."""

    title = forms.CharField(
        label=_("Title"),
        max_length=Announcement.TITLE_LIMIT,
        help_text=_("It is the subject of the mail."),
    )
    text = forms.CharField(
        label=_("What you want to say"),
        max_length=Announcement.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 10}),
        help_text=_(
            "Markdown. The question, the deadline, who runs and pays, and how to answer are put below it from the"
            " charter."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=INPUTS, initial="en")
    lists = forms.MultipleChoiceField(
        label=_("Send it to these lists"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("You get the same mail yourself, to pass on to any other list."),
    )

    def __init__(self, *args: Any, lists: Sequence[FollowedList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.list_id, f"{row.name} ({row.post})") for row in lists]
        self.fields["lists"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["lists"]

    def clean(self) -> dict[str, Any]:
        """Send it to no list where none can be chosen."""
        return {"lists": [], **(super().clean() or {})}


class FollowForm(forms.Form):
    """A list of others: how its mails name it, and where it takes and keeps mail."""

    list_id = forms.CharField(
        label=_("List-Id"),
        max_length=200,
        help_text=_("As it stands in the header of each mail of the list, such as talk.lists.example.org."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("How people call the list.")
    )
    post = forms.EmailField(
        label=_("Address that takes mail for it"),
        required=False,
        help_text=_("Leave it empty where only members may write: then pass announcements on yourself."),
    )
    archive = forms.URLField(
        label=_("Archive on the web"),
        required=False,
        assume_scheme="https",
        help_text=_(
            "The page of the list in its archive. With it, an input links to where it was said first."
        ),
    )


class JudgementForm(forms.Form):
    """How the work of a body stands to the question, why, and what follows."""

    relation = forms.ChoiceField(label=_("Relation"), choices=Relation.choices, widget=forms.RadioSelect)
    action = forms.ChoiceField(label=_("What follows"), choices=Action.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=Judgement.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("At least one sentence. It is public with the charter."),
    )


class ClearanceForm(forms.Form):
    """What lets a process go on beside a body that does the same."""

    ground = forms.ChoiceField(
        label=_("What it rests on"), choices=Clearance.Ground.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Where it stands, or why it goes on without"),
        max_length=Judgement.TEXT_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It is public, and an override stands in the facts at the head of the process."),
    )


class SaidForm(forms.Form):
    """Words of somebody: a letter to a body, its answer, who was missed, or the answer to that."""

    text = forms.CharField(
        label=_("Words"), max_length=Judgement.TEXT_LIMIT, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
        self.fields["text"].help_text = hint


class InviteeForm(forms.Form):
    """One person to invite."""

    name = forms.CharField(label=_("Name"), max_length=300)
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    group = forms.ChoiceField(
        label=_("Stakeholder group"),
        choices=Group.choices,
        initial=Group.OTHER,
        help_text=_("As you know them. They choose their own when they join."),
    )
    country = forms.CharField(
        label=_("Country or region"),
        max_length=100,
        required=False,
        help_text=_("Its name, or its code such as KE."),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=PAGES,
        initial="en",
        help_text=_("For somebody whom nobody knows here; others get it in the language they chose."),
    )


class OutreachListForm(forms.Form):
    """A list of people to invite: pasted, or as a file."""

    list = forms.CharField(
        label=_("Paste the list"),
        widget=forms.Textarea({"rows": 8}),
        required=False,
        strip=False,
        help_text=_(
            "The first line names the columns: name, address, organization, group, country. Commas, semicolons or tabs"
            " part the cells."
        ),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV in UTF-8, as a spreadsheet saves it."),
    )


class JoinForm(forms.Form):
    """For which stakeholder group somebody joins who was invited."""

    group = forms.ChoiceField(
        label=_("Your stakeholder group"), choices=Group.choices, widget=forms.RadioSelect
    )
