"""What happens in consensus calls, on the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class CallOpened(Event):
    """The chair asked about one revision, whose text has the hash `sha256`; positions are taken until `until`."""

    kind: ClassVar[str] = "call.opened.1"
    told: ClassVar[Promise] = _(
        "Consensus call %(call)s asks about revision %(revision)s of draft %(draft)s, until %(until)s."
    )
    call: int
    draft: int
    revision: int
    sha256: str
    rule: str
    until: str
    question: Committed
    name: Committed


@dataclass(frozen=True)
class PositionTaken(Event):
    """Somebody took a position in call `call`, on one recommendation or, with 0, on the whole text."""

    kind: ClassVar[str] = "position.taken.1"
    told: ClassVar[Promise] = _("A position was taken in consensus call %(call)s: %(option)s.")
    call: int
    recommendation: int
    option: str
    reason: Committed
    name: Committed


@dataclass(frozen=True)
class ObjectionRaised(Event):
    """Somebody objected in call `call`, and said what would resolve it; it is to be answered by `until`."""

    kind: ClassVar[str] = "objection.raised.1"
    told: ClassVar[Promise] = _("Objection %(n)s was raised in consensus call %(call)s.")
    call: int
    recommendation: int
    about: str
    until: str
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class ObjectionHandled(Event):
    """What became of objection `n`, in public words.

    `state` is answered, accommodated (by `revision`, otherwise 0), outweighed, no_bearing, set_aside; or stands, in the
    words of its author.
    """

    kind: ClassVar[str] = "objection.handled.1"
    told: ClassVar[Promise] = _("Objection %(n)s: %(state)s.")
    state: str
    revision: int
    text: Committed
    name: Committed


@dataclass(frozen=True)
class EstimatePublished(Event):
    """The chair's estimate after a round of discussion; `levels` such as `1:consensus,2:divergence`."""

    kind: ClassVar[str] = "estimate.published.1"
    told: ClassVar[Promise] = _(
        "The chair published estimate %(round)s in consensus call %(call)s: %(levels)s."
    )
    call: int
    round: int
    levels: str
    text: Committed
    name: Committed


@dataclass(frozen=True)
class ConsensusDesignated(Event):
    """The chair's finding on one recommendation (0: the whole text) of the revision with the hash `sha256`."""

    kind: ClassVar[str] = "consensus.designated.1"
    told: ClassVar[Promise] = _(
        "The chair found in consensus call %(call)s, recommendation %(recommendation)s: %(level)s."
    )
    call: int
    recommendation: int
    level: str
    sha256: str
    reasons: Committed
    name: Committed


@dataclass(frozen=True)
class CallDeclared(Event):
    """The chair declared what the call found: objections and how each was handled, in `text`."""

    kind: ClassVar[str] = "call.declared.1"
    told: ClassVar[Promise] = _("The outcome of consensus call %(call)s was declared.")
    call: int
    objections: int
    dissent: str
    text: Committed


@dataclass(frozen=True)
class MinorityStated(Event):
    """Somebody who dissents sent a statement, which stands in the report."""

    kind: ClassVar[str] = "minority.stated.1"
    told: ClassVar[Promise] = _("Minority statement %(n)s was sent about consensus call %(call)s.")
    call: int
    recommendation: int
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class ConsensusEnded(Event):
    """The consensus calls ended; drafts `uncalled` (as `1,3`, or `-`) have no outcome, and `because` says why."""

    kind: ClassVar[str] = "consensus.ended.1"
    told: ClassVar[Promise] = _("The consensus calls ended. Drafts without an outcome: %(uncalled)s.")
    uncalled: str
    because: Committed
    name: Committed

    @classmethod
    def tell(cls, fields: Mapping[str, Any]) -> Promise:
        """Say that every draft has its outcome, where that is so."""
        return _EVERY_DRAFT if fields["uncalled"] == "-" else cls.told


_EVERY_DRAFT = _("Every draft has its outcome; the report is written next.")
