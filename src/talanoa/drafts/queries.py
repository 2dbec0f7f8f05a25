"""Questions about drafts."""

from django.db.models import QuerySet

from talanoa.documents.models import Revision
from talanoa.drafts.models import Draft
from talanoa.processes.models import Process


def drafts_of(process: Process) -> QuerySet[Draft]:
    """Return the drafts of a process, by number."""
    return process.drafts.select_related("document").order_by("number")


def authors_of(draft: Draft) -> set[int]:
    """Return the keys of the persons who wrote one of its revisions."""
    return set(draft.draftings.values_list("author__person", flat=True))


def is_newest(revision: Revision) -> bool:
    """Tell whether no later revision of the same document was published."""
    return not Revision.objects.filter(document=revision.document_id, number__gt=revision.number).exists()
