"""Who works on what already, where one can take part, and what a process found out about it.

A Body works on something; an OutsideProcess is one of its processes in which others can take part; an Opportunity is
a training or a source of money. All three come from files (content/bodies/README.md) and are dated. Anyone may send a
Correction; it is numbered, read by the operator, and answered. Of a process (which lies above, so it is named by its
key) an OverlapSearch keeps who was found, a Judgement what the desk makes of one body, a Liaison a letter to it and its
answer, a Missed what somebody else says was overlooked.
"""

from talanoa.registry.models.listing import (
    KINDS,
    STALE_AFTER,
    Body,
    Correction,
    Listed,
    ListedQuerySet,
    Opportunity,
    OutsideProcess,
    Registry,
    Topic,
)
from talanoa.registry.models.overlaps import (
    Action,
    Clearance,
    Judgement,
    Liaison,
    Missed,
    OverlapSearch,
    Relation,
)

__all__ = [
    "KINDS",
    "STALE_AFTER",
    "Action",
    "Body",
    "Clearance",
    "Correction",
    "Judgement",
    "Liaison",
    "Listed",
    "ListedQuerySet",
    "Missed",
    "Opportunity",
    "OutsideProcess",
    "OverlapSearch",
    "Registry",
    "Relation",
    "Topic",
]
