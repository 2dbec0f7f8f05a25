"""Pages of the report: reading it in several forms, writing, sealing, deciding, following up."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.consensus.queries import contested
from talanoa.contributions.models import Contribution
from talanoa.contributions.room import missed
from talanoa.documents.models import Revision
from talanoa.documents.queries import recommendations
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import ranges
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import may_work_on
from talanoa.processes.queries import open_call
from talanoa.processes.skin import office_page, process_or_404
from talanoa.reports.actions import decide, note_follow_up, seal_report, write_report
from talanoa.reports.agreement import agreement
from talanoa.reports.drafting import outline
from talanoa.reports.forms import DecisionForm, FollowUpForm, ReportForm
from talanoa.reports.letters import report_text
from talanoa.reports.models import Report
from talanoa.reports.publishing import as_docx, as_page, as_pdf
from talanoa.reports.queries import (
    check_decidable,
    check_sealable,
    decided_by,
    open_disputes,
    pending,
    readiness,
    took_part,
)
from talanoa.reports.tables import answers_by_theme, matrix_csv, together

ROWS = 200
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report_or_404(request: HttpRequest, key: str) -> tuple[Process, Report, Revision]:
    """Return the report that the reader may see, with its sealed or newest revision."""
    process = process_or_404(request, key)
    rows = Report.objects.visible_to(asking(request)).select_related("document", "process", "sealed_revision")
    report = rows.filter(process=process).first()
    revision = (report.sealed_revision or report.document.latest()) if report else None
    if report is None or revision is None:
        raise Http404
    return process, report, revision


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show the report, its response table, the decision and what became of it."""
    process, report, revision = _report_or_404(request, key)
    reached, unreached = took_part(process)
    made = agreement(process)
    not_told = Contribution.objects.filter(process=process, person__in=unreached).values_list(
        "number", flat=True
    )
    context = {
        "process": process,
        "report": report,
        "revision": revision,
        "text": as_page(report, revision),
        "agreement": made,
        "levels": made.found_on(recommendations(revision)) if made else {},
        "page": _table_page(request, process),
        "decisions": {row.number: row for row in report.decisions.all()},
        "decided_by": decided_by(report) if report.decided_at else "",
        "follow_ups": report.follow_ups.all(),
        "n_told": len(reached),
        "n_not_told": len(unreached),
        "not_told": ranges(list(not_told)).replace(",", ", "),
        "disputes": open_disputes(process),
        "missed": missed(process),
        "call": open_call(process, clock.now()),
        "works": may_work_on(process, asking(request)),
    }
    return TemplateResponse(request, "reports/show.html", context)


def _table_page(request: HttpRequest, process: Process) -> dict[str, object]:
    """Return a page of the response table, each answer once with its inputs; and how many inputs have one."""
    rows = answers_by_theme(process)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    n_inputs = rows.order_by().values("contribution").distinct().count()
    return {"page": page, "groups": together(page.object_list, process), "n_inputs": n_inputs}


