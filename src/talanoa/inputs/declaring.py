"""What somebody says of themselves in their own words, as the codes that stand beside an input."""

from functools import cache

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.aliases import Aliases, fold, load_aliases

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
