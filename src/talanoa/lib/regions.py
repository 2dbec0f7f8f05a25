"""Which of five regions a country counts in, and what it is called in English.

Regions are the regional groups of United Nations member states as its Department for General Assembly and
Conference Management lists them. Where that list has a footnote the group for elections counts: Türkiye and
the United States are western_europe_others. The two observer states stand with the group they sit with, and
territories, which have no group, with the region they lie in. Countries are ISO 3166-1 alpha-2 codes;
`x-` codes are for those who speak for a whole region; they count in one of the five only where they name it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REGION_NAMES = {
    "africa": "Africa",
    "asia_pacific": "Asia-Pacific",
    "eastern_europe": "Eastern Europe",
    "latin_america_caribbean": "Latin America and the Caribbean",
    "western_europe_others": "Western Europe and others",
}
REGIONS = tuple(REGION_NAMES)
REGIONS_CSV = Path(__file__).with_name("regions.csv")


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a territory or a whole region, with the one of REGIONS it counts in (or an empty string)."""

    code: str
    name: str
    region: str


@cache
def places() -> Mapping[str, Place]:
    """Return every known place by its code, in the order of the file."""
    with REGIONS_CSV.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Place(row["code"], row["name"], row["region"]) for row in csv.DictReader(lines)}


def region_of(country: str) -> str:
    """Return the region of a country code; empty for an unknown code and for what spans several regions."""
    place = places().get(country)
    return place.region if place else ""


def country_name(code: str) -> str:
    """Return the English name of a code; the code itself where it is unknown."""
    place = places().get(code)
    return place.name if place else code


def place_name(code: str) -> str:
    """Return the name of a country or region code in words; what is no code is returned as it is."""
    return REGION_NAMES.get(code) or country_name(code)
