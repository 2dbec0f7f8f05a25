"""For whom people write, by tables that the operator has."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from talanoa.lib.archive.affiliations import Directory, directory

ORGANIZATIONS = """name,stakeholdergroup,nationality,email domain names
Village Radio,Civil Society,Kenya,"radio.example, onair.example"
Rede,Business ,Brazil,rede.example
Nowhere,,,
"""
DOMAINS = "domain,category\nfreemail.example,generic\nrede.example,generic\nmy.example,personal\n"
PEOPLE = """email,affiliation,min_date,max_date
mere@mail.example,Rede,2010-01-01,2012-12-31
mere@mail.example,Village Radio,2013-01-01,
"""


@pytest.fixture
def tables(tmp_path: Path) -> Directory:
    for name, text in (("organizations", ORGANIZATIONS), ("domains", DOMAINS), ("people", PEOPLE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return directory(**{name: tmp_path / name for name in ("organizations", "domains", "people")})


@pytest.mark.parametrize(
    ("address", "organization"),
    [
        ("amina@radio.example", "Village Radio"),
        ("amina@studio.onair.example", "Village Radio"),
        ("joao@rede.example", "Rede"),
        ("x@freemail.example", None),
        ("x@gmail.com", None),
        ("x@unheard-of.example", None),
        ("", None),
    ],
)
def test_a_domain_leads_to_its_organization_and_a_provider_to_none(
    tables: Directory, address: str, organization: str | None
) -> None:
    found = tables.of_address(address)

    assert (found.name if found else None) == organization


def test_groups_and_regions_are_ours(tables: Directory) -> None:
    radio, rede, nowhere = (tables.organizations[name] for name in ("village radio", "rede", "nowhere"))

    assert (radio.group, rede.group, nowhere.group) == ("civil_society", "private_sector", "")
    assert (radio.region, nowhere.region) == ("africa", "")


def test_what_is_said_of_an_address_has_its_days(tables: Directory) -> None:
    before, after = tables.dated["mere@mail.example"]
    at = datetime(2012, 6, 1, tzinfo=UTC)

    assert [before.holds(at), after.holds(at), after.holds(at.replace(year=2030))] == [True, False, True]


def test_without_tables_nobody_is_placed() -> None:
    assert Directory().of_address("amina@radio.example") is None


@pytest.mark.shared_data
def test_the_published_tables_are_read() -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "bigbang-tables"
    if not folder.exists():
        pytest.skip("../shared/data/bigbang-tables is not here")
    made = directory(
        domains=folder / "domain_categories.csv", organizations=folder / "organization_categories.csv"
    )

    groups = [one.group for one in made.organizations.values()]
    assert len(groups) > 900
    assert groups.count("") < 40
    assert sum(1 for one in made.organizations.values() if one.region) > 900
