"""Put a batch of what was read into an archive: what is new, with its senders, threads and identifiers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from talanoa.archives.actions.indexing import index_words
from talanoa.archives.actions.inserting import Value, insert
from talanoa.archives.actions.threading import place
from talanoa.archives.models import Archive, ArchivedMessage, ImportedFile, Rejection, Sender
from talanoa.archives.permissions import require_keeper
from talanoa.lib.archive.reading import BAD_DATES, REPAIRED, ArchivedMail
from talanoa.lib.archive.same_words import same_words
from talanoa.lib.archive.threads import Letter
from talanoa.lib.messageids import permalink_hash
from talanoa.lib.plaintext import clean
from talanoa.people.models import Person

_FIELDS = (
    "archive", "number", "thread", "sender", "parent_number", "awaits", "hash", "digest", "message_id", "in_reply_to",
    "references", "name", "subject", "text", "date", "sent_at", "n_attachments", "notes", "by_mail",
)  # fmt: skip
_NOTE_LENGTH, _DATE_LENGTH, _NAME_LENGTH = 500, 200, 300


@dataclass(frozen=True, slots=True)
class Found:
    """A message as it was read, and the digest of its content."""

    mail: ArchivedMail
    digest: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """What is no message: where it begins in its file, and the code of what is wrong."""

    position: int
    code: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of a file at once, up to which position; `is_last` where it ended, `damage` if it broke off."""

    found: Sequence[Found]
    refused: Sequence[Refused]
    position: int
    is_last: bool = False
    damage: str = ""


@transaction.atomic
def add_batch(file: ImportedFile, batch: Batch, *, by: Person) -> ImportedFile:
    """Store a batch and note the position, so that both are there or neither.

    A message that is there with the same identifier and content is a duplicate, and so is any that has the identifier
    of an erased one; one with the same identifier and other content is kept too, noted as `identifier_again`. Of what
    came by mail, the same words are the same content: lists write below it how to leave them. Raises NotAllowed.
    """
    archive = Archive.objects.select_for_update(no_key=True).get(imports=file.of_id)
    require_keeper(by)
    file = ImportedFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    new = store_new(archive, batch.found)
    Rejection.objects.bulk_create(
        Rejection(file=file, position=r.position, code=r.code) for r in batch.refused
    )
    file.added += new
    file.rejected += len(batch.refused)
    file.duplicates += len(batch.found) - new
    file.read += len(batch.found) + len(batch.refused)
    file.notes = dict(sorted((Counter(file.notes) + _counted(batch.found)).items()))
    file.position, file.is_read, file.damage = batch.position, batch.is_last, batch.damage[:_NAME_LENGTH]
    file.save()
    return file


