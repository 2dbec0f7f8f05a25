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
    """What was held, rejected, flagged or unconfirmed is shown; by the clock, role `system`, where it held it."""

    kind: ClassVar[str] = "contribution.released.1"
    told: ClassVar[Promise] = _("Number %(n)s is released: it is shown.")


@dataclass(frozen=True)
class ContributionWithheld(Event):
    """A contribution is held: kept from the public, for a reason from the list; its author may appeal."""

    kind: ClassVar[str] = "contribution.withheld.1"
    told: ClassVar[Promise] = _("Number %(n)s is held: %(reason)s.")
    reason: str


@dataclass(frozen=True)
class ContributionQuarantined(Event):
    """The clock holds the first message of somebody new, until `until` at the latest."""

    kind: ClassVar[str] = "contribution.quarantined.1"
    told: ClassVar[Promise] = _(
        "Number %(n)s, the first message of somebody new, is held until %(until)s at the latest."
    )
    until: str


@dataclass(frozen=True)
class ContributionRejected(Event):
    """A contribution is not shown any more, for a reason from the list that its author was told; they may appeal."""

    kind: ClassVar[str] = "contribution.rejected.1"
    told: ClassVar[Promise] = _("Number %(n)s is rejected: %(reason)s.")
    reason: str
    text: Committed


@dataclass(frozen=True)
class ContributionFlagged(Event):
    """Somebody says that a contribution breaks the code of conduct; neither they nor their group stand here."""

    kind: ClassVar[str] = "contribution.flagged.1"
    told: ClassVar[Promise] = _("Number %(n)s was flagged: %(reason)s.")
    reason: str
    text: Committed


@dataclass(frozen=True)
class AppealRaised(Event):
    """Somebody appealed against the act in entry `entry`; it is to be decided by `until`."""

    kind: ClassVar[str] = "appeal.raised.1"
    told: ClassVar[Promise] = _(
        "Somebody appealed against entry %(entry)s; it is to be decided by %(until)s."
    )
    entry: int
    until: str
    text: Committed


@dataclass(frozen=True)
class AppealDecided(Event):
    """An appeal was decided by somebody who had no part in the act in entry `entry`: upheld or overturned."""

    kind: ClassVar[str] = "appeal.decided.1"
    told: ClassVar[Promise] = _("The appeal against entry %(entry)s was decided; the act is %(outcome)s.")
    entry: int
    outcome: str
    reasons: Committed


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


@dataclass(frozen=True)
class CopiesFolded(Event):
    """Near-identical inputs are shown as one position; `numbers` are all that came to it, as ranges."""

    kind: ClassVar[str] = "pile.folded.1"
    told: ClassVar[Promise] = _(
        "Shown as one position with number %(n)s, in nearly the same words: %(numbers)s."
    )
    numbers: str


@dataclass(frozen=True)
class CopyParted(Event):
    """An input was taken out of a pile, by its author or the desk; it stands by itself for good."""

    kind: ClassVar[str] = "pile.parted.1"
    told: ClassVar[Promise] = _("Number %(n)s stands by itself again.")


@dataclass(frozen=True)
class FloorsMissed(Event):
    """A call is over, and fewer of a group or region spoke than the charter wants; `gaps`: `code:spoke/floor`."""

    kind: ClassVar[str] = "floors.missed.1"
    told: ClassVar[Promise] = _("The call is over and below a floor of its charter: %(gaps)s.")
    stage: str
    gaps: str


@dataclass(frozen=True)
class FloorsExplained(Event):
    """The convenor said in public why the call closes below a floor."""

    kind: ClassVar[str] = "floors.explained.1"
    told: ClassVar[Promise] = _("The convenor said why the call closes below a floor.")
    stage: str
    reason_sha256: Committed
