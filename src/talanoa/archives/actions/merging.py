"""Say which senders of an archive are one person: find who may be, decide, and decide anew."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from talanoa.archives.events import MergeDecided
from talanoa.archives.models import Archive, Merge, Sender
from talanoa.archives.permissions import require_keeper
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.archive.merging import Known, candidates
from talanoa.people.models import Person
from talanoa.record.actions import append

_EVIDENCE_LENGTH = 300


@transaction.atomic
def find_merges(archive: Archive, *, by: Person) -> int:
    """List who may be one person, with what speaks for it; what is listed stays. Return how many are new.

    Raises NotAllowed.
    """
    archive = Archive.objects.select_for_update(no_key=True).get(pk=archive.pk)
    require_keeper(by)
    senders = Sender.objects.filter(archive=archive).order_by("pk").values_list("pk", "name", "address")
    known = set(Merge.objects.filter(archive=archive).values_list("one", "other"))
    last = Merge.objects.filter(archive=archive).aggregate(last=Max("number", default=0))["last"]
    found = [one for one in candidates(Known(*row) for row in senders) if (one.one, one.other) not in known]
    Merge.objects.bulk_create(
        Merge(
            archive=archive,
            number=number,
            one_id=one.one,
            other_id=one.other,
            evidence=one.evidence[:_EVIDENCE_LENGTH],
        )
        for number, one in enumerate(found, last + 1)
    )
    return len(found)


@transaction.atomic
def decide_merge(merge: Merge, *, by: Person, decision: str, at: datetime, channel: str) -> Merge:
    """Decide whether two senders are one person; `open` undoes what was decided before.

    Raises NotAllowed; RuleBroken: merge_decision, merge_decided.
    """
    merge = (
        Merge.objects.select_for_update(no_key=True, of=("self",)).select_related("archive").get(pk=merge.pk)
    )
    role = require_keeper(by)
    if decision not in Merge.Decision.values:
        raise RuleBroken(
            _("Say one of these: %(decisions)s.") % {"decisions": ", ".join(Merge.Decision.values)},
            code="merge_decision",
        )
    if merge.decision == decision:
        raise RuleBroken(_("This is what was decided already."), code="merge_decided")
    merge.decision, merge.decided_at = decision, at
    merge.save(update_fields=["decision", "decided_at"])
    event = MergeDecided(archive=merge.archive.name, merge=merge.number, decision=decision)
    append(event, at=at, channel=channel, role=role)
    return merge
