"""Everything that is kept of a consensus call."""

from talanoa.consensus.models.appeals import About, Argument, PanelAppeal, Supporter, joined
from talanoa.consensus.models.calls import Call, Estimate, Option, Position
from talanoa.consensus.models.challenges import Challenge
from talanoa.consensus.models.designations import Designation, MinorityStatement
from talanoa.consensus.models.ending import Ending
from talanoa.consensus.models.evidence import Evidence
from talanoa.consensus.models.objections import Handling, Objection, unresolved
from talanoa.consensus.models.panels import Opinion, PanelDraw, PanelMember

__all__ = [
    "About",
    "Argument",
    "Call",
    "Challenge",
    "Designation",
    "Ending",
    "Estimate",
    "Evidence",
    "Handling",
    "MinorityStatement",
    "Objection",
    "Opinion",
    "Option",
    "PanelAppeal",
    "PanelDraw",
    "PanelMember",
    "Position",
    "Supporter",
    "joined",
    "unresolved",
]
