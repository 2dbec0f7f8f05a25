"""Questions about inputs."""

from django.db.models import Prefetch, QuerySet

from talanoa.contributions.models import Answer, Contribution
from talanoa.inputs.models import Input
from talanoa.processes.models import Process


def by_dedup_key(process: Process, key: str) -> Input | None:
    """Return the input that was received under this key, if any: the same thing sent twice is one input."""
    rows = Input.objects.filter(contribution__process=process, contribution__dedup_key=key)
    return rows.select_related("contribution__process").first()


def listing(process: Process) -> QuerySet[Contribution]:
    """Return all contributions of a process for lists: number, state, author, answers; content is checked apart."""
    answers = Answer.objects.filter(response__approved_at__isnull=False).select_related("response__theme")
    rows = Contribution.objects.filter(process=process).select_related("authorship", "input", "replaced_by")
    rows = rows.defer("input__text", "input__as_given")
    return rows.prefetch_related(Prefetch("answers", queryset=answers, to_attr="given"))


def numbered(process: Process, number: int) -> Input | None:
    """Return the input with this number, whatever its state; what a reader may see is checked apart."""
    rows = Input.objects.filter(contribution__process=process, contribution__number=number)
    return rows.select_related(
        "contribution__process", "contribution__authorship", "contribution__person", "stage"
    ).first()
