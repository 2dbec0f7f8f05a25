"""What happens to drafts, on the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class DraftRevised(Event):
    """A revision of a draft was published; `sha256` is that of its text. What was found on an older one is stale."""

    kind: ClassVar[str] = "draft.revised.1"
    told: ClassVar[Promise] = _("Revision %(revision)s of draft %(draft)s was published.")
    draft: int
    revision: int
    sha256: str
    title: Committed
    author: Committed


@dataclass(frozen=True)
class CommentReceived(Event):
    """A comment on a draft got its number. `state` says whether it is published or held.

    `revision` is the one that its author read, `anchor` the paragraph of it, `-` for the whole text.
    """

    kind: ClassVar[str] = "comment.received.1"
    told: ClassVar[Promise] = _("Comment %(n)s on draft %(draft)s was received.")
    state: str
    assurance: str
    draft: int
    revision: int
    anchor: str
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class SuggestionReceived(Event):
    """Somebody suggested other words for a paragraph of a draft. `state` says whether it is published or held."""

    kind: ClassVar[str] = "suggestion.received.1"
    told: ClassVar[Promise] = _("Suggestion %(n)s for draft %(draft)s was received.")
    state: str
    assurance: str
    draft: int
    revision: int
    anchor: str
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class CommentsDisposed(Event):
    """It was said what became of the comments `numbers` (such as `1-4,7`), and why.

    `revision` is the one whose change they caused, 0 where there was none.
    """

    kind: ClassVar[str] = "comment.disposed.1"
    told: ClassVar[Promise] = _("It was said what became of: %(numbers)s (%(status)s).")
    draft: int
    numbers: str
    status: str
    revision: int
    reason_sha256: Committed
    author: Committed


@dataclass(frozen=True)
class SuggestionAccepted(Event):
    """A suggestion stands in the text: `revision` is the one that it made."""

    kind: ClassVar[str] = "suggestion.accepted.1"
    told: ClassVar[Promise] = _(
        "Suggestion %(n)s was accepted: it made revision %(revision)s of draft %(draft)s."
    )
    draft: int
    revision: int
    reason_sha256: Committed
    author: Committed


@dataclass(frozen=True)
class SuggestionRejected(Event):
    """A suggestion was not accepted, for the reason that its author was told."""

    kind: ClassVar[str] = "suggestion.rejected.1"
    told: ClassVar[Promise] = _("Suggestion %(n)s was not accepted.")
    draft: int
    reason_sha256: Committed
    author: Committed


@dataclass(frozen=True)
class NeedStated(Event):
    """Somebody said that suggestion `n` must or should be in the text, or took that back (`neither`).

    Neither their name nor their group stands here: counted is how many say so.
    """

    kind: ClassVar[str] = "need.stated.1"
    told: ClassVar[Promise] = _("Somebody said that suggestion %(n)s must be in the text.")
    degree: str

    @classmethod
    def tell(cls, fields: Mapping[str, Any]) -> Promise:
        """Return how it is told: by the degree."""
        return _NEEDS.get(str(fields.get("degree")), cls.told)


_NEEDS: dict[str, Promise] = {
    "must": NeedStated.told,
    "should": _("Somebody said that suggestion %(n)s should be in the text."),
    "neither": _("Somebody took back what they said about the need for suggestion %(n)s."),
}
