"""What everybody who took part is told about the report: sealed, final, decided."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.instants import moment
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.mail.queries import wants_letters
from talanoa.processes.models import Process
from talanoa.record.models import Entry
from talanoa.reports.letters import recommended_text, report_page, report_text
from talanoa.reports.models import Report
from talanoa.reports.queries import took_part

Lines = Callable[[Report], list[str]]
WHOLE = 15_000
"""Bytes up to which the report itself is sent; of a longer one, its recommendations."""


def _tell_all(entry: Entry, subject: Promise, lines: Lines) -> None:
    """Write to everybody who took part, save those who want only what is addressed to them, or a pause."""
    process = Process.objects.get(key=entry.process_key)
    report = Report.objects.select_related("sealed_revision").get(process=process)
    for person in took_part(process)[0]:
        if not wants_letters(person, process.key, at=entry.at):
            continue
        with in_language_of(person):
            write_to(
                person,
                key=f"{entry.kind}-{entry.pk}-{person.pk}",
                subject=str(subject),
                lines=wrapped(process.title, "", *lines(report)),
                at=entry.at,
                process_key=process.key,
            )


def tell_sealed(entry: Entry) -> None:
    """Tell everybody that the report is public and until when it can be commented on."""
    _tell_all(entry, gettext_lazy("The report is public, before anybody acts on it"), _sealed)


def _sealed(report: Report) -> list[str]:
    assert report.review_ends_at is not None  # noqa: S101 - the entry says that it is sealed
    assert report.sealed_revision is not None  # noqa: S101 - the entry says that it is sealed
    text, where = report_text(report, report.sealed_revision), []
    if len(text.encode()) > WHOLE:
        text = recommended_text(report, report.sealed_revision)
        where = [_("Below are its recommendations. The whole of it:"), report_page(report)]
    return [
        _("The report is sealed and public. Every input has its answer in it."),
        _("Its review period runs until %(end)s. Nobody can decide before.")
        % {"end": moment(report.review_ends_at)},
        _(
            "To comment, answer this mail. Your comment is an input: it gets a number, and an answer before"
            " the report is final."
        ),
        *where,
        "",
        text,
    ]


def tell_final(entry: Entry) -> None:
    """Tell everybody that the review period is over and every comment answered."""
    _tell_all(
        entry,
        gettext_lazy("The report is final"),
        lambda _report: [
            _("The review period is over and every comment has its answer. Now the decision can be taken.")
        ],
    )


def tell_decided(entry: Entry) -> None:
    """Tell everybody the answer to each recommendation, with its reason."""
    _tell_all(entry, gettext_lazy("The decision, recommendation by recommendation"), _decided)


def _decided(report: Report) -> list[str]:
    lines = []
    for row in report.decisions.order_by("number"):
        lines += [f"{row.number}. {row.get_answer_display()}. {row.reason}", ""]
    return lines