def _counted(found: Iterable[Found]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in found:
        notes = one.mail.notes
        counts.update({note.partition(":")[0] for note in notes})
        counts["repaired"] += any(note.startswith(REPAIRED) for note in notes)
        counts["bad_dates"] += any(note.startswith(BAD_DATES) for note in notes)
        counts["read_by_standard_library"] += one.mail.is_fallback
    return counts


def store_new(archive: Archive, found: Sequence[Found], *, by_mail: bool = False) -> int:
    """Store what of `found` is not there yet, each once, and return how many these are. The archive is locked."""
    new = _new(archive, found, by_mail=by_mail)
    if new:
        _store(archive, new, by_mail=by_mail)
    return len(new)


def _new(archive: Archive, found: Sequence[Found], *, by_mail: bool) -> list[Found]:
    first = {one.digest: one for one in reversed(found)}
    rows = ArchivedMessage.objects.filter(archive=archive, digest__in=list(first))
    known = set(map(bytes, rows.values_list("digest", flat=True)))
    new = [one for one in found if first.get(one.digest) is one and one.digest not in known]
    if archive.n_erased:
        new = _without_erased(archive, new)
    return _without_heard(archive, new, by_mail=by_mail) if hasattr(archive, "following") else new


def _without_erased(archive: Archive, new: Sequence[Found]) -> list[Found]:
    """Return what was not erased here, whatever words come with its identifier now."""
    named = _named(new)
    rows = ArchivedMessage.objects.filter(archive=archive, erased_at__isnull=False, hash__in=named.values())
    gone = set(rows.values_list("hash", flat=True))
    return [one for one in new if named.get(one.mail.message_id) not in gone]


def _without_heard(archive: Archive, new: Sequence[Found], *, by_mail: bool) -> list[Found]:
    """Return what did not come the other way already, by mail or in a file, with the same identifier and words."""
    named = _named(new)
    rows = ArchivedMessage.objects.filter(archive=archive, hash__in=named.values())
    there = dict((rows if by_mail else rows.filter(by_mail=True)).values_list("hash", "text"))
    left = []
    for one in new:
        known, text = there.get(named.get(one.mail.message_id, "")), one.mail.text
        mailed, filed = (text, known) if by_mail else (known, text)
        if mailed is None or filed is None or not same_words(mailed=mailed, filed=filed):
            left.append(one)
    return left


def _named(new: Sequence[Found]) -> dict[str, str]:
    """Return the place in addresses of each identifier."""
    return {one.mail.message_id: permalink_hash(one.mail.message_id) for one in new if one.mail.message_id}


def _store(archive: Archive, new: Sequence[Found], *, by_mail: bool) -> None:
    begin = archive.last_number + 1
    letters = [_letter(number, one.mail) for number, one in enumerate(new, begin)]
    placed = place(archive, letters)
    senders, hashes = _senders(archive, new), _hashes(archive, new)
    rows: list[Sequence[Value]] = []
    for number, (one, (permalink, is_again)) in enumerate(zip(new, hashes, strict=True), begin):
        mail, where = one.mail, placed.places[number]
        notes = (*mail.notes, "identifier_again") if is_again else mail.notes
        rows.append(
            (
                archive.pk,
                number,
                placed.threads[where.thread],
                senders[mail.identity],
                where.parent,
                where.awaits,
                permalink,
                one.digest,
                mail.message_id,
                mail.in_reply_to,
                " ".join(mail.references),
                mail.name[:_NAME_LENGTH],
                mail.subject[: ArchivedMessage.SUBJECT_LIMIT],
                clean(mail.text)[0],
                clean(mail.date)[0][:_DATE_LENGTH],
                mail.sent_at,
                mail.n_attachments,
                " ".join(notes)[:_NOTE_LENGTH],
                by_mail,
            )
        )
    insert(ArchivedMessage, _FIELDS, rows=rows)
    index_words(archive, ((number, str(row[12]), str(row[13])) for number, row in enumerate(rows, begin)))
    placed.relink()
    archive.last_number += len(new)
    archive.save(update_fields=["last_number"])


def _letter(number: int, mail: ArchivedMail) -> Letter:
    return Letter(number, mail.message_id, mail.in_reply_to, mail.references, mail.subject, mail.sent_at)


def _senders(archive: Archive, new: Sequence[Found]) -> dict[str, int]:
    """Return the keys of the senders of what is new; they are saved with their counts."""
    wanted = {one.mail.identity for one in new}
    known = {one.identity: one for one in Sender.objects.filter(archive=archive, identity__in=wanted)}
    for one in new:
        mail, key = one.mail, one.mail.identity
        sender = known.get(key)
        if sender is None:
            sender = known[key] = Sender(archive=archive, identity=key, address=mail.address)
        sender.name = sender.name or mail.name[:_NAME_LENGTH]
        sender.n_messages += 1
        if mail.sent_at:
            sender.first_at = min(sender.first_at or mail.sent_at, mail.sent_at)
            sender.last_at = max(sender.last_at or mail.sent_at, mail.sent_at)
    kept = ("identity", "address", "name", "n_messages", "first_at", "last_at")
    rows = [(archive.pk, *(getattr(one, name) for name in kept)) for one in known.values()]
    insert(Sender, ("archive", *kept), rows=rows, unique=("archive", "identity"))
    return dict(Sender.objects.filter(archive=archive, identity__in=wanted).values_list("identity", "pk"))


def _hashes(archive: Archive, new: Sequence[Found]) -> list[tuple[str, bool]]:
    """Return the place of each in addresses, and whether its identifier had one already.

    The second of two messages with one identifier, and one without any, are named by their content.
    """
    usual = [permalink_hash(one.mail.message_id) if one.mail.message_id else "" for one in new]
    taken = set(
        ArchivedMessage.objects.filter(archive=archive, hash__in=usual).values_list("hash", flat=True)
    ) | {""}
    made = []
    for one, permalink in zip(new, usual, strict=True):
        is_taken = permalink in taken
        taken.add(permalink)
        made.append(
            (permalink_hash(one.digest.hex()) if is_taken else permalink, is_taken and bool(permalink))
        )
    return made
