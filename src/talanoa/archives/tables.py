"""The tables of an archive for studies: message, person, affiliation, thread. People stand in them by pseudonyms.

Subjects, words and identifiers of messages stand there as they are, and can name people: these are working tables,
no release.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from talanoa.archives.models import Archive, ArchivedMessage, Merge, Sender, Thread
from talanoa.lib.archive.affiliations import DECLARED, TABLE, UNKNOWN, Directory
from talanoa.lib.archive.merging import joined
from talanoa.lib.archive.tables import AFFILIATION, MESSAGE, PERSON, THREAD, Table, Value, write
from talanoa.lib.regions import region_of
from talanoa.people.models import Group, Person

CHUNK = 2000
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """To which group somebody belongs, how that is known, and the region; `unknown` where nothing says it."""

    group: str = UNKNOWN
    method: str = UNKNOWN
    region: str = UNKNOWN


def write_tables(
    archive: Archive,
    folder: Path,
    *,
    pseudonym: Callable[[str], str],
    directory: Directory,
    is_merged: bool = True,
) -> dict[str, int]:
    """Write the tables of an archive as Parquet into `folder`; return how many rows each has.

    With `is_merged`, senders that were decided to be one person have one pseudonym.
    """
    people = _People(archive, pseudonym, directory, is_merged=is_merged)
    tables: tuple[tuple[Table, Iterable[Row]], ...] = (
        (MESSAGE, _messages(archive, people)),
        (PERSON, people.persons()),
        (AFFILIATION, people.affiliations()),
        (THREAD, _threads(archive)),
    )
    folder.mkdir(parents=True, exist_ok=True)
    return {table.name: write(table, rows, folder / f"{table.name}.parquet") for table, rows in tables}


def _messages(archive: Archive, people: "_People") -> Iterator[Row]:
    fields = ("sender", "sent_at", "date", "thread__number", "parent_number", "message_id", "in_reply_to")
    rest = ("references", "subject", "text", "n_attachments", "notes")
    rows = ArchivedMessage.objects.standing().filter(archive=archive).order_by("number")
    for number, sender, *told in rows.values_list("number", *fields, *rest).iterator(chunk_size=CHUNK):
        yield (number, people.pseudonym(sender), *told)


def _threads(archive: Archive) -> Iterator[Row]:
    rows = Thread.objects.filter(archive=archive, n_messages__gt=0).order_by("number")
    told = rows.values_list("number", "number", "subject", "opened_at", "last_at", "n_messages")
    return told.iterator(chunk_size=CHUNK)


class _People:
    """The senders of an archive as persons."""

    def __init__(
        self, archive: Archive, pseudonym: Callable[[str], str], directory: Directory, *, is_merged: bool
    ) -> None:
        self._directory, self._make = directory, pseudonym
        self._senders = {one.pk: one for one in Sender.objects.filter(archive=archive).order_by("pk")}
        same = Merge.objects.filter(archive=archive, decision=Merge.Decision.SAME)
        self._person_of = joined(self._senders, same.values_list("one", "other") if is_merged else ())
        known = Person.objects.exclude(group=Group.OTHER)
        self._declared = {one.address: one for one in known.iterator(chunk_size=CHUNK)}

    def pseudonym(self, sender: int) -> str | None:
        """Return the pseudonym of a sender; None of those of whom nothing can be read."""
        return self._make(self._senders[self._person_of[sender]].identity) or None

    def persons(self) -> Iterator[Row]:
        """Give the rows of PERSON."""
        for person, senders in self._by_person().items():
            n_messages = sum(one.n_messages for one in senders)
            if n_messages and (name := self.pseudonym(person)):
                first = min((one.first_at for one in senders if one.first_at), default=None)
                last = max((one.last_at for one in senders if one.last_at), default=None)
                stands = self._standing(senders)
                yield (name, stands.group, stands.method, stands.region, first, last, n_messages)

    def affiliations(self) -> Iterator[Row]:
        """Give the rows of AFFILIATION: what dated tables say of addresses, else what the domain does.

        The latter holds for the days on which somebody wrote from there.
        """
        for pk, sender in self._senders.items():
            name = self.pseudonym(pk)
            for dated in self._directory.dated.get(sender.address, ()):
                yield (name, dated.organization, dated.valid_from, dated.valid_to, dated.source)
            if sender.address not in self._directory.dated and (
                found := self._directory.of_address(sender.address)
            ):
                yield (name, found.name, sender.first_at, sender.last_at, found.source)

    def _by_person(self) -> dict[int, list[Sender]]:
        found: dict[int, list[Sender]] = {}
        for pk, person in self._person_of.items():
            found.setdefault(person, []).append(self._senders[pk])
        return found

    def _standing(self, senders: list[Sender]) -> Standing:
        """Return what is declared, else what the tables say: of the newest message first."""
        newest = sorted(senders, key=lambda one: one.last_at.timestamp() if one.last_at else 0, reverse=True)
        for one in newest:
            if one.address and (person := self._declared.get(one.address)):
                return Standing(person.group, DECLARED, region_of(person.country) or UNKNOWN)
        for one in newest:
            if found := self._in_tables(one.address, one.last_at):
                return found
        return Standing()

    def _in_tables(self, address: str, at: datetime | None) -> Standing | None:
        dated = self._directory.dated.get(address, [])
        holds = [one for one in dated if at and one.holds(at)]
        said = self._directory.of_name(holds[-1].organization) if holds else None
        found = said or self._directory.of_address(address)
        if found is None or not (found.group or found.region):
            return None
        return Standing(found.group or UNKNOWN, TABLE if found.group else UNKNOWN, found.region or UNKNOWN)
