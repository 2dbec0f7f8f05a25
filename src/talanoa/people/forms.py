"""What a person declares about themselves."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from talanoa.lib.languages import PAGES
from talanoa.lib.regions import places
from talanoa.people.models import Group


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
