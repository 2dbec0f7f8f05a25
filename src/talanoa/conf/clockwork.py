"""What happens by itself: stages and review periods by the clock, notices and digests from the record, the outbox.

The record is the outbox: a cursor walks over its entries, so that no notice is lost or written twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from talanoa.archives.actions.following import note_heard
from talanoa.badges.events import BadgeAwarded, BadgeRevoked
from talanoa.badges.notices import tell_awarded, tell_revoked
from talanoa.consensus.actions.hearing import close_appeals
from talanoa.consensus.events import (
    AppealAdmitted,
    AppealRefused,
    CallDeclared,
    CallOpened,
    ChallengeAnswered,
    ChallengeRaised,
    DesignationAnnulled,
    DrawAnnounced,
    MinorityStated,
    ObjectionHandled,
    ObjectionRaised,
    PanelDrawn,
    SeatLeft,
)
from talanoa.consensus.notices.calls import (
    tell_changed,
    tell_declared,
    tell_handled,
    tell_minority,
    tell_objected,
    tell_opened,
)
from talanoa.consensus.notices.contesting import (
    tell_admission,
    tell_annulled,
    tell_challenge_answered,
    tell_challenged,
    tell_draw,
    tell_drawn,
    tell_panel_appealed,
    tell_panel_decided,
    tell_seat,
)
from talanoa.contributions.actions.balancing import find_floors
from talanoa.contributions.actions.moderating import end_quarantines
from talanoa.contributions.events import (
    AppealDecided,
    AppealRaised,
    ContributionQuarantined,
    ContributionRejected,
    ContributionReleased,
    ContributionWithheld,
    CopiesFolded,
    DisputeReplied,
    FloorsMissed,
    ResponsePublished,
    SenderConfirmed,
)
from talanoa.contributions.notices import (
    tell_answered,
    tell_appealed,
    tell_folded,
    tell_missed,
    tell_moderated,
    tell_replied,
    tell_ruled,
)
from talanoa.desk.events import (
    IssueAnswered,
    IssueConfirmed,
    IssueReceived,
    IssueReplied,
    ReferralAnswered,
)
from talanoa.desk.notices import (
    remind_overdue,
    tell_body_heard,
    tell_brought,
    tell_issue_answered,
    tell_issue_replied,
    tell_vouched,
)
from talanoa.discussions.events import MessageReceived
from talanoa.discussions.notices import tell_message, tell_shown
from talanoa.drafts.events import (
    CommentReceived,
    CommentsDisposed,
    DraftRevised,
    SuggestionAccepted,
    SuggestionReceived,
    SuggestionRejected,
)
from talanoa.drafts.notices import tell_disposed, tell_remarked, tell_revised
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.events import (
    ApplicationDecided,
    ApplicationReceived,
    ApplicationScreened,
    AwardAccepted,
    AwardCompleted,
    AwardJudged,
    AwardOffered,
    AwardPayment,
    AwardReported,
    AwardWithdrawn,
    MoreAsked,
    MoreGiven,
    ReviewerAdded,
    ReviewersAssigned,
    ReviewRecused,
)
from talanoa.grants.notices import (
    tell_application_decided,
    tell_assigned,
    tell_grant_appeal,
    tell_grant_ruling,
    tell_more_asked,
    tell_more_given,
    tell_screened,
    tell_stepped_back,
)
from talanoa.grants.notices import tell_received as tell_application
from talanoa.grants.notices.awards import (
    tell_award_accepted,
    tell_award_completed,
    tell_award_judged,
    tell_award_offered,
    tell_award_payment,
    tell_award_reported,
    tell_award_withdrawn,
)
from talanoa.inputs.actions.listed import forget_listed
from talanoa.inputs.digests import tell_every, write_digests
from talanoa.inputs.events import InputReceived, InputTranscribed
from talanoa.inputs.notices import ask_waiting, tell_received, tell_transcribed
from talanoa.kernel.clock import running_from
from talanoa.learning.events import CoursePassed
from talanoa.learning.notices import send_lessons, tell_facilitators, tell_judgments, tell_passed
from talanoa.mail.models import Cursor
from talanoa.mail.outbox import write_outbox
from talanoa.mail.sending import send_due
from talanoa.meetings.events import MeetingAnnounced, MeetingCanceled, MeetingChanged, MinutesPublished
from talanoa.meetings.notices import (
    tell_meeting_announced,
    tell_meeting_canceled,
    tell_meeting_changed,
    tell_minuted,
)
from talanoa.practice.notices import ask_about_promises
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.events import (
    AnnouncementMade,
    LiaisonSent,
    OverlapExplained,
    OverlapQuestioned,
    PeopleInvited,
    StageOpened,
)
from talanoa.processes.notices.announcing import tell_announced
from talanoa.processes.notices.inviting import remind_all_invited, tell_invited
from talanoa.processes.notices.overlaps import (
    search_again,
    tell_explained,
    tell_liaison,
    tell_near,
    tell_questioned,
)
from talanoa.record.models import Entry
from talanoa.registry.events import CorrectionAnswered, CorrectionReceived
from talanoa.registry.notices import tell_corrected, tell_correction
from talanoa.reports.actions import end_reviews
from talanoa.reports.events import DecisionTaken, ReportFinal, ReportSealed
from talanoa.reports.notices import tell_decided, tell_final, tell_sealed
from talanoa.roster.actions.answering import lapse_assignments
from talanoa.roster.events import AssignmentAccepted, AssignmentAsked, AssignmentDeclined, AssignmentLapsed
from talanoa.roster.notices import tell_asked, tell_reply
from talanoa.statements.actions.rounds import close_rounds, count_all_running
from talanoa.statements.events import BallotCast, RoundClosed, RoundOpened, StatementReceived
from talanoa.statements.notices import tell_entered, tell_round_closed, tell_round_opened, tell_stated


def _tell_released(entry: Entry) -> None:
    """Tell the author, and those who want every message."""
    tell_moderated(entry)
    tell_shown(entry)


def _tell_of_revision(entry: Entry) -> None:
    """Tell those who follow the drafts, and the room of a call whose text has changed by it."""
    tell_revised(entry)
    tell_changed(entry)


def _tell_of_seal(entry: Entry) -> None:
    """Tell those who take part, and the bodies whose work is near."""
    tell_sealed(entry)
    tell_near(entry)


def _tell_of_decision(entry: Entry) -> None:
    """Tell those who take part, and the bodies whose work is near."""
    tell_decided(entry)
    tell_near(entry)


def _tell_of_appeal(entry: Entry) -> None:
    """Tell those who hear it, or who prepare its hearing by a panel."""
    tell_appealed(entry)
    tell_panel_appealed(entry)
    tell_grant_appeal(entry)


def _tell_of_ruling(entry: Entry) -> None:
    """Tell whoever appealed, and where a panel decided all parties."""
    tell_ruled(entry)
    tell_panel_decided(entry)
    tell_grant_ruling(entry)


NOTICES: dict[str, Callable[[Entry], None]] = {
    InputReceived.kind: tell_received,
    InputTranscribed.kind: tell_transcribed,
    MessageReceived.kind: tell_message,
    DraftRevised.kind: _tell_of_revision,
    CommentReceived.kind: tell_remarked,
    SuggestionReceived.kind: tell_remarked,
    StatementReceived.kind: tell_stated,
    RoundOpened.kind: tell_round_opened,
    RoundClosed.kind: tell_round_closed,
    BallotCast.kind: tell_entered,
    CommentsDisposed.kind: tell_disposed,
    SuggestionAccepted.kind: tell_disposed,
    SuggestionRejected.kind: tell_disposed,
    SenderConfirmed.kind: tell_shown,
    ContributionWithheld.kind: tell_moderated,
    ContributionQuarantined.kind: tell_moderated,
    ContributionReleased.kind: _tell_released,
    ContributionRejected.kind: tell_moderated,
    BadgeAwarded.kind: tell_awarded,
    BadgeRevoked.kind: tell_revoked,
    ApplicationReceived.kind: tell_application,
    ApplicationScreened.kind: tell_screened,
    MoreAsked.kind: tell_more_asked,
    MoreGiven.kind: tell_more_given,
    ApplicationDecided.kind: tell_application_decided,
    AwardOffered.kind: tell_award_offered,
    AwardAccepted.kind: tell_award_accepted,
    AwardWithdrawn.kind: tell_award_withdrawn,
    AwardReported.kind: tell_award_reported,
    AwardJudged.kind: tell_award_judged,
    AwardPayment.kind: tell_award_payment,
    AwardCompleted.kind: tell_award_completed,
    ReviewersAssigned.kind: tell_assigned,
    ReviewerAdded.kind: tell_assigned,
    ReviewRecused.kind: tell_stepped_back,
    AppealRaised.kind: _tell_of_appeal,
    AppealDecided.kind: _tell_of_ruling,
    CopiesFolded.kind: tell_folded,
    CorrectionAnswered.kind: tell_corrected,
    CorrectionReceived.kind: tell_correction,
    IssueAnswered.kind: tell_issue_answered,
    IssueConfirmed.kind: tell_vouched,
    IssueReceived.kind: tell_brought,
    IssueReplied.kind: tell_issue_replied,
    LiaisonSent.kind: tell_liaison,
    ReferralAnswered.kind: tell_body_heard,
    StageOpened.kind: search_again,
    OverlapQuestioned.kind: tell_questioned,
    OverlapExplained.kind: tell_explained,
    FloorsMissed.kind: tell_missed,
    ResponsePublished.kind: tell_answered,
    DisputeReplied.kind: tell_replied,
    CallOpened.kind: tell_opened,
    CallDeclared.kind: tell_declared,
    ObjectionRaised.kind: tell_objected,
    ObjectionHandled.kind: tell_handled,
    MinorityStated.kind: tell_minority,
    ChallengeRaised.kind: tell_challenged,
    ChallengeAnswered.kind: tell_challenge_answered,
    DesignationAnnulled.kind: tell_annulled,
    AppealAdmitted.kind: tell_admission,
    AppealRefused.kind: tell_admission,
    DrawAnnounced.kind: tell_draw,
    PanelDrawn.kind: tell_drawn,
    SeatLeft.kind: tell_seat,
    MeetingAnnounced.kind: tell_meeting_announced,
    MeetingChanged.kind: tell_meeting_changed,
    MeetingCanceled.kind: tell_meeting_canceled,
    MinutesPublished.kind: tell_minuted,
    ReportSealed.kind: _tell_of_seal,
    ReportFinal.kind: tell_final,
    DecisionTaken.kind: _tell_of_decision,
    AnnouncementMade.kind: tell_announced,
    PeopleInvited.kind: tell_invited,
    CoursePassed.kind: tell_passed,
    AssignmentAsked.kind: tell_asked,
    AssignmentAccepted.kind: tell_reply,
    AssignmentDeclined.kind: tell_reply,
    AssignmentLapsed.kind: tell_reply,
}
TOLD_TO_ALL = frozenset(
    {
        MessageReceived.kind,
        DraftRevised.kind,
        RoundOpened.kind,
        RoundClosed.kind,
        CallOpened.kind,
        CallDeclared.kind,
        DesignationAnnulled.kind,
        MeetingAnnounced.kind,
        MeetingChanged.kind,
        MeetingCanceled.kind,
        ReportSealed.kind,
        ReportFinal.kind,
        DecisionTaken.kind,
    }
)
"""Kinds whose own notice goes to all whom they concern, so that nobody needs a second letter."""
BATCH = 200


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did: stages changed, reports made final, entries read, mails written, messages shown."""

    stages: int
    final: int
    entries: int
    mails: int
    released: int = 0


