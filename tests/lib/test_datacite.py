"""What an output tells DataCite."""

from talanoa.lib.datacite import Creator, Funding, Output, attributes

LEILANI = Creator("Kahale, Leilani", "0000-0002-1825-0097", "Reef University", "https://ror.org/02mhbdp94")


def test_all_that_is_known_of_an_output_is_told() -> None:
    funder = Funding("The place itself", "first-questions-7", "https://ror.org/05dxps055")
    told = attributes(
        Output("On reefs", [LEILANI], "Talanoa", 2027, "Report", "10.5555/a", "CC-BY-4.0", [funder])
    )
    assert (told["doi"], told["titles"], told["publicationYear"]) == (
        "10.5555/a",
        [{"title": "On reefs"}],
        2027,
    )
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
    told = attributes(Output("On sand", [Creator("Mensah, Kofi")], "Talanoa", 2027, "Dataset"))
    assert told["creators"] == [{"name": "Mensah, Kofi", "nameType": "Personal"}]
    assert {"doi", "rightsList", "fundingReferences"} & told.keys() == set()
