"""Aliases lead from what somebody wrote to one code, whatever the case and the accents."""

from pathlib import Path

import pytest

from talanoa.lib.aliases import GROUPS, AliasError, Aliases, load_aliases
from talanoa.lib.regions import places


@pytest.fixture(scope="module")
def aliases() -> Aliases:
    return load_aliases()


@pytest.mark.parametrize(
    ("sector", "group"),
    [
        ("Government", "government"),
        ("PRIVATE  SECTOR", "private_sector"),
        ("société civile", "civil_society"),
        ("Comunidad tecnica", "technical_community"),
        ("Academia", "academia"),
        ("Intergovernmental Organisation", "intergovernmental"),
        ("Other", "other"),
        ("Astronauts", ""),
    ],
)
def test_a_sector_means_one_stakeholder_group(aliases: Aliases, sector: str, group: str) -> None:
    assert aliases.group(sector) == group


@pytest.mark.parametrize(
    ("given", "country"),
    [
        ("Côte d'Ivoire", "CI"),
        ("COTE D’IVOIRE", "CI"),
        ("Sudan, Africa", "SD"),
        ("Geneva, Switzerland", "CH"),
        ("Trinidad and Tobago", "TT"),
        ("Latin America and The Caribbean", "x-latin-america-caribbean"),
        ("Africa / Asia", "x-global"),
        ("U.S.", "US"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_place_becomes_one_code(aliases: Aliases, given: str, country: str) -> None:
    assert aliases.country(given) == country


def test_the_first_of_several_countries_counts_and_all_are_known(aliases: Aliases) -> None:
    assert aliases.country("Europe / Poland / India") == "PL"
    assert aliases.places("Europe / Poland / India / Poland") == ("x-europe", "PL", "IN")


def test_every_alias_of_a_place_leads_to_a_known_place(aliases: Aliases) -> None:
    codes = {*aliases.countries.values(), *aliases.organizations.values()}

    assert codes - places().keys() == set()
    assert set(aliases.sectors.values()) == set(GROUPS)


def test_every_known_place_has_its_own_name_as_an_alias(aliases: Aliases) -> None:
    assert {aliases.country(place.name) for place in places().values()} == set(places())


@pytest.mark.parametrize(
    "line",
    [
        "planet,Earth,x-global",
        "sector,Guild,guild",
        "country,,CH",
        "country,Suisse",
        "sector,Business,other",
    ],
)
def test_a_line_that_is_no_alias_or_a_second_meaning_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text(f"kind,alias,value\nsector,BUSINESS,private_sector\n{line}\n", encoding="utf-8")

    with pytest.raises(AliasError, match="line 3"):
        load_aliases(path)
