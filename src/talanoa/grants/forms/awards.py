"""Forms of awards: the agreement, a report and its judgment, a payment, ethics, a registered plan, an output."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.grants.actions.producing import Ethics, Registration
from talanoa.grants.actions.reporting import REFERENCE_LIMIT, ReportFile
from talanoa.grants.forms import WORDS, words
from talanoa.grants.models import Application, Award, Milestone, Output
from talanoa.grants.queries.awards import decided_amount
from talanoa.grants.uploads import read_attached, read_author, read_due
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.agreements import WHOLE, Agreement, portion
from talanoa.lib.calls import LARGEST
from talanoa.lib.datacite import KINDS
from talanoa.lib.extraction import MAX_UPLOAD
from talanoa.lib.identifiers import doi
from talanoa.lib.outputs import TITLE_LIMIT, URL_LIMIT, OutputText, author_line

LINE = 200
OUTPUT = ("title", "kind", "issued_on", "authors", "license", "doi", "url", "embargo_until")
"""The fields of an output, in the order of `OutputText`."""


def day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget)


def line(label: Any, hint: Any = "", *, required: bool = True, most: int = LINE) -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most)


class AgreementForm(forms.Form):
    """The agreement of an award: days, amounts by line of the budget and funder, milestones, conditions."""

    starts = day(_("First day"))
    ends = day(_("Last day"))
    milestones = forms.CharField(
        label=_("Milestones"),
        max_length=WORDS,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "One line each: day; amount; what is done. For example: 2027-12-01; 6000; Data and text. Add “; advance”"
            " for what is paid before its report."
        ),
    )
    conditions = words(_("Conditions"), required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts, most = application.call.facts, decided_amount(application)
        asked = application.budget if application.asked == most else {}
        lines = [(one.id, one.text) for one in facts.budget_lines] or [(WHOLE, str(_("The whole")))]
        for key, text in lines:
            self._add(f"budget-{key}", f"{text} ({facts.currency})", asked.get(key))
        gives = portion({place: one.amount for place, one in enumerate(facts.funders, start=1)}, most)
        for place, funder in enumerate(facts.funders, start=1):
            self._add(f"funder-{place}", f"{funder.name} ({facts.currency})", gives[place])
        self.order_fields(["starts", "ends", *self._named("budget-"), *self._named("funder-")])

    def _add(self, name: str, label: str, initial: int | None) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, required=False, initial=initial, min_value=0, max_value=LARGEST
        )

    def _named(self, prefix: str) -> list[str]:
        return [name for name in self.fields if name.startswith(prefix)]

    def clean(self) -> dict[str, Any]:
        """Read the milestones line by line."""
        said = super().clean() or {}
        rows = [row for row in said.get("milestones", "").splitlines() if row.strip()]
        try:
            said["dues"] = tuple(read_due(row) for row in rows)
        except RuleBroken as broken:
            self.add_error("milestones", broken)
        return said

    @staticmethod
    def agreed(said: dict[str, Any]) -> Agreement:
        """Return what the cleaned words of the form agree on."""

        def amounts(prefix: str) -> dict[str, int]:
            return {
                name.removeprefix(prefix): amount
                for name, amount in said.items()
                if name.startswith(prefix) and amount
            }

        shares = {int(place): amount for place, amount in amounts("funder-").items()}
        days = (said["starts"], said["ends"])
        return Agreement(*days, amounts("budget-"), shares, said["dues"], said["conditions"])


class ReportForm(forms.Form):
    """A report of a milestone, with a file."""

    milestone = forms.TypedChoiceField(label=_("Milestone"), coerce=int)
    text = words(_("What was done, and what was not"), rows=8)
    file = forms.FileField(
        label=_("A file"),
        required=False,
        max_length=200,
        help_text=_(
            "txt, md, pdf, docx or odt; its properties are searched for names, and you see what they tell."
        ),
    )

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["milestone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        rows = [row for row in award.milestones.order_by("due_on", "number") if row.is_open]
        field.choices = [(row.number, f"{row} ({row.due_on.isoformat()})") for row in rows]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before anybody reads it."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 10 MB. Send a smaller one."))
        return file

    @staticmethod
    def read(said: dict[str, Any]) -> ReportFile | None:
        """Return the file among the cleaned words, as it was read. Raises RuleBroken as lib/extraction refuses."""
        if said["file"] is None:
            return None
        data, name = said["file"].read(), said["file"].name
        return ReportFile(data, name, read_attached(data, name))


class JudgmentForm(forms.Form):
    """Whether a report is accepted, and why."""

    outcome = forms.ChoiceField(
        label=_("Is the report accepted?"),
        choices=[("accepted", _("Accept it")), ("returned", _("Send it back for another one"))],
        widget=forms.RadioSelect,
    )
    reasons = words(_("The reasons"))


class PaymentForm(forms.Form):
    """How far the payment of a milestone is."""

    milestone = forms.TypedChoiceField(label=_("Milestone"), coerce=int)
    state = forms.ChoiceField(label=_("Payment"), choices=Milestone.Payment.choices, widget=forms.RadioSelect)
    reference = line(
        _("Reference"), _("By which who has the award finds it."), required=False, most=REFERENCE_LIMIT
    )

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["milestone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        rows = award.milestones.exclude(payment=Milestone.Payment.PAID).order_by("number")
        field.choices = [(row.number, f"{row}: {row.amount}, {row.get_payment_display()}") for row in rows]


class EthicsForm(forms.Form):
    """Who approved it as ethical; or why nobody has to."""

    body = line(_("Who approved it"), required=False)
    reference = line(_("Under which reference"), required=False)
    on = day(_("On which day"), required=False)
    reason = words(_("Or why nobody has to approve it"), required=False, rows=3)

    @staticmethod
    def told(said: dict[str, Any]) -> Ethics:
        """Return what the cleaned words of the form say."""
        return Ethics(said["body"], said["reference"], said["on"], said["reason"])


class RegistrationForm(forms.Form):
    """Where a plan is registered."""

    registry = line(_("Registry"))
    identifier = line(_("Its identifier there"))
    on = day(_("Since which day"))

    @staticmethod
    def told(said: dict[str, Any]) -> Registration:
        """Return what the cleaned words of the form say."""
        return Registration(said["registry"], said["identifier"], said["on"])


class OutputForm(forms.Form):
    """Something that came of an award, with all that a DOI asks for."""

    title = line(_("Title"), most=TITLE_LIMIT)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, kind) for kind in KINDS], initial="Dataset")
    issued_on = day(_("Published on"))
    authors = forms.CharField(
        label=_("Authors"),
        max_length=WORDS,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=_("One line each: Name; ORCID iD; organization; ROR ID. All but the name may be left out."),
    )
    license = line(_("License"), _("Its SPDX code, such as CC-BY-4.0."), most=40)
    doi = line(_("DOI"), required=False)
    url = line(
        _("Address"), _("Where it is found: a DOI, an address, or both."), required=False, most=URL_LIMIT
    )
    embargo_until = day(_("Can be read from"), _("Where it is under embargo."), required=False)

    def clean_doi(self) -> str:
        """Refuse what is no DOI, and write it one way."""
        given = self.cleaned_data["doi"]
        if given and not doi(given):
            raise forms.ValidationError(_("This is no DOI. One looks like this: 10.5555/abc"))
        return doi(given)

    def clean_authors(self) -> tuple[Any, ...]:
        """Read the authors line by line, with the check digits of their identifiers."""
        rows = [row for row in self.cleaned_data["authors"].splitlines() if row.strip()]
        try:
            return tuple(read_author(row) for row in rows)
        except RuleBroken as broken:
            raise forms.ValidationError(str(broken)) from broken

    @staticmethod
    def told(said: dict[str, Any]) -> OutputText:
        """Return what the cleaned words of the form say."""
        return OutputText(*(said[name] for name in OUTPUT))

    @staticmethod
    def filled(output: Output) -> dict[str, Any]:
        """Return what the form holds of an output that is to be corrected."""
        authors = "\n".join(author_line(one) for one in output.told.authors)
        return {name: getattr(output, name) for name in OUTPUT} | {"authors": authors}
