"""Steps by which a chair asks: open a call, publish an estimate after a round of discussion."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import CallOpened, EstimatePublished
from talanoa.consensus.models import Call, Estimate
from talanoa.consensus.permissions import require_caller
from talanoa.consensus.queries import calls_on_text, rule_of, undeclared_calls
from talanoa.contributions.conduct import checked_words
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.stages import begin_stage
from talanoa.processes.models import Actor, Default, Process, Stage
from talanoa.processes.queries import comments_until
from talanoa.record.events import Committed

LONGEST = 90


@transaction.atomic
def open_call(
    draft: Draft,
    *,
    by: Actor,
    question: str,
    days: int = 0,
    because: str = "",
    at: datetime,
    channel: str,
) -> Call:
    """Ask everybody about the newest revision of a draft, for `days` (0: the default); no call is shorter than that.

    `because` says what is new, where the same text was called before. The first call ends the drafting stage.
    Raises NotAllowed; RuleBroken: drafting_closed, own_text, interest_statement_missing, rule_missing,
    comments_running, call_running, call_repeated, call_length, reason_missing, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=draft.process_id)
    draft = process.drafts.select_related("document").get(pk=draft.pk)
    role, chair = require_caller(by, draft, at=at)
    process.check_drafting(at)
    rule = rule_of(process)
    if rule is None:
        raise RuleBroken(_("The charter names no rule for consensus calls."), code="rule_missing")
    _check_time(process, draft, at)
    lasts = _lasting(days, least=process.defaults[Default.CALL])
    revision = draft.document.latest()
    assert revision is not None  # noqa: S101 - a draft is begun with its first revision
    call = Call(
        process=process,
        number=process.calls.count() + 1,
        draft=draft,
        revision=revision,
        question=checked_words(question, Call.QUESTION_LIMIT),
        because=_why_again(because),
        rule=rule.name,
        by=chair,
        name=chair.person.name,
        opened_at=at,
        closes_at=at + lasts,
    )
    _check_new(call)
    call.save()
    if process.open_stage(Stage.Kind.CONSENSUS, at=at) is None:
        begin_stage(process, Stage.Kind.CONSENSUS, until=None, at=at)
    put_on_record(process, _opened(call), by=chair, role=role, at=at, channel=channel)
    return call


def _lasting(days: int, *, least: int) -> timedelta:
    """Return how long a call runs. Raises RuleBroken: call_length."""
    if not least <= (days or least) <= LONGEST:
        raise RuleBroken(
            _("A call runs for %(least)s to %(most)s days.") % {"least": least, "most": LONGEST},
            code="call_length",
        )
    return timedelta(days=days or least)


def _opened(call: Call) -> CallOpened:
    return CallOpened(
        call=call.number,
        draft=call.draft.number,
        revision=call.revision.number,
        sha256=call.revision.sha256,
        rule=call.rule,
        until=f"{call.closes_at:%Y-%m-%dT%H:%MZ}",
        question=Committed(call, "question_sha256"),
        name=Committed(call, "name"),
    )


def _check_time(process: Process, draft: Draft, at: datetime) -> None:
    until = comments_until(process)
    if until is not None and at < until:
        raise RuleBroken(
            _("Drafts are open for comments until %(day)s; then a call can begin.") % {"day": moment(until)},
            code="comments_running",
        )
    running = [call for call in undeclared_calls(process) if call.draft_id == draft.pk]
    if running:
        raise RuleBroken(
            _("Call %(number)s about this text is not declared yet.") % {"number": running[0].number},
            code="call_running",
        )


def _why_again(because: str) -> str:
    return checked_words(because, Call.QUESTION_LIMIT) if because.strip() else ""


def _check_new(call: Call) -> None:
    """Refuse to ask again about the same text without saying what is new (reference: deliberation, 3.3)."""
    before = calls_on_text(call).first()
    if before is not None and not call.because:
        raise RuleBroken(
            _("Call %(number)s asked about the same text. Change the text, or say what is new since then.")
            % {"number": before.number},
            code="call_repeated",
        )


@transaction.atomic
def publish_estimate(
    call: Call, *, by: Actor, levels: Mapping[int, str], text: str, at: datetime, channel: str
) -> Estimate:
    """Publish what the chair thinks after a round of discussion, for everybody to answer; it finds nothing yet.

    `levels` maps recommendations to levels of the rule. The source of the loop is GNSO Working Group Guidelines 3.6.
    Raises NotAllowed; RuleBroken: own_text, interest_statement_missing, call_declared, revision_changed,
    recommendation_unknown, designation_level_unknown, reason_missing, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=call.process_id)
    call = process.calls.select_related("revision", "draft").get(pk=call.pk)
    role, chair = require_caller(by, call.draft, at=at)
    call.check_undeclared()
    call.check_current()
    for number, level in levels.items():
        call.check_recommendation(number)
        call.check_level(level)
    made = Estimate.objects.create(
        call=call,
        round=call.estimates.count() + 1,
        levels={str(number): level for number, level in sorted(levels.items())},
        text=checked_words(text),
        name=chair.person.name,
        published_at=at,
    )
    event = EstimatePublished(
        call=call.number,
        round=made.round,
        levels=",".join(f"{number}:{level}" for number, level in sorted(levels.items())),
        text=Committed(made, "text_sha256"),
        name=Committed(made, "name"),
    )
    put_on_record(process, event, by=chair, role=role, at=at, channel=channel)
    return made
