"""The tables of processes: the process itself, and how it reaches out."""

from talanoa.processes.models.balance import FloorFinding
from talanoa.processes.models.defaults import FOUNDING, REVIEW_FLOOR, Default, DefaultChange
from talanoa.processes.models.inviting import (
    Invitation,
    InvitationQuerySet,
    InvitationRound,
    Invitee,
    check_inviting,
    last_day,
    list_digest,
    unknown_group,
)
from talanoa.processes.models.outreach import Announcement, FollowedList, Seed
from talanoa.processes.models.process import (
    OFFICE,
    SYSTEM,
    Actor,
    CharterVersion,
    Facts,
    Participant,
    ParticipantQuerySet,
    Process,
    ProcessQuerySet,
    Role,
    RoleGrant,
    Stage,
    System,
)

__all__ = [
    "FOUNDING",
    "OFFICE",
    "REVIEW_FLOOR",
    "SYSTEM",
    "Actor",
    "Announcement",
    "CharterVersion",
    "Default",
    "DefaultChange",
    "Facts",
    "FloorFinding",
    "FollowedList",
    "Invitation",
    "InvitationQuerySet",
    "InvitationRound",
    "Invitee",
    "Participant",
    "ParticipantQuerySet",
    "Process",
    "ProcessQuerySet",
    "Role",
    "RoleGrant",
    "Seed",
    "Stage",
    "System",
    "check_inviting",
    "last_day",
    "list_digest",
    "unknown_group",
]