def tick(*, at: datetime) -> Ticked:
    """Do everything that is due at `at` (an aware UTC time)."""
    find_floors(at=at)
    stages, final, released = keep_stages(at=at), end_reviews(at=at), end_quarantines(at=at)
    lapse_assignments(at=at)
    close_appeals(at=at)
    close_rounds(at=at)
    count_all_running(at=at)
    keep_calls(at=at)
    entries = 0
    while read := _read_entries():
        entries += read
    write_digests(at=at)
    forget_listed(at=at)
    note_heard(at=at)
    ask_waiting(at=at)
    remind_overdue(at=at)
    remind_all_invited(at=at)
    send_lessons(at=at)
    tell_judgments(at=at)
    tell_facilitators(at=at)
    ask_about_promises(at=at)
    mails = write_outbox(at=at) + send_due(now=running_from(at)).taken
    return Ticked(stages, final, entries, mails, released)


@transaction.atomic
def _read_entries() -> int:
    """Tell people what the next entries mean for them; return how many were read."""
    cursor, _created = Cursor.objects.select_for_update(no_key=True).get_or_create(reader="notices")
    rows = Entry.objects.filter(log__name="real", index__gte=cursor.position).order_by("index")[:BATCH]
    for entry in rows:
        tell = NOTICES.get(entry.kind)
        if tell is not None:
            tell(entry)
        if entry.kind not in TOLD_TO_ALL:
            tell_every(entry)
    if rows:
        cursor.position = rows[len(rows) - 1].index + 1
        cursor.save(update_fields=["position"])
    return len(rows)
