"""A room goes whole: what was said in it, its people, its log and its key. Nothing real ever does."""

from django.db import models, transaction

from talanoa.consensus.models import Call, Designation, Handling, Objection, Position
from talanoa.contributions.models import Authorship, Contribution, Mention
from talanoa.documents.models import Document, Paragraph, Revision
from talanoa.drafts.models import Comment, Disposed, Disposition, Draft, Drafting, Suggestion
from talanoa.inputs.models import Input
from talanoa.kernel.keyring import keyring
from talanoa.people.models import InterestStatement, Person
from talanoa.practice.models import Done, Level, Room, Seat, Taken
from talanoa.practice.permissions import require_facilitator
from talanoa.processes.models import CharterVersion, Participant, Process, RoleGrant, Stage
from talanoa.record.models import Checkpoint, Entry, Log, Node, Opening


@transaction.atomic
def delete_room(room: Room, *, by: Person) -> None:
    """Delete a room with everything in it; whoever opened it does. The database refuses the same to what is real.

    It stands on no record: what was practice leaves no trace of who practiced. Raises NotAllowed.
    """
    room = Room.objects.locked(room)
    require_facilitator(room, by)
    process = room.process
    log = Log.objects.get(name=process.space.log)
    documents = [process.charter_id, *process.drafts.values_list("document", flat=True)]
    people = list(process.participants.values_list("person", flat=True))
    for rows in _in_order(room, process, log, documents, people):
        rows.delete()
    transaction.on_commit(lambda: keyring.destroy(log.key_name))


def _in_order(
    room: Room, process: Process, log: Log, documents: list[int], people: list[int]
) -> list[models.QuerySet[models.Model]]:
    """Return all rows of a room, so that nothing is deleted before what points to it."""
    said = {"contribution__process": process}
    return [
        Handling.objects.filter(objection__contribution__process=process),
        Designation.objects.filter(call__process=process),
        Position.objects.filter(call__process=process),
        Objection.objects.filter(**said),
        Call.objects.filter(process=process),
        Disposed.objects.filter(disposition__draft__process=process),
        Disposition.objects.filter(draft__process=process),
        Suggestion.objects.filter(**said),
        Comment.objects.filter(**said),
        Drafting.objects.filter(draft__process=process),
        Input.objects.filter(**said),
        Mention.objects.filter(source__process=process),
        Authorship.objects.filter(**said),
        Contribution.objects.filter(process=process),
        Opening.objects.filter(entry__log=log),
        Checkpoint.objects.filter(log=log),
        Node.objects.filter(log=log),
        Entry.objects.filter(log=log),
        Log.objects.filter(pk=log.pk),
        CharterVersion.objects.filter(process=process),
        Paragraph.objects.filter(revision__document__in=documents),
        Revision.objects.filter(document__in=documents),
        Draft.objects.filter(process=process),
        Taken.objects.filter(room=room),
        Done.objects.filter(room=room),
        Level.objects.filter(seat__room=room),
        Seat.objects.filter(room=room),
        Room.objects.filter(pk=room.pk),
        RoleGrant.objects.filter(participant__process=process),
        Participant.objects.filter(process=process),
        Stage.objects.filter(process=process),
        Process.objects.filter(pk=process.pk),
        Document.objects.filter(pk__in=documents),
        InterestStatement.objects.filter(person__in=people),
        Person.objects.filter(pk__in=people),
    ]
