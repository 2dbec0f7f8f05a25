"""Everything that is kept of a consensus call."""

from talanoa.consensus.models.calls import Call, Estimate, Option, Position
from talanoa.consensus.models.designations import Designation, MinorityStatement
from talanoa.consensus.models.ending import Ending
from talanoa.consensus.models.objections import Handling, Objection

__all__ = [
    "Call",
    "Designation",
    "Ending",
    "Estimate",
    "Handling",
    "MinorityStatement",
    "Objection",
    "Option",
    "Position",
]
