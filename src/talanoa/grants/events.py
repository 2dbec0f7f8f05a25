"""What happens to calls and applications, on the record. Nobody's name and no finding stands there in the open."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class GrantCallPublished(Event):
    """A call for applications was published for comments in a thread; it opens on the day `opens`."""

    kind: ClassVar[str] = "grantcall.published.1"
    told: ClassVar[Promise] = _("The call for applications %(call)s was published; it opens on %(opens)s.")
    call: str
    version: int
    opens: str
    closes: str
    thread: int
    text_sha256: str


@dataclass(frozen=True)
class GrantCallRevised(Event):
    """A call was changed before it opened; everybody can comment once more."""

    kind: ClassVar[str] = "grantcall.revised.1"
    told: ClassVar[Promise] = _("The call for applications %(call)s was changed; it opens on %(opens)s.")
    call: str
    version: int
    opens: str
    closes: str
    text_sha256: str
    reason_sha256: str


@dataclass(frozen=True)
class GrantCallOpened(Event):
    """A call takes applications."""

    kind: ClassVar[str] = "grantcall.opened.1"
    told: ClassVar[Promise] = _("The call %(call)s takes applications.")
    call: str


@dataclass(frozen=True)
class GrantCallClosed(Event):
    """A call takes no more applications."""

    kind: ClassVar[str] = "grantcall.closed.1"
    told: ClassVar[Promise] = _("The call %(call)s takes no more applications.")
    call: str


@dataclass(frozen=True)
class GrantCallCanceled(Event):
    """A call was canceled with a reason."""

    kind: ClassVar[str] = "grantcall.canceled.1"
    told: ClassVar[Promise] = _("The call %(call)s was canceled.")
    call: str
    reason_sha256: str


@dataclass(frozen=True)
class ApplicationReceived(Event):
    """An application was handed in."""

    kind: ClassVar[str] = "application.received.1"
    told: ClassVar[Promise] = _("Application %(application)s was received under the call %(call)s.")
    call: str
    application: int
    text_sha256: Committed
    lead: Committed


@dataclass(frozen=True)
class ApplicationWithdrawn(Event):
    """Who applied took an application back."""

    kind: ClassVar[str] = "application.withdrawn.1"
    told: ClassVar[Promise] = _("Application %(application)s was withdrawn.")
    application: int


@dataclass(frozen=True)
class ApplicantAnswered(Event):
    """Somebody who was named in an application agreed, or does not take part."""

    kind: ClassVar[str] = "applicant.answered.1"
    told: ClassVar[Promise] = _("Somebody who was named in application %(application)s answered.")
    application: int
    applicant: int
    answer: str


@dataclass(frozen=True)
class ApplicationScreened(Event):
    """An application was found eligible, or not, for a reason that who applies reads."""

    kind: ClassVar[str] = "application.screened.1"
    told: ClassVar[Promise] = _("Application %(application)s was looked at: %(finding)s.")
    application: int
    finding: str
    unmet: str
    reason_sha256: Committed


@dataclass(frozen=True)
class MoreAsked(Event):
    """Who applies was asked for more information."""

    kind: ClassVar[str] = "application.asked.1"
    told: ClassVar[Promise] = _("More information was asked about application %(application)s.")
    application: int
    exchange: int
    question_sha256: Committed


@dataclass(frozen=True)
class MoreGiven(Event):
    """Who applies gave more information."""

    kind: ClassVar[str] = "application.answered.1"
    told: ClassVar[Promise] = _("More information was given about application %(application)s.")
    application: int
    exchange: int
    answer_sha256: Committed


@dataclass(frozen=True)
class ReviewerNamed(Event):
    """Somebody was named as a reviewer of a call, for so many applications at most."""

    kind: ClassVar[str] = "reviewer.named.1"
    told: ClassVar[Promise] = _("A reviewer was named for the call %(call)s.")
    call: str
    reviewer: int
    load: int
    name: Committed


@dataclass(frozen=True)
class ConflictRecorded(Event):
    """Somebody who judges has a conflict of interest in an application, and is barred from all that follows of it."""

    kind: ClassVar[str] = "conflict.recorded.1"
    told: ClassVar[Promise] = _(
        "A conflict of interest was recorded for application %(application)s: %(source)s."
    )
    application: int
    source: str
    detail: Committed
    name: Committed


@dataclass(frozen=True)
class ReviewersAssigned(Event):
    """Reviewers were assigned to applications by a lot; its seed is committed to: nobody can tell who reads what."""

    kind: ClassVar[str] = "reviewers.assigned.1"
    told: ClassVar[Promise] = _(
        "Reviewers were assigned to %(applications)s applications of the call %(call)s."
    )
    call: str
    round: int
    applications: int
    reviewers: int
    seed: Committed
    sha256: Committed


@dataclass(frozen=True)
class ReviewerAdded(Event):
    """One more reviewer was asked to read an application, in place of one who stepped back."""

    kind: ClassVar[str] = "reviewer.added.1"
    told: ClassVar[Promise] = _("One more reviewer was asked to read application %(application)s.")
    application: int
    round: int


@dataclass(frozen=True)
class ReviewAttested(Event):
    """A reviewer stated that they have no conflict of interest in an application, and may read it from now on."""

    kind: ClassVar[str] = "review.attested.1"
    told: ClassVar[Promise] = _(
        "A reviewer of application %(application)s stated that there is no conflict of interest."
    )
    application: int
    round: int


@dataclass(frozen=True)
class ReviewRecused(Event):
    """A reviewer stepped back from an application, or was barred when they were to read it."""

    kind: ClassVar[str] = "review.recused.1"
    told: ClassVar[Promise] = _("A reviewer of application %(application)s stepped back.")
    application: int
    round: int


@dataclass(frozen=True)
class ReviewReceived(Event):
    """A reviewer found something on an application; marks and words are committed to."""

    kind: ClassVar[str] = "review.received.1"
    told: ClassVar[Promise] = _("A review of application %(application)s was received.")
    application: int
    round: int
    marks: Committed
    text_sha256: Committed


@dataclass(frozen=True)
class ReviewDiscussed(Event):
    """Somebody who judges said something of an application to the others who do."""

    kind: ClassVar[str] = "review.discussed.1"
    told: ClassVar[Promise] = _("Application %(application)s was discussed by those who judge it.")
    application: int
    text_sha256: Committed


@dataclass(frozen=True)
class ApplicantsRevealed(Event):
    """Who applies was shown to those who judge, after their reviews were in; or the next round began."""

    kind: ClassVar[str] = "applicants.revealed.1"
    told: ClassVar[Promise] = _("Who applies under the call %(call)s was shown to those who judge.")
    call: str
    round: int


@dataclass(frozen=True)
class RoundBegun(Event):
    """The next round of reviews of a call began."""

    kind: ClassVar[str] = "reviewing.begun.1"
    told: ClassVar[Promise] = _("Round %(round)s of the reviews of the call %(call)s began.")
    call: str
    round: int


@dataclass(frozen=True)
class ApplicationRecommended(Event):
    """The panel recommended what is to become of an application; it is held until `until` before anybody decides."""

    kind: ClassVar[str] = "application.recommended.1"
    told: ClassVar[Promise] = _(
        "A recommendation on application %(application)s is held before the decision."
    )
    application: int
    number: int
    until: str
    outcome: Committed
    reasons_sha256: Committed


@dataclass(frozen=True)
class ApplicationDecided(Event):
    """It was decided what becomes of an application; who applies can appeal until `until`."""

    kind: ClassVar[str] = "application.decided.1"
    told: ClassVar[Promise] = _("Application %(application)s was decided.")
    application: int
    number: int
    until: str
    outcome: Committed
    reasons_sha256: Committed


@dataclass(frozen=True)
class WorksStated(Event):
    """Somebody stated what they published with others, so that none of these judges them, nor they one of these."""

    kind: ClassVar[str] = "works.stated.1"
    told: ClassVar[Promise] = _("Somebody stated with whom they published: %(works)s.")
    works: int
    text_sha256: Committed


@dataclass(frozen=True)
class AwardOffered(Event):
    """An award was offered to those of an application; which one it is stands in the open once they accept."""

    kind: ClassVar[str] = "award.offered.1"
    told: ClassVar[Promise] = _("Award %(award)s was offered under the call %(call)s.")
    call: str
    award: int
    application: Committed
    terms_sha256: Committed


@dataclass(frozen=True)
class AwardAccepted(Event):
    """Those of an application accepted the agreement of their award, which is public from then on."""

    kind: ClassVar[str] = "award.accepted.1"
    told: ClassVar[Promise] = _("Award %(award)s was accepted: application %(application)s.")
    award: int
    application: int
    amount: int


@dataclass(frozen=True)
class AwardWithdrawn(Event):
    """An award was withdrawn by the office of the call, or given up by who had it, with a reason; `side` says which."""

    kind: ClassVar[str] = "award.withdrawn.1"
    told: ClassVar[Promise] = _("Award %(award)s was withdrawn.")
    award: int
    side: str
    reason_sha256: Committed


@dataclass(frozen=True)
class AwardCompleted(Event):
    """All that an award was for is done, reported and public."""

    kind: ClassVar[str] = "award.completed.1"
    told: ClassVar[Promise] = _("Award %(award)s is complete.")
    award: int


@dataclass(frozen=True)
class AwardReported(Event):
    """Who has an award reported of a milestone; words and file are committed to."""

    kind: ClassVar[str] = "award.reported.1"
    told: ClassVar[Promise] = _("A report of milestone %(milestone)s of award %(award)s was received.")
    award: int
    milestone: int
    report: int
    text_sha256: Committed
    file_sha256: Committed


@dataclass(frozen=True)
class AwardJudged(Event):
    """A report was accepted, or sent back, for reasons that who has the award reads."""

    kind: ClassVar[str] = "award.judged.1"
    told: ClassVar[Promise] = _("The report of milestone %(milestone)s of award %(award)s: %(outcome)s.")
    award: int
    milestone: int
    report: int
    outcome: str
    reasons_sha256: Committed


@dataclass(frozen=True)
class AwardPayment(Event):
    """How far the payment of a milestone is, as the office of the call tells; no money moves here."""

    kind: ClassVar[str] = "award.payment.1"
    told: ClassVar[Promise] = _("The payment of milestone %(milestone)s of award %(award)s: %(state)s.")
    award: int
    milestone: int
    state: str
    amount: int


@dataclass(frozen=True)
class AwardEthics(Event):
    """It was said who approved what an award is for as ethical, or why nobody had to."""

    kind: ClassVar[str] = "award.ethics.1"
    told: ClassVar[Promise] = _("The ethics approval of award %(award)s was stated.")
    award: int
    sha256: str


@dataclass(frozen=True)
class AwardRegistered(Event):
    """It was said where the plan of an award was registered before its data were seen."""

    kind: ClassVar[str] = "award.registered.1"
    told: ClassVar[Promise] = _("The registration of the plan of award %(award)s was stated.")
    award: int
    sha256: str


@dataclass(frozen=True)
class AwardProduced(Event):
    """Something came of an award, or what was told of it was corrected: then `version` is more than 1."""

    kind: ClassVar[str] = "award.produced.1"
    told: ClassVar[Promise] = _("Output %(output)s of award %(award)s was told, version %(version)s.")
    award: int
    output: int
    version: int
    facts_sha256: str
