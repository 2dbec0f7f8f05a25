"""Who is who, and what ties them to whom.

A User is a login and nothing else (allauth signs it in by a mailed code or a passkey). A Person is the
subject of acts and may have no login and no address: an author of 2014, someone on paper. What a Person
declares here (stakeholder group, organization, country) is the default for the processes they enter;
each contribution freezes what held when the words were spoken. An InterestStatement says what ties them to
organizations, by which Affiliations, and from when to when; a later one never changes an earlier one.
"""

from talanoa.people.models.interests import (
    Affiliation,
    InterestStatement,
    InterestStatementQuerySet,
    Standing,
)
from talanoa.people.models.who import (
    Appointment,
    ClaimedAddress,
    Group,
    Person,
    PersonQuerySet,
    User,
    UserAccounts,
)

__all__ = [
    "Affiliation",
    "Appointment",
    "ClaimedAddress",
    "Group",
    "InterestStatement",
    "InterestStatementQuerySet",
    "Person",
    "PersonQuerySet",
    "Standing",
    "User",
    "UserAccounts",
]
