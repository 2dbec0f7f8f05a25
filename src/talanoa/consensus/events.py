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
class EvidenceAttached(Event):
    """The chair laid the result of a round of statements, which has the hash `sha256`, beside a call."""

    kind: ClassVar[str] = "evidence.attached.1"
    told: ClassVar[Promise] = _(
        "The chair laid the result of round %(round)s of statements beside consensus call %(call)s."
    )
    call: int
    round: int
    sha256: str
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


@dataclass(frozen=True)
class ChallengeRaised(Event):
    """Somebody who took part challenged the designation in entry `entry`; it is to be answered by `until`."""

    kind: ClassVar[str] = "challenge.raised.1"
    told: ClassVar[Promise] = _(
        "Challenge %(challenge)s was raised against what the chair found in consensus call %(call)s, recommendation"
        " %(recommendation)s; it is to be answered by %(until)s."
    )
    challenge: int
    call: int
    recommendation: int
    entry: int
    until: str
    text: Committed
    name: Committed


@dataclass(frozen=True)
class ChallengeAnswered(Event):
    """The chair answered a challenge with reasons: the designation is kept, or it is annulled."""

    kind: ClassVar[str] = "challenge.answered.1"
    told: ClassVar[Promise] = _("The chair answered challenge %(challenge)s; the designation is %(outcome)s.")
    challenge: int
    outcome: str
    text: Committed
    name: Committed


@dataclass(frozen=True)
class DesignationAnnulled(Event):
    """The designation in entry `entry` holds no longer; about the same text a new call can be opened."""

    kind: ClassVar[str] = "designation.annulled.1"
    told: ClassVar[Promise] = _(
        "What the chair found in consensus call %(call)s, recommendation %(recommendation)s, is annulled."
    )
    call: int
    recommendation: int
    entry: int


@dataclass(frozen=True)
class ObjectionRestored(Event):
    """A panel overturned what the chair found on objection `n` in entry `entry`: the objection stands."""

    kind: ClassVar[str] = "objection.restored.1"
    told: ClassVar[Promise] = _("Objection %(n)s stands again: what the chair found on it was overturned.")
    entry: int


@dataclass(frozen=True)
class AppealSupported(Event):
    """Somebody else who took part in the call stands behind appeal `appeal`."""

    kind: ClassVar[str] = "appeal.supported.1"
    told: ClassVar[Promise] = _("Somebody who took part supports appeal %(appeal)s.")
    appeal: int
    name: Committed


@dataclass(frozen=True)
class AppealAdmitted(Event):
    """Appeal `appeal` is heard by a panel."""

    kind: ClassVar[str] = "appeal.admitted.1"
    told: ClassVar[Promise] = _("Appeal %(appeal)s is heard by a panel.")
    appeal: int


@dataclass(frozen=True)
class AppealRefused(Event):
    """Appeal `appeal` is not heard, for a public reason; that can be appealed in its turn."""

    kind: ClassVar[str] = "appeal.refused.1"
    told: ClassVar[Promise] = _("Appeal %(appeal)s is not heard; the reason is public, and can be appealed.")
    appeal: int
    reason: Committed


@dataclass(frozen=True)
class DrawAnnounced(Event):
    """A panel of `seats` will be drawn from a numbered pool of `pool`, once public sources have spoken at `known`."""

    kind: ClassVar[str] = "draw.announced.1"
    told: ClassVar[Promise] = _(
        "Draw %(draw)s for appeal %(appeal)s was announced: %(seats)s seats from a pool of %(pool)s, by %(method)s,"
        " with public numbers that are known on %(known)s."
    )
    appeal: int
    draw: int
    method: str
    seats: int
    pool: int
    known: str
    names: Committed
    sources: Committed


@dataclass(frozen=True)
class PanelDrawn(Event):
    """The panel was drawn: `key` is what the sources said (RFC 3797), `selected` the pool in the order drawn."""

    kind: ClassVar[str] = "panel.drawn.1"
    told: ClassVar[Promise] = _(
        "The panel for appeal %(appeal)s was drawn; the numbers of the pool came in this order: %(selected)s. It"
        " decides by %(until)s."
    )
    appeal: int
    draw: int
    key: str
    selected: str
    until: str


@dataclass(frozen=True)
class SeatLeft(Event):
    """Number `member` of the pool left the seat for a public reason; `next` of the draw took it, 0 is nobody."""

    kind: ClassVar[str] = "seat.left.1"
    told: ClassVar[Promise] = _(
        "Number %(member)s of the pool left the panel for appeal %(appeal)s; the next of the draw: %(next)s."
    )
    appeal: int
    draw: int
    member: int
    next: int
    reason: Committed


@dataclass(frozen=True)
class OpinionGiven(Event):
    """A member of the panel has found on appeal `appeal`; what, and which member, is told to nobody."""

    kind: ClassVar[str] = "opinion.given.1"
    told: ClassVar[Promise] = _("A member of the panel has found on appeal %(appeal)s.")
    appeal: int
    text: Committed
