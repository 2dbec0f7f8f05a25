"""Questions about inputs."""

from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from talanoa.contributions.models import Answer, Contribution
from talanoa.inputs.models import Input
from talanoa.mail.models import RawMessage, RawMessageQuerySet
from talanoa.processes.models import Process

REFUSED_DAYS = 30


def by_dedup_key(process: Process, key: str) -> Input | None:
    """Return the input that was received under this key, if any: the same thing sent twice is one input."""
    # Nearly always there is none, so only the index is asked first: the whole row takes three times as long.
    found = (
        Contribution.objects.filter(process=process, dedup_key=key).order_by().values_list("pk", flat=True)
    )
    rows = Input.objects.select_related("contribution__process")
    return next((rows.filter(contribution=pk).first() for pk in found), None)


def listing(process: Process) -> QuerySet[Contribution]:
    """Return all inputs of a process for lists: number, state, author, answers; content is checked apart."""
    answers = Answer.objects.filter(response__approved_at__isnull=False).select_related("response__theme")
    rows = Contribution.objects.filter(process=process, kind="input")
    rows = rows.select_related("authorship", "input", "replaced_by")
    rows = rows.defer("input__text", "input__as_given")
    return rows.prefetch_related(Prefetch("answers", queryset=answers, to_attr="given"))


def numbered(process: Process, number: int) -> Input | None:
    """Return the input with this number, whatever its state; what a reader may see is checked apart."""
    rows = Input.objects.filter(contribution__process=process, contribution__number=number)
    return rows.select_related(
        "contribution__process", "contribution__authorship", "contribution__person", "stage"
    ).first()


def mails_for_hand(process: Process) -> RawMessageQuerySet:
    """Return the mails of a process that a person must read, oldest first, without their bytes."""
    return RawMessage.objects.for_hand(process.key).filter(needs_person=True).defer("data").order_by("pk")


def mails_refused(process: Process, at: datetime) -> RawMessageQuerySet:
    """Return the mails to a process that were refused in the 30 days before `at`, newest first, without their bytes."""
    since = at - timedelta(days=REFUSED_DAYS)
    rows = RawMessage.objects.for_hand(process.key).filter(number__isnull=True, received_at__gte=since)
    return rows.defer("data").order_by("-pk")
