"""What everybody who took part is told about the report: sealed, final, decided."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from talanoa.mail.actions import queue_mail
from talanoa.processes.models import Process
from talanoa.record.models import Entry
from talanoa.reports.models import Report
from talanoa.reports.queries import took_part

Lines = Callable[[Report], list[str]]


def _tell_all(entry: Entry, subject: str, lines: Lines) -> None:
    process = Process.objects.filter(key=entry.process_key).first()
    if process is None:
        return
    report = Report.objects.get(process=process)
    text = "\n".join([process.title, "", *lines(report)])
    for person in took_part(process)[0]:
        queue_mail(
            key=f"{entry.kind}-{entry.pk}-{person.pk}",
            to=person.address,
            subject=subject,
            text=text,
            headers={"Auto-Submitted": "auto-generated"},
            at=entry.at,
            process_key=process.key,
        )


def tell_sealed(entry: Entry) -> None:
    """Tell everybody that the report is public and until when it can be commented on."""
    _tell_all(entry, _("The report is public, before anybody acts on it"), _sealed)


def _sealed(report: Report) -> list[str]:
    return [
        _("The report is sealed and public. Every input has its answer in it."),
        _("Its review period runs until %(end)s UTC. Nobody can decide before.")
        % {"end": f"{report.review_ends_at:%Y-%m-%d %H:%M}"},
        _("To comment, answer this mail. Your comment is an input: it gets a number and an answer before"),
        _("the report is final."),
    ]


def tell_final(entry: Entry) -> None:
    """Tell everybody that the review period is over and every comment answered."""
    _tell_all(
        entry,
        _("The report is final"),
        lambda _report: [
            _("The review period is over and every comment has its answer. Now the decision can be taken.")
        ],
    )


def tell_decided(entry: Entry) -> None:
    """Tell everybody the answer to each recommendation, with its reason."""
    _tell_all(entry, _("The decision, recommendation by recommendation"), _decided)


def _decided(report: Report) -> list[str]:
    lines = []
    for row in report.decisions.order_by("number"):
        lines += [f"{row.number}. {row.get_answer_display()}. {row.reason}", ""]
    return lines
