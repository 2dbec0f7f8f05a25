"""What an output of an award tells DataCite, offline: the metadata as JSON, ready for whoever registers its DOI.

Source: DataCite Metadata Schema 4.5, the mandatory properties 1 to 5 and 10, with creators' ORCID iDs (2.4),
affiliations with ROR IDs (2.5), funding (19) and rights (16). Nothing is sent anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ORCID_URI, SCHEMA = "https://orcid.org", "http://datacite.org/schema/kernel-4"


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made it: the name as it is to be printed; ORCID iD, organization and its ROR ID where they are known."""

    name: str
    orcid: str = ""
    organization: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    """Who paid, with their ROR ID where it is known, and under which number of an award."""

    name: str
    award: str
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """Something that came of an award; `kind` is of 10.a, `doi` empty until there is one, `rights` an SPDX code."""

    title: str
    creators: Sequence[Creator]
    publisher: str
    year: int
    kind: str
    doi: str = ""
    rights: str = ""
    funding: Sequence[Funding] = ()


def attributes(output: Output) -> dict[str, Any]:
    """Return the attributes of a DOI as DataCite's JSON has them; what is not known is left out."""
    made: dict[str, Any] = {
        "doi": output.doi,
        "creators": [_creator(one) for one in output.creators],
        "titles": [{"title": output.title}],
        "publisher": output.publisher,
        "publicationYear": output.year,
        "types": {"resourceTypeGeneral": output.kind},
        "rightsList": [{"rightsIdentifier": output.rights, "rightsIdentifierScheme": "SPDX"}]
        if output.rights
        else [],
        "fundingReferences": [_funding(one) for one in output.funding],
        "schemaVersion": SCHEMA,
    }
    return _told(made)


def _creator(one: Creator) -> dict[str, Any]:
    scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": ORCID_URI}
    place = {"affiliationIdentifier": one.ror, "affiliationIdentifierScheme": "ROR"} if one.ror else {}
    made = {
        "name": one.name,
        "nameType": "Personal",
        "nameIdentifiers": [{"nameIdentifier": f"{ORCID_URI}/{one.orcid}", **scheme}] if one.orcid else [],
        "affiliation": [{"name": one.organization, **place}] if one.organization else [],
    }
    return _told(made)


def _funding(one: Funding) -> dict[str, Any]:
    scheme = {"funderIdentifier": one.ror, "funderIdentifierType": "ROR"} if one.ror else {}
    return {"funderName": one.name, "awardNumber": one.award, **scheme}


def _told(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in ("", [])}
