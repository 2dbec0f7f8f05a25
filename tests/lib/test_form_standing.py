"""The register wins over the form, real differences are conflicts, and no address is an organization."""

from dataclasses import replace

import pytest

from talanoa.lib.aliases import load_aliases
from talanoa.lib.form_fields import Form, parse_form
from talanoa.lib.form_register import RegisterRow
from talanoa.lib.form_standing import Standing, standing
from talanoa.lib.text_repair import Notes

ALIASES = load_aliases()
FORM = parse_form("T\nRegion: Kenya\nOrganization: Coral Ring\nSector: Civil Society", Notes())
ROW = RegisterRow("Civil Society", "Coral Ring", "Kenya")


def stand(form: Form = FORM, row: RegisterRow = ROW) -> tuple[Standing, list[str], list[str]]:
    notes, conflicts = Notes(), Notes()
    return standing(form, row, ALIASES, notes, conflicts), list(notes.codes), list(conflicts.codes)


def test_form_and_register_that_agree_leave_nothing_to_note() -> None:
    assert stand() == (Standing("Coral Ring", "civil_society", "KE", "Kenya"), [], [])


def test_without_a_register_the_form_speaks() -> None:
    assert stand(row=RegisterRow("", "", "")) == stand()


def test_the_register_wins_and_the_difference_is_a_conflict() -> None:
    row = RegisterRow("Technical Community", "Other Ring", "Fiji")

    speaks, repairs, conflicts = stand(row=row)

    assert speaks == Standing("Other Ring", "technical_community", "FJ", "Fiji")
    assert (repairs, conflicts) == ([], ["organization", "country", "sector"])


@pytest.mark.parametrize("organization", ["CORAL RING", "Coral - Ring", "CoralRing", "Córal Ring"])
def test_case_accents_and_spaces_are_no_conflict(organization: str) -> None:
    assert stand(row=replace(ROW, organization=organization))[1:] == ([], [])


def test_two_names_of_one_country_are_no_conflict() -> None:
    assert stand(replace(FORM, region="US"), replace(ROW, country="United States Of America"))[1:] == ([], [])


def test_letters_that_the_form_lost_come_from_the_register() -> None:
    form = replace(FORM, organization="Associao de Leitura", region="Sngal")
    row = replace(ROW, organization="Associação De Leitura", country="Sénégal")

    speaks, repairs, conflicts = stand(form, row)

    assert (speaks.organization, speaks.country) == ("Associação De Leitura", "SN")
    assert (repairs, conflicts) == (["letters_restored"], [])


@pytest.mark.parametrize("typed", ["Organization - Coral Ring", "Coral Ring Sector"])
def test_a_label_in_the_registers_organization_is_left_out(typed: str) -> None:
    speaks, repairs, _ = stand(row=replace(ROW, organization=typed))

    assert (speaks.organization, repairs) == ("Coral Ring", ["label_in_value"])


def test_an_address_is_no_organization() -> None:
    row = replace(ROW, organization="Reef@Ring.Example")

    assert stand(replace(FORM, organization="reef@ring.example"), row)[0].organization == ""
    assert stand(replace(FORM, organization="reef@ring.example"), row)[1] == ["address_withheld"]


def test_a_word_for_none_is_no_organization() -> None:
    speaks, repairs, _ = stand(replace(FORM, organization="NA"), replace(ROW, organization="Na"))

    assert (speaks.organization, repairs) == ("", ["organization_not_given"])


def test_a_listed_organization_in_the_field_for_the_country_joins_the_organization() -> None:
    row = replace(ROW, organization="Executive Director", country="The Aspen Institute")
    form = replace(FORM, organization="Executive Director", region="The Aspen Institute")

    speaks, repairs, conflicts = stand(form, row)

    assert speaks == Standing(
        "Executive Director, The Aspen Institute", "civil_society", "US", "The Aspen Institute"
    )
    assert (repairs, conflicts) == (["organization_from_country", "country_from_organization"], [])


def test_a_listed_organization_gives_the_country_that_nobody_named() -> None:
    form, row = replace(FORM, organization="Sinditelebrasil", region="Other"), RegisterRow("", "", "Other")

    speaks, repairs, conflicts = stand(form, row)

    assert (speaks.country, speaks.country_as_given) == ("BR", "Other")
    assert (repairs, conflicts) == (["country_from_organization"], [])


def test_the_first_of_several_countries_counts() -> None:
    speaks, repairs, _ = stand(replace(FORM, region="Kenya / Fiji"), replace(ROW, country="Kenya / Fiji"))

    assert (speaks.country, repairs) == ("KE", ["country_first_of_several"])


def test_an_unknown_sector_is_undeclared_and_an_unknown_country_stays_open() -> None:
    speaks, repairs, conflicts = stand(
        replace(FORM, sector="Astronauts", region="Atlantis"), RegisterRow("", "", "")
    )

    assert (speaks.group, speaks.country, speaks.country_as_given) == ("other", "", "Atlantis")
    assert (repairs, conflicts) == ([], ["country_unknown", "sector_unknown"])


def test_no_sector_and_no_country_is_undeclared_without_a_conflict() -> None:
    speaks, repairs, conflicts = stand(replace(FORM, sector="", region=""), RegisterRow("", "", ""))

    assert (speaks.group, speaks.country, repairs, conflicts) == ("other", "", [], [])
