"""What happens to the place, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class DefaultChanged(Event):
    """A default has other days from now on, as `recommendation` of the decided process `decided` says."""

    kind: ClassVar[str] = "default.changed.1"
    told: ClassVar[Promise] = _(
        "The default “%(default)s” is %(days)s days from now on, as decided in %(decided)s (version %(version)s)."
    )
    default: str
    days: int
    version: int
    decided: str
    recommendation: int


@dataclass(frozen=True)
class NewsPublished(Event):
    """The host published news."""

    kind: ClassVar[str] = "news.published.1"
    told: ClassVar[Promise] = _("News %(news)s was published.")
    news: int
    language: str
    title: Committed
    text_sha256: Committed


@dataclass(frozen=True)
class NewsCorrected(Event):
    """The host corrected news; every version stays."""

    kind: ClassVar[str] = "news.corrected.1"
    told: ClassVar[Promise] = _("News %(news)s was corrected (version %(version)s).")
    news: int
    version: int
    title: Committed
    text_sha256: Committed
    correction: Committed
