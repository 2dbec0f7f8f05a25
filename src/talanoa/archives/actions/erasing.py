"""Erase a message of an archive on request: its words go everywhere, its place stays and says so."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from talanoa.archives.events import ArchivedMessageErased
from talanoa.archives.models import Archive, ArchivedMessage, Merge, Sender, Thread
from talanoa.archives.permissions import require_keeper
from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.record.actions import append


@transaction.atomic
def erase_message(
    message: ArchivedMessage, *, by: Person, ground: str, at: datetime, channel: str
) -> ArchivedMessage:
    """Destroy the words of a message and who wrote it; its number and its address stay.

    `ground` is one of ERASURE_GROUNDS (GDPR, article 17). Somebody of whom nothing else is here is forgotten too. What
    others quote of it stands in messages of their own. Raises NotAllowed; RuleBroken: ground_unknown, message_erased.
    """
    archive = Archive.objects.select_for_update(no_key=True).get(pk=message.archive_id)
    role = require_keeper(by)
    message = ArchivedMessage.objects.select_related("sender", "thread").get(pk=message.pk)
    if ground not in ERASURE_GROUNDS:
        raise RuleBroken(
            _("Give one of these grounds: %(grounds)s.") % {"grounds": ", ".join(ERASURE_GROUNDS)},
            code="ground_unknown",
        )
    message.check_standing()
    sender = message.sender
    for name in ArchivedMessage.WORDS:
        setattr(message, name, "")
    message.erased_at, message.ground = at, ground
    message.sender, _made = Sender.objects.get_or_create(archive=archive, identity="")
    message.save()
    _leave_sender(sender)
    _leave_thread(message.thread)
    archive.n_erased += 1
    archive.save(update_fields=["n_erased"])
    event = ArchivedMessageErased(archive=archive.name, message=message.number, ground=ground)
    append(event, at=at, channel=channel, role=role)
    return message


def _leave_sender(sender: Sender) -> None:
    """Count what is left of a sender; of whom nothing is left, neither name nor address stays."""
    left = ArchivedMessage.objects.standing().filter(sender=sender)
    told = left.aggregate(n=Count("pk"), first=Min("sent_at"), last=Max("sent_at"))
    sender.n_messages, sender.first_at, sender.last_at = told["n"], told["first"], told["last"]
    if not sender.n_messages and sender.identity:
        sender.identity, sender.address, sender.name = f"erased {sender.pk}", "", ""
        Merge.objects.filter(Q(one=sender) | Q(other=sender)).update(evidence="")
    sender.save()


def _leave_thread(thread: Thread) -> None:
    """Count what is left of a thread; it is called as the first of its messages that still has words."""
    left = ArchivedMessage.objects.standing().filter(thread=thread)
    told = left.aggregate(n=Count("pk"), first=Min("sent_at"), last=Max("sent_at"))
    opening = left.order_by("number").first()
    thread.n_messages, thread.opened_at, thread.last_at = told["n"], told["first"], told["last"]
    thread.subject = opening.subject if opening else ""
    thread.save()
