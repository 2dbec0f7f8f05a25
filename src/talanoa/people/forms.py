"""What a person declares about themselves."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib import ties
from talanoa.lib.languages import PAGES
from talanoa.lib.regions import places
from talanoa.lib.ties import Tie
from talanoa.people.interests import Interests
from talanoa.people.models import Affiliation, Group, InterestStatement


def place_choices() -> list[tuple[str, str]]:
    """Return countries and regions by name, with an empty line first."""
    named = sorted(((place.code, place.name) for place in places().values()), key=lambda pair: pair[1])
    return [("", "—"), *named]


class DeclareForm(forms.Form):
    """Name, stakeholder group, organization, country, language and time zone."""

    name = forms.CharField(label=_("Name"), max_length=300, help_text=_("As you want to be known here."))
    group = forms.ChoiceField(
        label=_("Stakeholder group"),
        choices=Group.choices,
        help_text=_("For whom you speak. It is shown beside what you say."),
    )
    organization = forms.CharField(label=_("Organization"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country or region"), choices=place_choices, required=False)
    language = forms.ChoiceField(label=_("Language of pages and mails"), choices=PAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())],
        help_text=_("Times are shown in UTC and in yours."),
    )


class InterestsForm(forms.Form):
    """The words of a statement of interests, or that there is none to be read."""

    text = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=InterestStatement.TEXT_LIMIT,
        required=False,
        help_text=_(
            "What else could sway you, or seem to: shares, patents, family. If there is nothing, say so."
        ),
    )
    is_declined = forms.BooleanField(
        label=_("I do not state my interests"),
        required=False,
        help_text=_(
            "You are then an observer, and it stands beside what you say: your inputs count and are answered as all"
            " others; you take no position when agreement is tested, and hold no chair."
        ),
    )


class TieForm(forms.Form):
    """One organization that somebody is tied to."""

    kind = forms.ChoiceField(label=_("What ties you to it"), choices=Affiliation.Kind.choices)
    organization = forms.CharField(
        label=_("Organization"), max_length=ties.ORGANIZATION_LIMIT, required=False
    )
    since = forms.CharField(
        label=_("Since"), max_length=10, required=False, help_text=_("2019, 2019-03 or 2019-03-14")
    )
    until = forms.CharField(
        label=_("Until"), max_length=10, required=False, help_text=_("Empty if it goes on")
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=ties.EVIDENCE_LIMIT,
        required=False,
        help_text=_("A link or a document. Needed for whom you speak for."),
    )


TieForms = forms.formset_factory(TieForm, extra=2, max_num=ties.MOST, absolute_max=ties.MOST)


def tie_forms(
    data: Mapping[str, Any] | None, statement: InterestStatement | None
) -> "forms.BaseFormSet[TieForm]":
    """Return the forms of a statement's ties: as they were sent, or as they were stated last."""
    rows = statement.affiliations.all() if statement else []
    names = ("kind", "organization", "since", "until", "evidence")
    initial = [{name: getattr(row, name) for name in names} for row in rows]
    made: forms.BaseFormSet[TieForm] = TieForms(data, prefix="tie", initial=initial)
    return made


def interests_of(form: forms.Form, rows: "forms.BaseFormSet[TieForm]") -> Interests:
    """Return what somebody filled in; rows without an organization are left out."""
    said = [row.cleaned_data for row in rows if row.cleaned_data.get("organization")]
    return Interests(
        tuple(Tie(**one) for one in said), form.cleaned_data["text"], form.cleaned_data["is_declined"]
    )
