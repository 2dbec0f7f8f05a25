"""What happens at the issue desk, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class IssueReceived(Event):
    """Somebody brought an issue. `until` is when its answer is due, which counts once its sender is sure."""

    kind: ClassVar[str] = "issue.received.1"
    told: ClassVar[Promise] = _("Issue %(issue)s was brought to the issue desk.")
    issue: int
    state: str
    assurance: str
    until: str
    title: Committed
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class IssueConfirmed(Event):
    """The one who sent an issue confirmed that it is theirs; its answer is due at `until`."""

    kind: ClassVar[str] = "issue.confirmed.1"
    told: ClassVar[Promise] = _("Issue %(issue)s was confirmed by its sender.")
    issue: int
    until: str


@dataclass(frozen=True)
class IssueAnswered(Event):
    """An issue was answered, for the `answer`th time.

    `convened` is the key of a process, `body` that of a body, or `-`. `letter` says whether the body is written to:
    `mail`, or `none` where no address of it is known.
    """

    kind: ClassVar[str] = "issue.answered.1"
    told: ClassVar[Promise] = _("Issue %(issue)s was answered: %(outcome)s.")
    issue: int
    answer: int
    outcome: str
    convened: str
    body: str
    letter: str
    reason_sha256: Committed


@dataclass(frozen=True)
class IssueReplied(Event):
    """The one who brought an issue replied to its answer."""

    kind: ClassVar[str] = "issue.replied.1"
    told: ClassVar[Promise] = _("Who brought issue %(issue)s replied to its answer.")
    issue: int
    answer: int
    text_sha256: Committed


@dataclass(frozen=True)
class ReferralAnswered(Event):
    """The body that an issue was referred to wrote back."""

    kind: ClassVar[str] = "referral.answered.1"
    told: ClassVar[Promise] = _("A body wrote back about issue %(issue)s.")
    issue: int
    answer: int
    body: str
    reply_sha256: Committed
