"""Challenge a designation, and answer: the first step, before anybody else looks at it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.actions.annulling import annul_designation
from talanoa.consensus.events import ChallengeAnswered, ChallengeRaised
from talanoa.consensus.models import Challenge, Designation
from talanoa.consensus.permissions import require_designator, require_standing
from talanoa.contributions.conduct import checked_words
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Default, Process
from talanoa.record.events import Committed


@transaction.atomic
def raise_challenge(
    designation: Designation, *, by: Actor, text: str, at: datetime, channel: str
) -> Challenge:
    """Say in public why a designation is wrong; the chair who made it answers with reasons, by a stated time.

    The same words again are the same challenge. Source: GNSO Working Group Guidelines 3.6. Raises NotAllowed;
    RuleBroken: standing_missing, designation_annulled, challenge_too_late, challenged_already, reason_missing,
    text_too_long.
    """
    process, designation = _locked(designation)
    role, challenger = require_standing(by, designation.call)
    said = checked_words(text)
    known = designation.challenges.filter(by=challenger).first()
    if known and known.text == said:
        return known
    if known:
        raise RuleBroken(
            _("You challenged this already. The first challenge counts."), code="challenged_already"
        )
    _check_standing(designation, at)
    made = Challenge.objects.create(
        process=process,
        number=process.challenges.count() + 1,
        designation=designation,
        by=challenger,
        name=challenger.person.name,
        text=said,
        raised_at=at,
        answer_by=at + timedelta(days=process.defaults[Default.OBJECTION_ANSWER]),
    )
    assert designation.entry is not None  # noqa: S101 - it stands on the record since it was made
    event = ChallengeRaised(
        challenge=made.number,
        call=designation.call.number,
        recommendation=designation.recommendation,
        entry=designation.entry.index,
        until=f"{made.answer_by:%Y-%m-%dT%H:%MZ}",
        text=Committed(made, "text_sha256"),
        name=Committed(made, "name"),
    )
    made.entry = put_on_record(process, event, by=challenger, role=role, at=at, channel=channel)
    made.save(update_fields=["entry"])
    return made


@transaction.atomic
def answer_challenge(
    challenge: Challenge, *, by: Actor, outcome: str, text: str, at: datetime, channel: str
) -> Challenge:
    """Answer a challenge, as the chair who designated: keep the designation or annul it, with reasons.

    One answer after its time is taken too: it stands in public as late. Raises NotAllowed; RuleBroken:
    challenge_answered, designation_annulled, outcome_unknown, reason_missing, text_too_long.
    """
    process, designation = _locked(challenge.designation)
    challenge = designation.challenges.select_related("process").get(pk=challenge.pk)
    challenge.designation = designation
    role, chair = require_designator(by, designation)
    challenge.check_unanswered()
    _check_unannulled(designation)
    if outcome not in Challenge.Outcome.values:
        raise RuleBroken(
            _("Answer one of these: %(names)s.") % {"names": ", ".join(Challenge.Outcome.values)},
            code="outcome_unknown",
        )
    challenge.outcome, challenge.answer = outcome, checked_words(text)
    challenge.answered_by, challenge.answered_name, challenge.answered_at = chair, chair.person.name, at
    event = ChallengeAnswered(
        challenge=challenge.number,
        outcome=outcome,
        text=Committed(challenge, "answer_sha256"),
        name=Committed(challenge, "answered_name"),
    )
    challenge.save(update_fields=["outcome", "answer", "answered_by", "answered_name", "answered_at"])
    challenge.answer_entry = put_on_record(process, event, by=chair, role=role, at=at, channel=channel)
    challenge.save(update_fields=["answer_entry"])
    if outcome == Challenge.Outcome.ANNULLED:
        annul_designation(designation, by=chair, role=role, at=at, channel=channel)
    return challenge


def _locked(designation: Designation) -> tuple[Process, Designation]:
    """Return the process and the designation as they stand now, under the lock of the process."""
    process = Process.objects.select_for_update(no_key=True).get(pk=designation.call.process_id)
    rows = Designation.objects.select_related("call__process", "by", "entry")
    return process, rows.get(pk=designation.pk, call__process=process)


def _check_unannulled(designation: Designation) -> None:
    if designation.annulled_at is not None:
        raise RuleBroken(
            _("This designation was annulled on %(day)s: it holds no longer.")
            % {"day": moment(designation.annulled_at)},
            code="designation_annulled",
        )


def _check_standing(designation: Designation, at: datetime) -> None:
    """Refuse to challenge what holds no longer, or after the time for it."""
    _check_unannulled(designation)
    until = designation.until(Default.CHALLENGE)
    if at >= until:
        raise RuleBroken(
            _("What the chair found could be challenged until %(day)s.") % {"day": moment(until)},
            code="challenge_too_late",
        )
