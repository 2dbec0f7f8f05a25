"""The one register of what people said in a process.

A Contribution has the number, the receipt's entry, the channel, the state and what its author allows to be
shown; its Authorship freezes who spoke, for whom, and how sure we are. Themes group contributions. A
Response is a reasoned answer, usually to a theme; an Answer ties it to one contribution, whose author may
acknowledge or dispute it. A Mention says that one contribution names the number of another. A Flag says that
something breaks the code of conduct; a ModerationAct holds, releases or rejects it; an Appeal asks somebody else
to look at such an act again. A Pile shows what many said in nearly the same words as one position. Nothing that was
said is ever deleted.
"""

from talanoa.contributions.models.answering import (
    STATUS_MEANINGS,
    Answer,
    Dispute,
    DisputeQuerySet,
    Filing,
    Handling,
    Response,
    Theme,
)
from talanoa.contributions.models.moderation import Appeal, Flag, ModerationAct
from talanoa.contributions.models.piling import Pile, Signatory, SignatoryQuerySet
from talanoa.contributions.models.register import (
    UNSURE,
    Assurance,
    Authorship,
    AuthorshipQuerySet,
    Contribution,
    ContributionQuerySet,
    Mention,
    ShownAuthor,
)

__all__ = [
    "STATUS_MEANINGS",
    "UNSURE",
    "Answer",
    "Appeal",
    "Assurance",
    "Authorship",
    "AuthorshipQuerySet",
    "Contribution",
    "ContributionQuerySet",
    "Dispute",
    "DisputeQuerySet",
    "Filing",
    "Flag",
    "Handling",
    "Mention",
    "ModerationAct",
    "Pile",
    "Response",
    "ShownAuthor",
    "Signatory",
    "SignatoryQuerySet",
    "Theme",
]
