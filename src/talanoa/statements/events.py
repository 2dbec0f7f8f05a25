"""What happens in a round of statements, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class RoundOpened(Event):
    """A round began, until `until` (UTC): statements about its question are proposed and voted on."""

    kind: ClassVar[str] = "round.opened.1"
    told: ClassVar[Promise] = _("Round %(round)s of statements was opened.")
    round: int
    until: str
    question: Committed
    name: Committed


@dataclass(frozen=True)
class RoundImported(Event):
    """A round began with a conversation from elsewhere: its statements, and the votes of people known by numbers only.

    `sha256` is of all of it in its one written form (lib.imported_votes).
    """

    kind: ClassVar[str] = "round.imported.1"
    told: ClassVar[Promise] = _(
        "Round %(round)s began with a conversation from elsewhere: %(statements)s statements, %(voters)s people."
    )
    round: int
    statements: int
    voters: int
    votes: int
    sha256: str
    source: Committed


@dataclass(frozen=True)
class StatementReceived(Event):
    """A statement got its number. `state` says whether it is published or held, `origin` whose it is."""

    kind: ClassVar[str] = "statement.received.1"
    told: ClassVar[Promise] = _("Statement %(n)s was received in round %(round)s.")
    state: str
    assurance: str
    round: int
    origin: str
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class BallotCast(Event):
    """Somebody voted on statements: how, and who, is only committed to. The last vote on each statement counts."""

    kind: ClassVar[str] = "ballot.cast.1"
    told: ClassVar[Promise] = _("A ballot was cast in round %(round)s.")
    round: int
    votes: Committed
    voter: Committed


@dataclass(frozen=True)
class RoundClosed(Event):
    """A round was closed and counted.

    `result_sha256` is of the numbers as canonical JSON, `table_sha256` of the votes without names that they come from.
    """

    kind: ClassVar[str] = "round.closed.1"
    told: ClassVar[Promise] = _("Round %(round)s of statements was closed; %(voters)s people had voted.")
    round: int
    voters: int
    statements: int
    result_sha256: str
    table_sha256: str
