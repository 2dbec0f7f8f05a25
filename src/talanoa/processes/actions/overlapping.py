"""Steps about what others do already: search, judge, write to a body, take its answer; answer “you missed one”."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib.overlap import Candidate, Proposal, Scored, rank, to_judge
from talanoa.people.actions import know_person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.events import (
    LiaisonAnswered,
    LiaisonSent,
    OverlapCleared,
    OverlapExplained,
    OverlapJudged,
    OverlapQuestioned,
)
from talanoa.processes.models import OFFICE, Actor, Default, Participant, Process, Role, RoleGrant
from talanoa.processes.permissions import require_approver, require_member, require_office, require_role
from talanoa.processes.queries import decided_processes, working_charter
from talanoa.processes.stage_plan import instant
from talanoa.record.events import Committed
from talanoa.registry.actions import number_liaison
from talanoa.registry.models import (
    Action,
    Body,
    Clearance,
    Judgement,
    Liaison,
    Missed,
    OverlapSearch,
    Registry,
    Relation,
)
from talanoa.registry.queries import needs_clearance, overlaps, standings, topics

SHOWN, SHOWN_OWN = 10, 3


@transaction.atomic
def search_overlaps(process: Process, *, by: Actor, at: datetime) -> OverlapSearch:
    """Search the registry for who may already work on what the newest charter says, and keep what was found.

    A working act: what is made of it goes on the record. Raises NotAllowed; RuleBroken: space_crossed.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    require_office(by, process)
    process.check_real()
    return _search(process, at=at)


@transaction.atomic
def search_overlaps_again(process: Process, *, at: datetime) -> OverlapSearch:
    """Search once more when the report is begun, for what the registry has learned since; the clock's own act."""
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    return _search(process, at=at)


def _search(process: Process, *, at: datetime) -> OverlapSearch:
    proposal = _proposal(working_charter(process).facts, at)
    ranked = overlaps(proposal)
    judged = {row.body for row in to_judge(ranked)}
    rows = [asdict(row) | {"must_judge": row.body in judged} for row in ranked[: max(SHOWN, len(judged))]]
    sha256 = Registry.objects.values_list("sha256", flat=True).first() or ""
    return OverlapSearch.objects.create(
        process_key=process.key,
        searched_at=at,
        candidates=rows,
        own=[asdict(row) for row in _own(process, proposal)],
        registry_sha256=sha256,
    )


def _own(process: Process, proposal: Proposal) -> list[Scored]:
    """Return which processes of this place that are over came closest to a proposal, by their words or topics."""
    over = [
        Candidate(body=row.key, text=f"{row.title}\n{row.question}")
        for row in decided_processes().exclude(pk=process.pk)
    ]
    ranked = rank(proposal, over, topics())
    return [row for row in ranked if row.parts["text"] > 0][:SHOWN_OWN]


def _proposal(facts: Mapping[str, Any], at: datetime) -> Proposal:
    """Return what a charter proposes: its title, question and scope, who decides, and when its call would run."""
    call: Mapping[str, Any] = next((stage for stage in facts["stages"] if stage["kind"] == "input"), {})
    days = call.get("days")
    opens = instant(call["opens_at"]) if call.get("opens_at") else at
    return Proposal(
        title=facts["title"],
        summary="\n".join((facts["question"], *facts["scope_in"])),
        addressees=(facts["decides"],),
        opens=opens.date() if days else None,
        closes=(opens + timedelta(days=days)).date() if days else None,
    )


