"""What somebody says of themselves in their own words, as the codes that stand beside an input."""

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.aliases import Aliases, fold, load_aliases
from talanoa.people.models import Group, Person

_SHOWN = {
    "": Contribution.Publication.NAMED,
    "with my name": Contribution.Publication.NAMED,
    "name": Contribution.Publication.NAMED,
    "without my name": Contribution.Publication.GROUP_ONLY,
    "no name": Contribution.Publication.GROUP_ONLY,
    "not at all": Contribution.Publication.PRIVATE,
    "private": Contribution.Publication.PRIVATE,
}


@cache
def _aliases() -> Aliases:
    return load_aliases()


def group_called(said: str) -> str:
    """Return the code of a stakeholder group as somebody wrote it; empty for none that we know."""
    return _aliases().group(said)


def country_called(said: str) -> str:
    """Return the code of a country or region as somebody wrote it; empty for none that we know."""
    return _aliases().country(said)


def shown_as(said: str) -> str:
    """Return how an input may be shown. Raises RuleBroken: publication_unknown; nobody is published by a guess."""
    found = _SHOWN.get(fold(said))
    if found is None:
        raise RuleBroken(
            _("After “show:” write one of these: with my name; without my name; not at all."),
            code="publication_unknown",
        )
    return found


def declared(told: Mapping[str, str], person: Person) -> dict[str, str]:
    """Return what `person` declares with the lines that they wrote; what they left out stays as it is.

    Raises RuleBroken: group_unknown, country_unknown; a declaration is not guessed.
    """
    group, country = told.get("group", ""), told.get("country", "")
    if group and not group_called(group):
        known = ", ".join(str(label) for label in Group.labels)
        raise RuleBroken(
            _("After “group:” write one of these: %(groups)s.") % {"groups": known}, code="group_unknown"
        )
    if country and not country_called(country):
        raise RuleBroken(
            _("We know no country or region called “%(name)s”.") % {"name": country[:40]},
            code="country_unknown",
        )
    return {
        "name": told.get("name") or person.name,
        "group": group_called(group) or person.group,
        "organization": told.get("organization") or person.organization,
        "country": country_called(country) or person.country,
        "language": person.language,
        "time_zone": person.time_zone,
    }
