"""Which group a sector means, which place a country means, where an organization stands: one file of aliases.

The file has the columns kind, alias, value. `sector` leads to a group code (GROUPS); `country` and
`organization` lead to an ISO 3166-1 alpha-2 code or to a region code of regions.csv (`x-global`). An alias
matches whatever its case, accents and punctuation. Errors: AliasError, a ValueError that names the line.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

GROUPS = (
    "government",
    "private_sector",
    "civil_society",
    "technical_community",
    "academia",
    "intergovernmental",
    "other",
)
ALIASES_CSV = Path(__file__).with_name("aliases.csv")

_KINDS = ("sector", "country", "organization")
_BETWEEN_PLACES = re.compile(r"[,;/&]|\band\b|\bet\b|\be\b|\by\b", re.IGNORECASE)
_REGION_PREFIX = "x-"
_WHOLE_WORLD = "x-global"


class AliasError(ValueError):
    """The file of aliases cannot be used as it stands."""


def fold(text: str) -> str:
    """Return `text` as aliases compare it: no case, no accents, one space for everything between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    unaccented = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", unaccented).strip()


@dataclass(frozen=True, slots=True)
class Aliases:
    """Folded aliases by kind; made by load_aliases."""

    sectors: Mapping[str, str]
    countries: Mapping[str, str]
    organizations: Mapping[str, str]

    def group(self, sector: str) -> str:
        """Return the group code of a sector as somebody wrote it; empty for one that is not listed."""
        return self.sectors.get(fold(sector), "")

    def places(self, given: str) -> tuple[str, ...]:
        """Return the codes that `given` names, in its order, none twice; a name known whole is not split."""
        whole = self.countries.get(fold(given))
        if whole is not None:
            return (whole,)
        parts = (self.countries.get(fold(part), "") for part in _BETWEEN_PLACES.split(given))
        return tuple(dict.fromkeys(filter(None, parts)))

    def country(self, given: str) -> str:
        """Return one code for `given`: its first country, else its region, else empty.

        Several regions and no country among them are the whole world (`x-global`).
        """
        places = self.places(given)
        countries = countries_among(places)
        if countries:
            return countries[0]
        return places[0] if len(places) == 1 else _WHOLE_WORLD if places else ""

    def seat(self, organization: str) -> str:
        """Return where a listed organization stands; empty for one that is not listed."""
        return self.organizations.get(fold(organization), "")


def countries_among(places: Iterable[str]) -> tuple[str, ...]:
    """Return the countries among `places`, leaving out the region codes."""
    return tuple(place for place in places if not place.startswith(_REGION_PREFIX))


def load_aliases(path: Path = ALIASES_CSV) -> Aliases:
    """Read a file of aliases: UTF-8, comma-separated, columns kind, alias, value.

    Raises AliasError for an unknown kind, an unknown group, an empty cell or an alias with two meanings.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            kind, alias, value = (row.get(name) or "" for name in ("kind", "alias", "value"))
            known = found.get(kind)
            key = fold(alias)
            if known is None or not key or not value or (kind == "sector" and value not in GROUPS):
                raise AliasError(f"line {number}: {kind!r}, {alias!r}, {value!r} is not an alias")
            if known.setdefault(key, value) != value:
                raise AliasError(f"line {number}: {alias!r} already means {known[key]!r}")
    return Aliases(found["sector"], found["country"], found["organization"])
