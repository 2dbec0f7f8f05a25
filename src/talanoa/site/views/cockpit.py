"""The cockpit of convenor, secretariat and chair: what waits, which clocks run, the next step."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.consensus.permissions import ENDERS
from talanoa.contributions.models import Contribution, Dispute, Response
from talanoa.contributions.moderation import waiting_for
from talanoa.contributions.queries import coverage, inputs_by_group, themes_with_counts
from talanoa.contributions.rows import desk_rows
from talanoa.kernel import clock
from talanoa.mail.models import RawMessage
from talanoa.people.models import Group
from talanoa.processes.actions.announcing import PUBLIC
from talanoa.processes.models import Participant, Process, Role, Stage
from talanoa.processes.permissions import ORGANIZERS, has_chair
from talanoa.processes.queries import open_call, working_charter
from talanoa.processes.skin import office_page
from talanoa.reports.models import Report
from talanoa.reports.queries import pending
from talanoa.roster.actions.asking import ASKING
from talanoa.site.duties import agreeing, next_agreeing_step, next_step


@office_page()
@require_safe
def show(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show what waits and what can be done next."""
    report = Report.objects.filter(process=process).select_related("document", "process").first()
    heard = inputs_by_group(process)
    own = Contribution.objects.filter(process=process)
    drafts = Response.objects.filter(process=process, approved_at__isnull=True).select_related("theme")
    drafted = {draft.theme_id: draft for draft in drafts}
    call, covered = open_call(process, clock.now()), coverage(process)
    convenes = by.has_role(Role.CONVENOR)
    waits = waiting_for(by, at=clock.now())
    drafts_together = any(stage.kind == Stage.Kind.CONSENSUS for stage in process.stages.all())
    together = agreeing([process.pk] if drafts_together else [], clock.now())
    context = {
        "process": process,
        "by": by,
        "coverage": covered,
        "step": next_agreeing_step(process, by, together, clock.now())
        or next_step(process, by, waiting=covered.waiting, has_report=report is not None),
        "drafts_together": drafts_together,
        "objections": together.unanswered.get(process.pk, []),
        "calls_over": together.over.get(process.pk, []),
        "may_end": by.has_role(*ENDERS) and process.drafts_at(clock.now()),
        "pending": pending(report) if report and _is_overdue(report) else None,
        "themes": [(theme, drafted.get(theme.pk)) for theme in themes_with_counts(process)],
        "drafts": drafts,
        "disputes": Dispute.objects.filter(
            answer__contribution__process=process, replied_at__isnull=True
        ).count(),
        "unconfirmed": own.filter(state=Contribution.State.UNCONFIRMED).count(),
        "moderation": desk_rows(waits),
        "overdue": waits.overdue,
        "unthemed": own.counted().filter(filings__isnull=True).count(),
        "unreadable": RawMessage.objects.filter(process_key=process.key, needs_person=True).count(),
        "silent_groups": [
            label for code, label in Group.choices if code not in heard and code != Group.OTHER
        ],
        "stages": process.stages.all(),
        "report": report,
        "version": working_charter(process),
        "has_chair": has_chair(process),
        "call": call,
        "may_open": convenes and process.state == Process.State.CHARTER_REVIEW,
        "may_extend": convenes and call is not None and call.kind == Stage.Kind.INPUT,
        "may_ask": by.has_role(*ORGANIZERS) and process.state in ASKING,
        "may_announce": by.has_role(*ORGANIZERS) and process.state in PUBLIC,
        "may_close": convenes and process.state in (Process.State.DECIDED, Process.State.FOLLOW_UP),
    }
    return TemplateResponse(request, "site/cockpit.html", context)


def _is_overdue(report: Report) -> bool:
    """Tell whether the review period is over and the report is not final yet."""
    ends = report.review_ends_at
    return ends is not None and ends <= clock.now() and report.final_at is None
