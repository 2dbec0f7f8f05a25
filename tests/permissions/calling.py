"""Consensus calls of the world: one that runs, one that is settled; objections and statements in each state."""

from typing import Any

from permissions.canaries import MINORITIES, OBJECTIONS, canary
from permissions.contesting import contest_all, stand
from permissions.stages import ago, member
from talanoa.consensus.actions.calling import open_call, publish_estimate
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.dissenting import state_minority
from talanoa.consensus.actions.erasing import erase_objection, erase_statement
from talanoa.consensus.actions.handling import answer_objection
from talanoa.consensus.actions.positions import Reasons, raise_objection, take_position
from talanoa.consensus.models import Call, MinorityStatement, Objection
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import Author, withdraw
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.writing import begin_draft
from talanoa.people.interests import Interests
from talanoa.people.models import Group, Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.models import Participant, Process

Dissent = dict[str, Objection | MinorityStatement]
SCRIPT = "<script>alert(1)</script>"


def call_all(process: Process, cast: dict[str, Person]) -> tuple[dict[str, Call], Dissent]:
    """Ask about two drafts, let the author object and dissent in each state; a third draft was not called yet."""
    by = {role: member(process, cast[role]) for role in ("author", "convenor", "secretariat", "chair")}
    state_interests(
        process, by=cast["chair"], interests=Interests(text="I teach."), at=ago(60), channel="web"
    )
    drafts = [
        begin_draft(
            process, by=by["secretariat"], title=f"<b onx=1>{n}", text=f"Text {n}.", at=ago(60), channel="web"
        )
        for n in (1, 2, 3)
    ]
    question: dict[str, Any] = {"by": by["chair"], "question": f"Can you? {SCRIPT}", "channel": "web"}
    settled = open_call(drafts[0], at=ago(30), **question)
    stand(settled, cast, 20)
    found = {0: Found("divergence", f"Too little was argued for it. {SCRIPT}")}
    designate(settled, by=by["chair"], found=found, at=ago(10), channel="web")
    running = open_call(drafts[1], at=ago(3), **question)
    stand(running, cast, 2.5)
    for days in (2.2, 2):
        levels = {0: "divergence"}
        publish_estimate(running, by=by["chair"], levels=levels, text=SCRIPT, at=ago(days), channel="web")
    take_position(
        running,
        by=by["author"],
        option="concern",
        reason=SCRIPT,
        assurance=Assurance.PROVEN,
        at=ago(2),
        channel="web",
    )
    dissent: Dissent = {state: _objected(running, by, cast, state) for state in OBJECTIONS}
    dissent |= {state: _dissented(settled, by, cast, state) for state in MINORITIES}
    for state in ("objected-withheld", "dissent-withheld"):
        hold_contribution(
            dissent[state].contribution, by=by["convenor"], reason="abuse", at=ago(1), channel="web"
        )
    withdraw(dissent["objected-withdrawn"].contribution, by=by["author"], at=ago(1), channel="web")
    erased: dict[str, Any] = {"by": by["convenor"], "ground": "court_order", "at": ago(1), "channel": "web"}
    erase_objection(Objection.objects.get(pk=dissent["objected-erased"].pk), **erased)
    erase_statement(MinorityStatement.objects.get(pk=dissent["dissent-erased"].pk), **erased)
    kept = {state: type(row).objects.get(pk=row.pk) for state, row in dissent.items()}
    calls = {"running": running, "settled": settled}
    contest_all(process, cast, calls)
    return calls, kept


def _author(cast: dict[str, Person], state: str) -> Author:
    return Author(cast["author"], canary(f"{state}-speaker"), Group.GOVERNMENT, Assurance.PROVEN)


def _objected(call: Call, by: dict[str, Participant], cast: dict[str, Person], state: str) -> Objection:
    made = raise_objection(
        call,
        by=by["author"],
        author=_author(cast, state),
        reasons=Reasons("evidence", canary(f"{state}-why"), canary(f"{state}-resolves")),
        dedup_key=f"said {state}",
        at=ago(2),
        channel="web",
    )
    if state != "objected-withheld":
        text = canary(f"{state}-answered")
        answer_objection(made, by=by["secretariat"], text=text, at=ago(2), channel="web")
    return made


def _dissented(
    call: Call, by: dict[str, Participant], cast: dict[str, Person], state: str
) -> MinorityStatement:
    return state_minority(
        call,
        by=by["author"],
        author=_author(cast, state),
        text=canary(f"{state}-text"),
        dedup_key=f"said {state}",
        at=ago(2),
        channel="web",
    )
