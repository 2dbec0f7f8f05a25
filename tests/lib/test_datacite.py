"""What an output tells DataCite."""

from datetime import date

from talanoa.lib.datacite import KINDS, MANDATORY, Creator, Funding, Output, attributes, lacking

DAY = date(2027, 3, 1)
LEILANI = Creator("Kahale, Leilani", "0000-0002-1825-0097", "Reef University", "https://ror.org/02mhbdp94")


def test_all_that_is_known_of_an_output_is_told() -> None:
    funder = Funding("The place itself", "first-questions-7", "https://ror.org/05dxps055")
    told = attributes(
        Output("On reefs", [LEILANI], "Talanoa", DAY, "Report", "10.5555/a", "CC-BY-4.0", [funder], DAY)
    )
    assert (told["doi"], told["titles"], told["publicationYear"]) == (
        "10.5555/a",
        [{"title": "On reefs"}],
        "2027",
    )
    assert told["publisher"] == {"name": "Talanoa"}
    assert [one["dateType"] for one in told["dates"]] == ["Issued", "Available"]
    assert told["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    assert lacking(told) == ()
    assert told["creators"] == [
        {
            "name": "Kahale, Leilani",
            "nameType": "Personal",
            "nameIdentifiers": [
                {
                    "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                    "nameIdentifierScheme": "ORCID",
                    "schemeUri": "https://orcid.org",
                }
            ],
            "affiliation": [
                {
                    "name": "Reef University",
                    "affiliationIdentifier": "https://ror.org/02mhbdp94",
                    "affiliationIdentifierScheme": "ROR",
                    "schemeUri": "https://ror.org",
                }
            ],
        }
    ]
    assert told["fundingReferences"] == [
        {
            "funderName": "The place itself",
            "awardNumber": "first-questions-7",
            "funderIdentifier": "https://ror.org/05dxps055",
            "funderIdentifierType": "ROR",
        }
    ]


def test_what_is_not_known_is_left_out() -> None:
    told = attributes(Output("On sand", [Creator("Mensah, Kofi")], "Talanoa", DAY, "Dataset"))
    assert told["creators"] == [{"name": "Mensah, Kofi", "nameType": "Personal"}]
    assert {"doi", "rightsList", "fundingReferences", "url"} & told.keys() == set()


def test_without_a_doi_all_other_mandatory_properties_are_there() -> None:
    assert lacking(attributes(Output("On sand", [Creator("Mensah, Kofi")], "Talanoa", DAY, "Dataset"))) == (
        "doi",
    )
    assert lacking({}) == MANDATORY
    assert len(set(KINDS)) == len(KINDS)