@transaction.atomic
def judge_overlap(
    process: Process,
    body: Body,
    *,
    by: Actor,
    relation: str,
    action: str,
    reason: str,
    at: datetime,
    channel: str,
) -> Judgement:
    """Say how the work of a body stands to the question, why, and what follows; the newest judgement counts.

    It goes on the record at once, or with the charter where that is not published yet. Raises NotAllowed;
    RuleBroken: space_crossed, relation_unknown, text_empty, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_office(by, process)
    process.check_real()
    if relation not in Relation.values or action not in Action.values:
        raise RuleBroken(_("Choose a relation and what follows from it."), code="relation_unknown")
    made = Judgement.objects.create(
        process_key=process.key,
        body=body,
        relation=relation,
        action=action,
        reason=_clean(reason),
        judged_at=at,
    )
    if process.state != Process.State.DRAFT:
        _on_record(process, made, by=by, role=role, at=at, channel=channel)
    return made


def _on_record(
    process: Process, made: Judgement, *, by: Actor, role: str, at: datetime, channel: str
) -> None:
    event = OverlapJudged(
        body=made.body.key,
        relation=made.relation,
        action=made.action,
        reason_sha256=Committed(made, "reason_sha256"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)


@transaction.atomic
def publish_overlaps(process: Process, *, by: Actor, role: str, at: datetime, channel: str) -> None:
    """Put what was judged so far on the record; part of the publication of the first charter, which holds the lock."""
    for row in standings(process.key, at=at):
        if row.judgement is not None:
            _on_record(process, row.judgement, by=by, role=role, at=at, channel=channel)


@transaction.atomic
def contact_body(
    process: Process, body: Body, *, by: Actor, text: str, at: datetime, channel: str
) -> Liaison:
    """Write to a body: by mail where it has an address, else by the words that somebody left on its page.

    It has the days of the process to answer. Raises NotAllowed; RuleBroken: space_crossed, liaison_running,
    text_empty, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_office(by, process)
    process.check_real()
    before = Liaison.objects.filter(process_key=process.key, body=body).order_by("-pk").first()
    if before is not None and not before.is_over(at):
        raise RuleBroken(_("A letter to this body waits for its answer."), code="liaison_running")
    is_mailed = "@" in body.contact
    made = Liaison.objects.create(
        number=number_liaison(),
        process_key=process.key,
        body=body,
        person=know_person(name=body.name, address=body.contact) if is_mailed else None,
        is_mailed=is_mailed,
        text=_clean(text),
        sent_at=at,
        reply_due_at=at + timedelta(days=process.defaults[Default.OVERLAP_REPLY]),
    )
    until = f"{made.reply_due_at:%Y-%m-%dT%H:%MZ}"
    event = LiaisonSent(
        letter=made.number, body=body.key, until=until, text_sha256=Committed(made, "text_sha256")
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def record_reply(liaison: Liaison, *, by: Participant, text: str, at: datetime, channel: str) -> Liaison:
    """Take the answer of a body: from itself, or from the desk that got it otherwise.

    Raises NotAllowed; RuleBroken: liaison_answered, text_empty, text_too_long.
    """
    liaison = Liaison.objects.select_for_update(no_key=True).get(pk=liaison.pk)
    process = Process.objects.get(key=liaison.process_key)
    require_member(by, process)
    if by.person_id != liaison.person_id and not by.has_role(*OFFICE):
        raise NotAllowed(_("This letter was written to somebody else."))
    liaison.check_unanswered()
    liaison.reply, liaison.replied_at = _clean(text), at
    liaison.save(update_fields=["reply", "replied_at"])
    role = require_office(by, process) if by.has_role(*OFFICE) else "liaison"
    event = LiaisonAnswered(
        letter=liaison.number, body=liaison.body.key, text_sha256=Committed(liaison, "reply_sha256")
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return liaison


@transaction.atomic
def clear_overlap(
    process: Process, body: Body, *, by: Participant, ground: str, reason: str, at: datetime, channel: str
) -> Clearance:
    """Let a process go on that does the same as a body: with its consent, or by an override for a public reason.

    A consent rests on the body's answer, and says where it stands. An override is the act of a chair, or of another
    convenor than the one who began the process. Raises NotAllowed; RuleBroken: clearance_not_needed, ground_unknown,
    liaison_missing, own_override, text_empty, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_office(by, process)
    row = next((row for row in standings(process.key, at=at) if row.body == body), None)
    if row is None or not needs_clearance(row.judgement):
        raise RuleBroken(
            _("Only a body that was judged the same, and to which the question is not referred, needs this."),
            code="clearance_not_needed",
        )
    if ground not in Clearance.Ground.values:
        raise RuleBroken(
            _("Give one of these grounds: %(grounds)s.") % {"grounds": ", ".join(Clearance.Ground.values)},
            code="ground_unknown",
        )
    if ground == Clearance.Ground.OVERRIDE:
        role = require_role(by, process, Role.CHAIR, Role.CONVENOR)
        _check_other(process, by)
    elif row.liaison is None or row.liaison.replied_at is None:
        raise RuleBroken(
            _("The consent of a body is an answer of it: none is recorded."), code="liaison_missing"
        )
    made = Clearance.objects.create(
        process_key=process.key,
        body=body,
        ground=ground,
        reason=_clean(reason),
        person=by.person,
        role=role,
        cleared_at=at,
    )
    event = OverlapCleared(body=body.key, ground=ground, reason_sha256=Committed(made, "reason_sha256"))
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


def _check_other(process: Process, by: Participant) -> None:
    """Refuse whoever began the process: they do not judge their own case."""
    grants = RoleGrant.objects.filter(participant__process=process, role=Role.CONVENOR)
    first = grants.order_by("granted_at", "pk").select_related("participant").first()
    if first is not None and first.participant.person_id == by.person_id:
        raise RuleBroken(
            _(
                "Somebody else than the convenor who began the process overrides: a chair, or another convenor."
            ),
            code="own_override",
        )


@transaction.atomic
def question_overlap(
    process: Process, *, by: Participant, text: str, dedup_key: str, at: datetime, channel: str
) -> Missed:
    """Say that the process missed a body or a process; anyone may, as long as it is not closed.

    The chair, or the convenor, has the days of the process to answer. The same `dedup_key` returns the first one.
    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, text_empty, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    require_member(by, process)
    process.check_real()
    known = Missed.objects.filter(dedup_key=dedup_key).first()
    if known is not None:
        return known
    over = {Process.State.DRAFT, Process.State.CLOSED}
    process.check_state(*(state for state in Process.State if state not in over))
    made = Missed.objects.create(
        process_key=process.key,
        number=Missed.objects.filter(process_key=process.key).count() + 1,
        text=_clean(text),
        person=by.person,
        dedup_key=dedup_key,
        raised_at=at,
        answer_due_at=at + timedelta(days=process.defaults[Default.OVERLAP_ANSWER]),
    )
    until = f"{made.answer_due_at:%Y-%m-%dT%H:%MZ}"
    event = OverlapQuestioned(missed=made.number, until=until, text_sha256=Committed(made, "text_sha256"))
    put_on_record(process, event, by=by, role="participant", at=at, channel=channel)
    return made


@transaction.atomic
def explain_overlap(missed: Missed, *, by: Actor, text: str, at: datetime, channel: str) -> Missed:
    """Answer who says that somebody was missed, in public. Raises NotAllowed; RuleBroken: missed_answered."""
    missed = Missed.objects.select_for_update(no_key=True).get(pk=missed.pk)
    process = Process.objects.get(key=missed.process_key)
    role = require_approver(by, process)
    missed.check_unanswered()
    missed.answer, missed.answered_at = _clean(text), at
    missed.save(update_fields=["answer", "answered_at"])
    event = OverlapExplained(missed=missed.number, text_sha256=Committed(missed, "answer_sha256"))
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return missed


def _clean(text: str) -> str:
    limit = Judgement.TEXT_LIMIT
    try:
        said = clean_text(text.strip(), limit)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": limit}, code="text_too_long"
        ) from long
    if not said:
        raise RuleBroken(_("Say it in a sentence at least."), code="text_empty")
    return said
