"""What one can do now in a process: a sentence, the time it takes, until when, and where."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.models import Call
from talanoa.consensus.queries import dissented_calls, live_calls, minority_until, undeclared_calls
from talanoa.processes.models import Process, Stage
from talanoa.processes.queries import comments_until

OVER = (Process.State.DECIDED, Process.State.FOLLOW_UP, Process.State.CLOSED)
WITH_REPORT = (Process.State.REVIEW_PERIOD, Process.State.FINAL, *OVER)


@dataclass(frozen=True, slots=True)
class Now:
    """What one can do now: a sentence, minutes, the end, buttons of label and address."""

    sentence: str
    minutes: int | None = None
    closes_at: datetime | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    calendar_url: str = ""


NEXT = {
    Process.State.DRAFT: _(
        "The charter is being written. It is published before anybody is asked for input."
    ),
    Process.State.CHARTER_REVIEW: _("Read the charter. The call for input comes next."),
    Process.State.OPEN: _("The call for input has not begun yet."),
    Process.State.REPORT_DRAFT: _(
        "The report is being written. It is published once every input has an answer."
    ),
    Process.State.REVIEW_PERIOD: _("The review period is over; the last comments are being answered."),
    Process.State.FINAL: _("The report is final. The decision comes next: an answer to each recommendation."),
    Process.State.DECIDED: _("Read the decision: an answer with a reason to each recommendation."),
    Process.State.FOLLOW_UP: _("Read what became of the decision."),
    Process.State.CLOSED: _("This process is closed. Everything stays readable."),
}

CALL_OVER = _(
    "The call for input is over. It closes once all were heard whom the charter wants in the room, or the convenor says"
    " in public why not."
)


DRAFTING = _(
    "Drafts are written now, in the open. Read them, comment on a paragraph, or suggest other words; each comment"
    " gets an answer with a reason."
)
CALL_NEXT = _(
    "The time for comments on the drafts is over. Next the chair asks everybody whether they can live with the text."
)
WEIGHING = _(
    "Positions are in. The chair declares how far each recommendation is agreed, with reasons, once every objection has"
    " its answer."
)
DISSENT = _(
    "The outcome of the consensus calls is declared. Whoever dissents can send a minority statement: it stands in the"
    " report, beside what was agreed."
)


def now_in(process: Process, stages: list[Stage], at: datetime) -> Now:
    """Return what can be done now: send an input, comment on the report, or what comes next."""
    call = next((stage for stage in stages if stage.takes_input and stage.is_open(at)), None)
    page = reverse("reports:show", args=[process.key])
    report = (gettext("Read the report"), page)
    if process.state == Process.State.DECIDED:
        report = (gettext("Read the decision"), f"{page}#decision")
    elif process.state == Process.State.FOLLOW_UP:
        report = (gettext("Read what became of it"), f"{page}#follow-up")
    read = (report,) if process.state in WITH_REPORT else ()
    if call is None and (together := _together(process, stages, at)):
        return together
    if call is None:
        charter = (gettext("Read the charter"), reverse("processes:charter", args=[process.key]))
        before = (charter,) if process.state == Process.State.CHARTER_REVIEW else ()
        is_over = process.state == Process.State.OPEN and any(stage.opened_at for stage in stages)
        return Now(str(CALL_OVER if is_over else NEXT[Process.State(process.state)]), buttons=read or before)
    write = reverse("inputs:write", args=[process.key])
    calendar = reverse("api:calendar", args=[process.key])
    mail = (gettext("Send it by e-mail"), f"mailto:{process.key}@{settings.ENV['TALANOA_MAIL_DOMAIN']}")
    if call.kind == Stage.Kind.REVIEW:
        told = gettext("Read the report and comment on it. Each comment is an input and gets an answer.")
        return Now(told, 30, call.closes_at, (*read, (gettext("Write a comment"), write)), calendar)
    told = gettext(
        "Send your input: as short as one sentence, as long as you need. You get a numbered receipt at once, "
        "and an answer before the report is published."
    )
    return Now(told, 5, call.closes_at, ((gettext("Write your input"), write), mail), calendar)


def _together(process: Process, stages: list[Stage], at: datetime) -> Now | None:
    """Return what can be done about drafts and consensus calls; None where there is nothing of that kind now."""
    if not any(stage.kind == Stage.Kind.CONSENSUS and stage.opened_at for stage in stages):
        return _about_drafts(process, at) if process.drafts_at(at) else None
    if process.state not in (Process.State.OPEN, Process.State.REPORT_DRAFT):
        return None
    calls = (gettext("Consensus calls"), reverse("consensus:list", args=[process.key]))
    if live := live_calls(process, at):
        return _about_calls(process, live)
    if undeclared_calls(process):
        return Now(str(WEIGHING), buttons=(calls,))
    if dissent := dissented_calls(process, at):
        return _about_dissent(process, dissent)
    return _about_drafts(process, at) if process.drafts_at(at) else None


def _drafts(process: Process) -> tuple[str, str]:
    return gettext("Read the drafts"), reverse("drafts:index", args=[process.key])


def _about_drafts(process: Process, at: datetime) -> Now:
    until = comments_until(process)
    if until is not None and at < until:
        calendar = reverse("api:calendar", args=[process.key])
        return Now(str(DRAFTING), 30, until, (_drafts(process),), calendar)
    return Now(str(CALL_NEXT), buttons=(_drafts(process),))


def _about_calls(process: Process, live: list[Call]) -> Now:
    """Ask for a position: in the one call, or in the one of several that ends first."""
    first = min(live, key=lambda call: call.closes_at)
    told = gettext(
        "Consensus call %(number)s asks about “%(draft)s”. Say where you stand; or object, and say what would resolve"
        " it: each objection gets an answer."
    ) % {"number": first.number, "draft": first.draft.document.title}
    calls = (gettext("All consensus calls"), reverse("consensus:list", args=[process.key]))
    buttons = (
        (gettext("Say where you stand"), reverse("consensus:position", args=[process.key, first.number])),
        (gettext("Read the call"), reverse("consensus:show", args=[process.key, first.number])),
        *((calls,) if len(live) > 1 else ()),
    )
    return Now(told, 20, first.closes_at, buttons, reverse("api:calendar", args=[process.key]))


def _about_dissent(process: Process, calls: list[Call]) -> Now:
    """Offer a minority statement about the outcome whose time for it ends first."""
    first = calls[0]
    buttons = (
        (gettext("Read the outcome"), reverse("consensus:show", args=[process.key, first.number])),
        (
            gettext("Send a minority statement"),
            reverse("consensus:minority", args=[process.key, first.number]),
        ),
    )
    return Now(str(DISSENT), 15, minority_until(first), buttons, reverse("api:calendar", args=[process.key]))
