"""What happens on the expert roster, on the record. Who was asked stands there in public once they accepted."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class ExpertListed(Event):
    """Somebody joined the roster. `offers` is what they do, `languages` are tags joined by commas."""

    kind: ClassVar[str] = "expert.listed.1"
    told: ClassVar[Promise] = _("Somebody joined the expert roster as number %(expert)s: %(offers)s.")
    expert: int
    offers: str
    languages: str
    name: Committed


@dataclass(frozen=True)
class ExpertChanged(Event):
    """Somebody changed what they offer on the roster."""

    kind: ClassVar[str] = "expert.changed.1"
    told: ClassVar[Promise] = _("Number %(expert)s of the expert roster changed what they offer: %(offers)s.")
    expert: int
    offers: str
    languages: str


@dataclass(frozen=True)
class ExpertLeft(Event):
    """Somebody left the roster."""

    kind: ClassVar[str] = "expert.left.1"
    told: ClassVar[Promise] = _("Number %(expert)s left the expert roster.")
    expert: int


@dataclass(frozen=True)
class ExpertRequested(Event):
    """A process asks for a facilitator or an expert until the day `until`, in `languages` joined by commas."""

    kind: ClassVar[str] = "expert.requested.1"
    told: ClassVar[Promise] = _("Request %(request)s to the expert roster: %(wanted)s, %(languages)s.")
    request: int
    wanted: str
    languages: str
    until: str
    text_sha256: Committed


@dataclass(frozen=True)
class AssignmentAsked(Event):
    """Somebody of the roster was asked, as the `assignment`th one for a request, and may answer until `until`."""

    kind: ClassVar[str] = "assignment.asked.1"
    told: ClassVar[Promise] = _("Somebody of the expert roster was asked for request %(request)s.")
    request: int
    assignment: int
    until: str
    name: Committed


@dataclass(frozen=True)
class AssignmentAccepted(Event):
    """Number `expert` of the roster accepted; the request is filled."""

    kind: ClassVar[str] = "assignment.accepted.1"
    told: ClassVar[Promise] = _("Number %(expert)s of the expert roster accepted request %(request)s.")
    request: int
    assignment: int
    expert: int


@dataclass(frozen=True)
class AssignmentDeclined(Event):
    """Who was asked declined; `shown` is 1 where they let everybody read their reason."""

    kind: ClassVar[str] = "assignment.declined.1"
    told: ClassVar[Promise] = _("Who was asked for request %(request)s of the expert roster declined.")
    request: int
    assignment: int
    shown: int
    reason_sha256: Committed


@dataclass(frozen=True)
class AssignmentLapsed(Event):
    """Who was asked did not answer in time."""

    kind: ClassVar[str] = "assignment.lapsed.1"
    told: ClassVar[Promise] = _("Who was asked for request %(request)s of the expert roster did not answer.")
    request: int
    assignment: int
