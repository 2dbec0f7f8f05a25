"""Who is told at the issue desk: who brought the issue, those who keep the desk, the body it is referred to."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.desk.letters import (
    answered_lines,
    heard_lines,
    received_lines,
    referral_lines,
    replied_lines,
    subject_received,
    waiting_lines,
)
from talanoa.desk.models import ADDRESS, Answer, Issue, Reply
from talanoa.desk.receipts import receipt_text
from talanoa.mail.letters import in_language_of, write_to
from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Appointment, Person
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

ANSWER, RECONSIDER, REPLY, HEARD, VOUCH = "answer", "reconsider", "reply", "heard", "vouch"
"""What an answer to a letter of the desk means, as mail commands: its first answer, another one, what the author says
to it, what a body writes back, the word of a sender that an issue is theirs."""


def tell_brought(entry: Entry) -> None:
    """Tell those who keep the desk of an issue that is sure; its sender gets the receipt, if not by mail already."""
    issue = _issue(entry)
    if issue.state == Issue.State.OPEN:
        _tell_waiting(issue, entry)
    if issue.state == Issue.State.ERASED or issue.channel == "mail":
        return
    word = VOUCH if issue.state == Issue.State.UNCONFIRMED else ""
    with in_language_of(issue.person):
        lines = received_lines(issue, receipt_text(issue))
        _write(
            issue.person,
            issue,
            at=entry.at,
            key=f"issue-receipt-{entry.pk}",
            told=(subject_received(issue), lines),
            word=word,
        )


def remind_overdue(*, at: datetime) -> None:
    """Tell those who keep the desk, once, that the days of an issue have passed at `at` (aware, UTC) unanswered."""
    for issue in Issue.objects.waiting().filter(due_at__lte=at).order_by("number"):
        begins = f"issue-overdue-{issue.number}-"
        if not OutgoingMessage.objects.filter(process_key=ADDRESS, key__startswith=begins).exists():
            _remind(issue, begins, at=at)


def _remind(issue: Issue, begins: str, *, at: datetime) -> None:
    for kept in Appointment.objects.select_related("person").order_by("pk"):
        with in_language_of(kept.person):
            subject = _("Overdue, and named on the home page: issue %(number)s") % {"number": issue.number}
            told = (subject, waiting_lines(issue))
            _write(kept.person, issue, key=f"{begins}{kept.person_id}", told=told, word=ANSWER, at=at)


def tell_vouched(entry: Entry) -> None:
    """Tell those who keep the desk that the sender of an issue confirmed it."""
    issue = _issue(entry)
    if issue.state == Issue.State.OPEN:
        _tell_waiting(issue, entry)


def tell_issue_answered(entry: Entry) -> None:
    """Send the answer to who brought the issue, and the issue to the body that it is referred to."""
    issue, answer = _answer(entry)
    if issue.state == Issue.State.ERASED:
        return
    with in_language_of(issue.person):
        subject = _("The answer to issue %(number)s") % {"number": issue.number}
        lines = answered_lines(issue, answer)
        _write(
            issue.person,
            issue,
            at=entry.at,
            key=f"issue-answer-{entry.pk}",
            told=(subject, lines),
            word=REPLY,
        )
    body = answer.referral.person if answer.body else None
    if body is None:
        return
    with in_language_of(body):
        subject = _("Referred to you: issue %(number)s") % {"number": issue.number}
        lines = referral_lines(issue, answer)
        _write(body, issue, at=entry.at, key=f"issue-referral-{entry.pk}", told=(subject, lines), word=HEARD)


def tell_issue_replied(entry: Entry) -> None:
    """Tell those who keep the desk what the one who brought the issue says to its answer."""
    issue, answer = _answer(entry)
    reply = Reply.objects.get(answer=answer)
    if issue.state == Issue.State.OPEN:

        def written() -> tuple[str, tuple[str, ...]]:
            return _("Issue %(number)s: a reply to its answer"), replied_lines(issue, reply)

        _tell_desk(issue, entry, written, RECONSIDER)


def tell_body_heard(entry: Entry) -> None:
    """Tell who brought the issue what the body wrote back."""
    issue, answer = _answer(entry)
    if issue.state == Issue.State.OPEN:
        with in_language_of(issue.person):
            subject = _("Issue %(number)s: the body wrote back") % {"number": issue.number}
            lines = heard_lines(issue, answer)
            _write(
                issue.person,
                issue,
                at=entry.at,
                key=f"issue-heard-{entry.pk}",
                told=(subject, lines),
                word=REPLY,
            )


def _tell_waiting(issue: Issue, entry: Entry) -> None:
    def written() -> tuple[str, tuple[str, ...]]:
        return _("An issue waits for an answer: %(number)s"), waiting_lines(issue)

    _tell_desk(issue, entry, written, ANSWER)


def _tell_desk(
    issue: Issue, entry: Entry, written: Callable[[], tuple[str, tuple[str, ...]]], word: str
) -> None:
    """Write subject and lines to each person whom the operator appointed, in their language."""
    for kept in Appointment.objects.select_related("person").order_by("pk"):
        with in_language_of(kept.person):
            key = f"issue-desk-{entry.pk}-{kept.person_id}"
            subject, lines = written()
            told = (subject % {"number": issue.number}, lines)
            _write(kept.person, issue, at=entry.at, key=key, told=told, word=word)


def _issue(entry: Entry) -> Issue:
    rows = Issue.objects.select_related("person", "bringer", "entry")
    return rows.get(number=int(public_fields(entry)["issue"]))


def _answer(entry: Entry) -> tuple[Issue, Answer]:
    issue = _issue(entry)
    rows = Answer.objects.select_related("body", "process", "referral__person")
    return issue, rows.get(issue=issue, number=int(public_fields(entry)["answer"]))


def _write(
    person: Person, issue: Issue, *, at: datetime, key: str, told: tuple[str, Iterable[str]], word: str
) -> None:
    """Write subject and lines to `person`; an answer that names no command means `word`."""
    write_to(
        person,
        key=key,
        subject=told[0],
        lines=told[1],
        at=at,
        process_key=ADDRESS,
        number=issue.number,
        word=word,
        alone=True,
    )
