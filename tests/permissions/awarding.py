"""Awards of the world: one that is active, with a report, a payment and an output; an offer that was withdrawn."""

from datetime import date, timedelta
from typing import Any

from permissions.archiving import MISSING
from permissions.canaries import canary
from permissions.stages import ago, member
from talanoa.grants.actions.applying import Lead, keep_draft, submit_application
from talanoa.grants.actions.awarding import accept_award, offer_award, withdraw_award
from talanoa.grants.actions.producing import Ethics, state_ethics, tell_output
from talanoa.grants.actions.reporting import ReportFile, judge_report, note_payment, receive_report
from talanoa.grants.models import Application, ResearchCall, Verdict
from talanoa.lib.agreements import Agreement, Due
from talanoa.lib.applications import ApplicationText
from talanoa.lib.extraction import Extracted
from talanoa.lib.outputs import Author, OutputText
from talanoa.people.models import Person

AWARDS = {"active": 1, "withdrawn": 2}
"""The number of the award in each state, in the order in which they were offered."""
AWARD_PAGES: dict[str, dict[str, int]] = {
    "grants:award": {},
    "grants:report-file": {"milestone": 1, "report": 1},
    "grants:datacite": {"output": 1},
}
"""Pages of an award, with what else their address names."""
HOSTILE = "=1+1<script>alert(1)</script>"
DAY = date(2026, 5, 1)


def of_award(name: str, _world: object, state: str) -> dict[str, Any]:
    """Where the page `name` of an award leads."""
    return {"number": AWARDS.get(state, MISSING), **AWARD_PAGES[name]}


def award_all(call: ResearchCall, cast: dict[str, Person], questions: tuple[str, ...]) -> None:
    """Let somebody have an award, and another offer be withdrawn before anybody accepted it."""
    by = member(call.process, cast["convenor"])
    first = _funded(call, cast["registered"], cast, questions)
    second = _funded(call, cast["author"], cast, questions)
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    award = offer_award(first, by=by, agreed=_agreed(canary("award-conditions")), **act)
    offered = offer_award(second, by=by, agreed=_agreed(""), **act)
    withdraw_award(offered, by=by, reason=canary("award-reason"), **act)
    own = {"by": cast["registered"], **act}
    accept_award(award, **own)
    found = Extracted("text/plain", canary("report-filetext"), named=(canary("report-telling"),))
    file = ReportFile(canary("report-file").encode(), f"{canary('report-filename')}\r\nX: 1.txt", found)
    milestone = award.milestones.get(number=1)
    report = receive_report(milestone, text=canary("report-text"), file=file, **own)
    judge_report(report, by=by, accepts=True, reasons=canary("report-reasons"), **act)
    state_ethics(award, ethics=Ethics(reason=HOSTILE), **own)
    note_payment(milestone, by=by, state="instructed", reference=canary("payment-reference"), **act)
    facts = (
        "Dataset",
        DAY,
        (Author(HOSTILE, organization=HOSTILE),),
        "CC0-1.0",
        "10.5555/a",
        "https://a.example/",
    )
    tell_output(award, told=OutputText(HOSTILE, *facts), **own)


def _funded(
    call: ResearchCall, person: Person, cast: dict[str, Person], questions: tuple[str, ...]
) -> Application:
    told = ApplicationText(HOSTILE, dict.fromkeys(questions, HOSTILE), {"people": 9000})
    draft = keep_draft(call, by=person, lead=Lead(HOSTILE), told=told, at=ago(5), channel="web")
    made = submit_application(draft, by=person, at=ago(5), channel="web")
    verdict = {"step": "decision", "number": 1, "outcome": "funded", "amount": 9000, "reasons": "So."}
    by = member(call.process, cast["sponsor"])
    Verdict.objects.create(application=made, by=by, given_at=ago(4), until=ago(-24), **verdict)
    made.state = "funded"
    made.save(update_fields=["state"])
    return made


def _agreed(conditions: str) -> Agreement:
    dues = (Due(DAY, 4000, HOSTILE), Due(DAY + timedelta(days=90), 5000, HOSTILE))
    return Agreement(DAY, DAY + timedelta(days=365), {"people": 9000}, {1: 9000}, dues, conditions)
