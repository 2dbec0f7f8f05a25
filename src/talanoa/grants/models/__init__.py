"""Sponsored research.

A ResearchCall says what is asked for; it is held for comments, then open. An Application is what somebody asks for,
its Applicants are kept apart from it, an Attachment is a file of it, an Exchange more information that was asked for.
A Conflict says why somebody may not judge it, and bars them from all that follows. A Reviewer reads for a call; a
Drawing assigns them, a Reading is one of them with one application, a Review what they found, a Note what they say
to the others who judge. A WorkList says with whom somebody published. A Verdict is a recommendation or a decision. An
Award is what is agreed on with whom is funded, a Milestone a day by which something is reported and what is paid with
it, an AwardReport what is reported, an Output what comes of it. Each is read by its `visible_to`, and nothing is
counted that its reader may not read.
"""

from talanoa.grants.models.applications import (
    JUDGES,
    Applicant,
    Application,
    barred_from,
    check_unbarred,
    found_conflicts,
    is_barred,
)
from talanoa.grants.models.awards import AWARDS, Award, AwardReport, Milestone
from talanoa.grants.models.calls import ADDRESS, Office, ResearchCall, check_comment_time, sha256_of
from talanoa.grants.models.conflicts import Conflict
from talanoa.grants.models.deciding import Verdict
from talanoa.grants.models.outputs import MOST_OUTPUTS, Output
from talanoa.grants.models.papers import MOST_FILES, Attachment, Exchange
from talanoa.grants.models.reviewing import Drawing, Note, Reading, Review, Reviewer, owed_by
from talanoa.grants.models.works import WorkList

__all__ = [
    "ADDRESS",
    "AWARDS",
    "JUDGES",
    "MOST_FILES",
    "MOST_OUTPUTS",
    "Applicant",
    "Application",
    "Attachment",
    "Award",
    "AwardReport",
    "Conflict",
    "Drawing",
    "Exchange",
    "Milestone",
    "Note",
    "Office",
    "Output",
    "Reading",
    "ResearchCall",
    "Review",
    "Reviewer",
    "Verdict",
    "WorkList",
    "barred_from",
    "check_comment_time",
    "check_unbarred",
    "found_conflicts",
    "is_barred",
    "owed_by",
    "sha256_of",
]
