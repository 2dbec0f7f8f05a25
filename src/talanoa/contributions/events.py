"""What happens to contributions of every kind, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class SenderConfirmed(Event):
    """The sender of a held contribution confirmed it; it is published as its author allowed."""

    kind: ClassVar[str] = "contribution.confirmed.1"
    told: ClassVar[Promise] = _("The sender of input %(n)s confirmed it.")


@dataclass(frozen=True)
class ContributionReleased(Event):
    """The secretariat published a held or withheld contribution."""

    kind: ClassVar[str] = "contribution.released.1"
    told: ClassVar[Promise] = _("Input %(n)s was published by the secretariat.")


@dataclass(frozen=True)
class ContributionWithheld(Event):
    """A contribution is kept from the public, for a reason from the list; its author may appeal."""

    kind: ClassVar[str] = "contribution.withheld.1"
    told: ClassVar[Promise] = _("Input %(n)s is withheld: %(reason)s.")
    reason: str


@dataclass(frozen=True)
class ContributionWithdrawn(Event):
    """The author took a contribution back; number and hash stay."""

    kind: ClassVar[str] = "contribution.withdrawn.1"
    told: ClassVar[Promise] = _("Input %(n)s was withdrawn by its author.")


@dataclass(frozen=True)
class ResponsePublished(Event):
    """An answer reached the contributions `numbers` (such as `1-4,7`)."""

    kind: ClassVar[str] = "response.published.1"
    told: ClassVar[Promise] = _("Answered: %(numbers)s (%(status)s).")
    status: str
    numbers: str
    theme: str
    text: Committed


@dataclass(frozen=True)
class ResponseAcknowledged(Event):
    """The author says that the answer does them justice."""

    kind: ClassVar[str] = "response.acknowledged.1"
    told: ClassVar[Promise] = _("The author of input %(n)s says the answer does them justice.")


@dataclass(frozen=True)
class ResponseDisputed(Event):
    """The author says that the summary or the answer misreads them."""

    kind: ClassVar[str] = "response.disputed.1"
    told: ClassVar[Promise] = _("The author of input %(n)s disputes the answer.")
    text: Committed


@dataclass(frozen=True)
class DisputeReplied(Event):
    """The secretariat replied to a dispute; both stand in the report."""

    kind: ClassVar[str] = "dispute.replied.1"
    told: ClassVar[Promise] = _("The dispute about input %(n)s has a reply.")
    reply: Committed