@require_safe
def table(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the response table as CSV; public from day one, as answers are."""
    process = process_or_404(request, key)
    answer = HttpResponse(matrix_csv(process), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-responses.csv"'
    return answer


@require_safe
def text(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the report as plain text, with what was agreed and the minority statements."""
    _process, report, revision = _report_or_404(request, key)
    return HttpResponse(report_text(report, revision), content_type="text/plain; charset=utf-8")


@require_safe
def word(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the report as docx."""
    process, report, revision = _report_or_404(request, key)
    answer = HttpResponse(as_docx(report, revision), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-report.docx"'
    return answer


@require_safe
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the report as PDF, where this installation can make one."""
    process, report, revision = _report_or_404(request, key)
    answer = HttpResponse(as_pdf(report, revision), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{process.key}-report.pdf"'
    return answer


@office_page()
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Write the report; the page tells what still stands before the seal."""
    report = Report.objects.filter(process=process).select_related("document").first()
    latest = report.document.latest() if report else None
    start = {
        "title": report.document.title if report else process.title,
        "text": latest.text if latest else outline(process),
    }
    form = ReportForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            write_report(process, by=by, title=said["title"], text=said["text"], at=clock.now())
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            messages.success(request, _("Saved as a new revision. It becomes public when it is sealed."))
            return redirect("reports:write", process.key)
    context = {
        "process": process,
        "form": form,
        "report": report,
        "ready": readiness(report) if report else None,
        "at": clock.now(),
        "may_seal": by.has_role(Role.CONVENOR) and process.state == Process.State.REPORT_DRAFT,
    }
    return TemplateResponse(request, "reports/write.html", context)


@office_page(Role.CONVENOR)
@require_POST
def seal(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Seal the report and begin the review period: first say what, until when, who is told; then the act."""
    try:
        if "confirmed" not in request.POST:
            return _before_the_seal(request, process)
        seal_report(process, by=by, at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, broken.text)
        return redirect("reports:write", process.key)
    messages.success(request, _("Sealed and public. The review period runs now; only the clock ends it."))
    return redirect("reports:show", process.key)


def _before_the_seal(request: HttpRequest, process: Process) -> HttpResponse:
    at = clock.now()
    report, revision, ready = check_sealable(process, Report.objects.filter(process=process).first(), at)
    reached, unreached = took_part(process)
    context = {
        "process": process,
        "report": report,
        "revision": revision,
        "ready": ready,
        "ends_at": at + timedelta(days=process.review_days),
        "n_told": len(reached),
        "n_not_told": len(unreached),
    }
    return TemplateResponse(request, "reports/seal.html", context)


@office_page(Role.SPONSOR, Role.CONVENOR)
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Answer each recommendation, once the report is final."""
    report = Report.objects.filter(process=process).select_related("sealed_revision").first()
    if report is None or report.sealed_revision is None:
        raise RuleBroken(_("There is no sealed report to decide on."), code="report_not_sealed")
    asked, at = recommendations(report.sealed_revision), clock.now()
    form = DecisionForm(request.POST or None, asked=asked)
    refused = _refusal(report, at) if request.method == "POST" else None
    if refused:
        form = DecisionForm(asked=asked, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        try:
            decide(process, by=by, rulings=form.rulings(), at=at, channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _told(process))
            return redirect("reports:show", process.key)
    running = report.review_ends_at is not None and at < report.review_ends_at
    context = {
        "process": process,
        "report": report,
        "form": form,
        "running": running,
        "refused": refused,
        "pending": pending(report) if report.final_at is None else None,
        "contested": contested(process),
    }
    return TemplateResponse(request, "reports/decision.html", context, status=409 if refused else 200)


def _told(process: Process) -> str:
    """Say that the decision is taken, and how many of those who took part can be told."""
    reached, unreached = took_part(process)
    told = [_("Decided, and on the record.")]
    if reached:
        n = len(reached)
        told.append(
            ngettext("%(n)s person who took part is told.", "%(n)s people who took part are told.", n)
            % {"n": n}
        )
    if unreached:
        n = len(unreached)
        told.append(
            ngettext(
                "%(n)s cannot be told: no address is known.", "%(n)s cannot be told: no address is known.", n
            )
            % {"n": n}
        )
    return " ".join(told)


def _refusal(report: Report, at: datetime) -> RuleBroken | None:
    """Return why no decision is possible at `at`, whatever it says: asked before the fields are looked at."""
    try:
        check_decidable(report, at)
    except RuleBroken as broken:
        return broken
    return None


@office_page(Role.CONVENOR, Role.SECRETARIAT, Role.SPONSOR)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Note what became of the decision."""
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_follow_up(process, by=by, text=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Noted in public."))
            return redirect("reports:show", process.key)
    return TemplateResponse(request, "reports/follow_up.html", {"process": process, "form": form})
