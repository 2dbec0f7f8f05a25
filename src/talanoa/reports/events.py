"""What happens to reports, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class ReportSealed(Event):
    """The report is sealed: this text, these counts, and the end of its review period, which only can move later."""

    kind: ClassVar[str] = "report.sealed.1"
    told: ClassVar[Promise] = _("The report was sealed; its review period runs until %(review_until)s.")
    text: Committed
    sha256: str
    inputs: int
    responses: int
    review_until: str


@dataclass(frozen=True)
class ReportFinal(Event):
    """The review period is over and every comment has its answer."""

    kind: ClassVar[str] = "report.final.1"
    told: ClassVar[Promise] = _("The report is final.")
    sha256: str


@dataclass(frozen=True)
class DecisionTaken(Event):
    """Each recommendation has its answer: `answers` lists them as `1:accepted,2:not_accepted`."""

    kind: ClassVar[str] = "decision.taken.1"
    told: ClassVar[Promise] = _("The decision was taken: %(answers)s.")
    answers: str
    reasons: Committed


@dataclass(frozen=True)
class FollowUpNoted(Event):
    """A note on what became of the decision."""

    kind: ClassVar[str] = "followup.noted.1"
    told: ClassVar[Promise] = _("A follow-up was noted.")
    text: Committed
