"""Questions about reports: what stands in the way of sealing, who will be told, the state of the text."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talanoa.consensus.models import Position
from talanoa.consensus.queries import check_uncontested
from talanoa.contributions.models import Contribution, Dispute, Theme
from talanoa.contributions.queries import Coverage, coverage, unanswered
from talanoa.documents.models import Paragraph, Revision
from talanoa.documents.queries import recommendations
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.citations import citations
from talanoa.lib.processkeys import label
from talanoa.people.models import Person
from talanoa.processes.charter import FEASIBILITY, option_name
from talanoa.processes.models import Process, Role
from talanoa.processes.queries import published_charter
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.reports.agreement import Lacking, check_agreed, lacking
from talanoa.reports.events import DecisionTaken
from talanoa.reports.models import Report

NAMED_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Readiness:
    """What still stands between a draft and the seal."""

    coverage: Coverage
    unanswered: tuple[str, ...]
    unknown_citations: tuple[str, ...]
    recommendations: tuple[Paragraph, ...]
    unweighed: tuple[str, ...]
    lacking: Lacking


def readiness(report: Report) -> Readiness:
    """Return what stands between the newest revision of `report` and its seal."""
    revision = report.document.latest()
    asked = tuple(recommendations(revision)) if revision else ()
    return Readiness(
        coverage=coverage(report.process),
        unanswered=_first_unanswered(report.process),
        unknown_citations=unknown_citations(report.process, revision) if revision else (),
        recommendations=asked,
        unweighed=unweighed_options(report.process, revision) if revision else (),
        lacking=lacking(report.process, asked),
    )


def _first_unanswered(process: Process) -> tuple[str, ...]:
    waiting = unanswered(process).values_list("number", flat=True)[:NAMED_AT_MOST]
    return tuple(label(process.key, number) for number in waiting)


def check_sealable(
    process: Process, report: Report | None, at: datetime
) -> tuple[Report, Revision, Readiness]:
    """Return `report`, its newest revision and what was checked, where it may be sealed at `at` (aware, UTC).

    Raises RuleBroken: wrong_state, input_unanswered, report_missing, report_sealed, citation_unknown,
    option_unweighed, recommendation_missing, outcome_contested, minority_window_open,
    recommendation_not_designated.
    """
    process.check_state(Process.State.REPORT_DRAFT)
    revision = report.document.latest() if report else None
    if report is None or revision is None:
        _check_answered(coverage(process), _first_unanswered(process))
        raise RuleBroken(_("There is no report to seal. Write it first."), code="report_missing")
    report.check_unsealed()
    ready = readiness(report)
    _check_ready(ready)
    check_agreed(process, ready.lacking, at)
    return report, revision, ready


def _check_answered(covered: Coverage, numbers: tuple[str, ...]) -> None:
    if covered.waiting:
        raise RuleBroken(
            ngettext(
                "%(n)s input has no answer yet: %(numbers)s. The report can be sealed once it has one.",
                "%(n)s inputs have no answer yet: %(numbers)s. The report can be sealed once each has one.",
                covered.waiting,
            )
            % {"n": covered.waiting, "numbers": named(numbers, covered.waiting)},
            code="input_unanswered",
            subjects=numbers,
        )


def _check_ready(ready: Readiness) -> None:
    _check_answered(ready.coverage, ready.unanswered)
    if ready.unknown_citations:
        raise RuleBroken(
            _("The report cites what is not there: %(names)s.")
            % {"names": ", ".join(ready.unknown_citations)},
            code="citation_unknown",
            subjects=ready.unknown_citations,
        )
    if ready.unweighed:
        raise RuleBroken(
            _("The report does not weigh these options of the charter: %(names)s.")
            % {"names": "; ".join(ready.unweighed)},
            code="option_unweighed",
            subjects=ready.unweighed,
        )
    if not (ready.recommendations or ready.lacking.may_be_empty):
        raise RuleBroken(
            _("The report has no numbered recommendation. Begin a paragraph with “Recommendation 1.”"),
            code="recommendation_missing",
        )


def unknown_citations(process: Process, revision: Revision) -> tuple[str, ...]:
    """Return the citations in the text that lead to no input or theme of the process."""
    cited = citations(revision.text, process.key)
    known = set(
        Contribution.objects.filter(process=process, number__in=cited.numbers).values_list(
            "number", flat=True
        )
    )
    themes = set(Theme.objects.filter(process=process, slug__in=cited.themes).values_list("slug", flat=True))
    numbers = tuple(label(process.key, number) for number in sorted(cited.numbers - known))
    return numbers + tuple(f"theme:{slug}" for slug in sorted(cited.themes - themes))


def theme_names(process: Process) -> dict[str, str]:
    """Return how the themes of `process` are called, by their slugs."""
    return dict(Theme.objects.filter(process=process).values_list("slug", "label"))


def unweighed_options(process: Process, revision: Revision) -> tuple[str, ...]:
    """Return the options of a feasibility study that the text never names."""
    text = revision.text.casefold()
    names = (option_name(option) for option in options(process))
    return tuple(name for name in names if name.casefold() not in text)


def options(process: Process) -> list[str]:
    """Return the options that the published charter of a feasibility study names; none for other processes."""
    version = published_charter(process)
    if version is None or version.facts.get("template") != FEASIBILITY:
        return []
    listed: list[str] = version.facts["options"]
    return listed


def took_part(process: Process) -> tuple[list[Person], list[Person]]:
    """Return everybody who spoke or took a position: those who can be reached by mail, and those who cannot."""
    spoke = Contribution.objects.filter(process=process).values("person")
    stood = Position.objects.filter(call__process=process).values("participant__person")
    people = Person.objects.filter(Q(pk__in=spoke) | Q(pk__in=stood)).order_by("pk")
    reached = [person for person in people if person.address]
    return reached, [person for person in people if not person.address]


def decided_by(report: Report) -> str:
    """Return in which role the decision was taken, from its entry on the record; empty where there is none."""
    rows = Entry.objects.filter(process_key=report.process.key, kind=DecisionTaken.kind)
    entry = rows.order_by("-index").first()
    return str(Role(public_fields(entry)["r"]).label) if entry else ""


def open_disputes(process: Process) -> list[Dispute]:
    """Return the disputes without a reply."""
    rows = Dispute.objects.filter(answer__contribution__process=process, replied_at__isnull=True)
    return list(rows.select_related("answer__contribution", "answer__response"))


@dataclass(frozen=True, slots=True)
class Pending:
    """What keeps a report from being final once its review period is over, by the labels of the inputs."""

    unanswered: tuple[str, ...]
    disputed: tuple[str, ...]


def pending(report: Report) -> Pending:
    """Return the inputs without an answer, and those whose author disputed an answer and got no reply.

    A dispute counts if it was raised before the review period ended: one that comes later gets its reply too, but
    nobody can hold a report back by disputing again and again.
    """
    process = report.process
    waiting = unanswered(process).values_list("number", flat=True)
    disputed = Dispute.objects.filter(answer__contribution__process=process, replied_at__isnull=True)
    if report.review_ends_at is not None:
        disputed = disputed.filter(raised_at__lt=report.review_ends_at)
    numbers = disputed.order_by("answer__contribution__number")
    found = dict.fromkeys(numbers.values_list("answer__contribution__number", flat=True))
    return Pending(
        unanswered=tuple(label(process.key, number) for number in waiting),
        disputed=tuple(label(process.key, number) for number in found),
    )


def check_decidable(report: Report, at: datetime) -> None:
    """Raise RuleBroken unless a decision may be taken at `at` (aware, UTC); name what keeps a report from being final.

    Codes: report_not_sealed, review_period_running, report_not_final, dispute_unanswered, outcome_contested,
    decided_already.
    """
    report.check_review_over(at)
    waits = pending(report) if report.final_at is None else None
    if waits and waits.unanswered:
        raise RuleBroken(
            _("The report is not final yet: these comments still wait for an answer: %(numbers)s.")
            % {"numbers": _first(waits.unanswered)},
            code="report_not_final",
            subjects=waits.unanswered[:NAMED_AT_MOST],
        )
    if waits and waits.disputed:
        raise RuleBroken(
            _("The report is not final yet: these disputes still wait for a reply: %(numbers)s.")
            % {"numbers": _first(waits.disputed)},
            code="dispute_unanswered",
            subjects=waits.disputed[:NAMED_AT_MOST],
        )
    check_uncontested(report.process)
    report.check_decidable(at)


def _first(numbers: tuple[str, ...]) -> str:
    return named(numbers[:NAMED_AT_MOST], len(numbers))


def named(numbers: tuple[str, ...], total: int) -> str:
    """Return `numbers`, and how many more of `total` there are."""
    more = f" (+{total - len(numbers)})" if total > len(numbers) else ""
    return ", ".join(numbers) + more
