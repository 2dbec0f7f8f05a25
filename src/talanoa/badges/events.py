"""What happens to badges, on the record: digests and a key, nobody's name."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class BadgeAwarded(Event):
    """Somebody was awarded the badge whose signed text has this digest; `issuer` is the key that signed it."""

    kind: ClassVar[str] = "badge.awarded.1"
    told: ClassVar[Promise] = _("Somebody was awarded a badge.")
    sha256: str
    issuer: str


@dataclass(frozen=True)
class BadgeRevoked(Event):
    """The badge of an earlier entry was revoked."""

    kind: ClassVar[str] = "badge.revoked.1"
    told: ClassVar[Promise] = _("The badge of entry %(entry)s was revoked.")
    entry: int
    sha256: str
    reason: Committed
