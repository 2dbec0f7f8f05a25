"""Steps of those who review: state that one has no conflict of interest, step back, review, discuss."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.actions.barring import ROLE, Bar, note, step_back
from talanoa.grants.events import ReviewAttested, ReviewDiscussed, ReviewReceived
from talanoa.grants.models import (
    Application,
    Conflict,
    Note,
    Reading,
    Review,
    check_unbarred,
    found_conflicts,
)
from talanoa.grants.permissions import require_panel, require_reviewer
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.scores import MarksUnfit, check
from talanoa.lib.scores import Review as Marked
from talanoa.people.models import Person
from talanoa.record.actions import append
from talanoa.record.events import Committed, Event

State = Reading.State


def _locked(reading: Reading) -> Reading:
    """Return the reading as it stands now; nobody else changes it, nor its application, until the act ends."""
    Application.objects.locked(reading.application)
    rows = Reading.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("application__call__process", "reviewer__person").get(pk=reading.pk)


def _record(reading: Reading, event: Event, *, at: datetime, channel: str) -> None:
    """Append an entry without the stakeholder group of who reviews: it would tell who that is."""
    append(event, at=at, channel=channel, role=ROLE, process=reading.application.call.process.key)


@transaction.atomic
def attest(reading: Reading, *, by: Person, at: datetime, channel: str) -> Reading:
    """State that one has no conflict of interest in an application; from then on one reads it.

    It is looked for once more, among all that is known by now: who has one is barred instead, and the returned reading
    stands at recused. Raises NotAllowed; RuleBroken: review_state, application_state.
    """
    reading = _locked(reading)
    require_reviewer(by, reading)
    application = reading.application
    application.check_state(Application.State.ELIGIBLE)
    reading.check_state(State.ASKED, State.ATTESTED, State.REVIEWED)
    found = found_conflicts([by.pk], [application]).get((by.pk, application.pk), ())
    for one in found:
        note(Bar(application, by, one.source, one.detail), at=at)
    if found or application.conflicts.filter(person=by).exists():
        return _step_back(reading, at=at, channel=channel)
    if reading.state != State.ASKED:
        return reading
    reading.state, reading.attested_at = State.ATTESTED, at
    reading.save(update_fields=["state", "attested_at"])
    event = ReviewAttested(application=application.number or 0, round=reading.round)
    _record(reading, event, at=at, channel=channel)
    return reading


def _step_back(reading: Reading, *, at: datetime, channel: str) -> Reading:
    step_back(reading.application, reading.reviewer.person, at=at, channel=channel)
    reading.state = State.RECUSED
    return reading


@transaction.atomic
def recuse(reading: Reading, *, by: Person, reason: str, at: datetime, channel: str) -> Reading:
    """Step back from an application before one's review is in, for a reason that convenor and secretariat read.

    Raises NotAllowed; RuleBroken: review_state, reason_missing, text_too_long, line_too_long.
    """
    reading = _locked(reading)
    require_reviewer(by, reading)
    reading.check_state(State.ASKED, State.ATTESTED)
    detail = fitting_line(checked_words(reason), 500)
    note(Bar(reading.application, by, Conflict.Source.RECUSED, detail), at=at)
    return _step_back(reading, at=at, channel=channel)


@transaction.atomic
def receive_review(
    reading: Reading,
    *,
    by: Person,
    marks: Mapping[str, int | None],
    confidence: int,
    text: str,
    at: datetime,
    channel: str,
) -> Review:
    """Take a review of an application: a mark by criterion of the round, how sure one is, words for who applies.

    The same once more is the first one. Raises NotAllowed, also for a conflict of interest that came up since;
    RuleBroken: review_state, application_state, marks_unfit, reason_missing, text_too_long.
    """
    reading = _locked(reading)
    require_reviewer(by, reading)
    known = Review.objects.filter(reading=reading).first()
    words = checked_words(text)
    if known is not None and (known.marks, known.text) == (dict(marks), words):
        return known
    reading.check_state(State.ATTESTED)
    application = reading.application
    application.check_state(Application.State.ELIGIBLE)
    check_unbarred(by, application)
    made = Review(reading=reading, marks=dict(marks), confidence=confidence, text=words, reviewed_at=at)
    asked = application.call.facts.weighed(reading.round)
    try:
        check(asked, Marked(application.pk, reading.reviewer_id, marks, confidence))
    except MarksUnfit as unfit:
        names = ", ".join(one.key for one in asked)
        told = _("Give each of these a mark from 0 to 5, or n/a: %(names)s; and a confidence of 1, 2 or 3.")
        raise RuleBroken(told % {"names": names}, code="marks_unfit") from unfit
    made.save()
    reading.state = State.REVIEWED
    reading.save(update_fields=["state"])
    event = ReviewReceived(
        application=application.number or 0,
        round=reading.round,
        marks=Committed(made, "marks_line"),
        text_sha256=Committed(made, "text_sha256"),
    )
    _record(reading, event, at=at, channel=channel)
    return made


@transaction.atomic
def discuss(application: Application, *, by: Person, text: str, at: datetime, channel: str) -> Note:
    """Say something of an application to the others who judge it, once one's own review is in.

    Raises NotAllowed; RuleBroken: reason_missing, text_too_long.
    """
    application = Application.objects.locked(application)
    require_panel(by, application)
    made = Note.objects.create(application=application, author=by, text=checked_words(text), said_at=at)
    event = ReviewDiscussed(application=application.number or 0, text_sha256=Committed(made, "text_sha256"))
    append(event, at=at, channel=channel, role="panel", process=application.call.process.key)
    return made
