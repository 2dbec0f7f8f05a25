"""What an output of an award tells DataCite, offline: the metadata as JSON, ready for whoever registers its DOI.

Source: DataCite Metadata Schema 4.5, the mandatory properties 1 to 5 and 10, with creators' ORCID iDs (2.4),
affiliations with ROR IDs (2.5), dates (8), funding (19) and rights (16), in the form of its JSON. Nothing is sent
anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

ORCID_URI, ROR_URI, SCHEMA = "https://orcid.org", "https://ror.org", "http://datacite.org/schema/kernel-4"
SPDX_URI = "https://spdx.org/licenses/"
KINDS = (
    "Audiovisual",
    "Book",
    "BookChapter",
    "Collection",
    "ComputationalNotebook",
    "ConferencePaper",
    "ConferenceProceeding",
    "DataPaper",
    "Dataset",
    "Dissertation",
    "Event",
    "Image",
    "InteractiveResource",
    "JournalArticle",
    "Model",
    "OutputManagementPlan",
    "PeerReview",
    "Preprint",
    "Report",
    "Service",
    "Software",
    "Sound",
    "Standard",
    "StudyRegistration",
    "Text",
    "Workflow",
    "Other",
)
"""General types of a resource (10.a), without those that no award of research brings about."""
MANDATORY = ("doi", "creators", "titles", "publisher", "publicationYear", "types")
"""The properties that nothing is registered without (1 to 5 and 10)."""


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
    """Something that came of an award; `kind` is one of KINDS, `doi` empty until there is one, `rights` an SPDX code.

    `issued` is the day from which its year is taken, `available` the end of an embargo, `url` the page it leads to.
    """

    title: str
    creators: Sequence[Creator]
    publisher: str
    issued: date
    kind: str
    doi: str = ""
    rights: str = ""
    funding: Sequence[Funding] = ()
    available: date | None = None
    url: str = ""


def attributes(output: Output) -> dict[str, Any]:
    """Return the attributes of a DOI as DataCite's JSON has them; what is not known is left out."""
    made: dict[str, Any] = {
        "doi": output.doi,
        "creators": [_creator(one) for one in output.creators],
        "titles": [{"title": output.title}],
        "publisher": {"name": output.publisher},
        "publicationYear": f"{output.issued:%Y}",
        "types": {"resourceTypeGeneral": output.kind},
        "dates": [_date(output.issued, "Issued")]
        + ([_date(output.available, "Available")] if output.available else []),
        "rightsList": [_rights(output.rights)] if output.rights else [],
        "fundingReferences": [_funding(one) for one in output.funding],
        "url": output.url,
        "schemaVersion": SCHEMA,
    }
    return _told(made)


def lacking(made: dict[str, Any]) -> tuple[str, ...]:
    """Return the mandatory properties that attributes do not have yet."""
    return tuple(name for name in MANDATORY if not made.get(name))


def _date(day: date, kind: str) -> dict[str, str]:
    return {"date": day.isoformat(), "dateType": kind}


def _rights(code: str) -> dict[str, str]:
    return {"rightsIdentifier": code, "rightsIdentifierScheme": "SPDX", "schemeUri": SPDX_URI}


def _creator(one: Creator) -> dict[str, Any]:
    scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": ORCID_URI}
    known = {"affiliationIdentifierScheme": "ROR", "schemeUri": ROR_URI}
    place = {"affiliationIdentifier": one.ror, **known} if one.ror else {}
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
