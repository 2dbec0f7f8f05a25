"""Questions about archives: one by name, its threads, a page of a thread, its people, what answers a search."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from talanoa.archives.models import Archive, ArchivedMessage, Rejection, Sender, Thread
from talanoa.lib.searchwords import SPACELESS, Query
from talanoa.people.models import Person

TABLE = "archives_archivedmessage"


def archive_called(name: str, person: Person | None) -> Archive | None:
    """Return the archive with this name, if `person` may read it."""
    return Archive.objects.visible_to(person).filter(name=name).first()


def threads(archive: Archive) -> QuerySet[Thread]:
    """Return the threads of an archive, the one with the newest message first."""
    return Thread.objects.filter(archive=archive).order_by("-last_at", "-number")


def opening_hashes(archive: Archive, of: Iterable[Thread]) -> dict[int, str]:
    """Return by its number the place in addresses of the first message of each thread."""
    rows = ArchivedMessage.objects.filter(archive=archive, number__in=[one.number for one in of])
    return dict(rows.values_list("number", "hash"))


def people(archive: Archive) -> QuerySet[Sender]:
    """Return who wrote, those with most messages first."""
    return Sender.objects.filter(archive=archive).order_by("-n_messages", "pk")


def message_called(archive: Archive, permalink: str) -> ArchivedMessage | None:
    """Return the message with this hash in its address."""
    rows = ArchivedMessage.objects.select_related("thread", "sender")
    return rows.filter(archive=archive, hash=permalink).first()


def messages_of_thread(thread: Thread) -> QuerySet[ArchivedMessage]:
    """Return the messages of a thread in the order of time; those without a date where they were imported."""
    return ArchivedMessage.objects.filter(thread=thread).select_related("sender").order_by("number")


def messages_of_sender(sender: Sender) -> QuerySet[ArchivedMessage]:
    """Return what one sender wrote, newest first, without the words."""
    rows = ArchivedMessage.objects.filter(sender=sender).select_related("thread")
    return rows.defer("text", "references").order_by("-number")


def called_by_number(archive: Archive, numbers: Iterable[int | None]) -> dict[int, ArchivedMessage]:
    """Return messages by their numbers, without their words."""
    wanted = {number for number in numbers if number is not None}
    rows = ArchivedMessage.objects.filter(archive=archive, number__in=wanted).select_related("sender")
    return {row.number: row for row in rows.defer("text", "references")}


def rejections(archive: Archive) -> QuerySet[Rejection]:
    """Return what could not be read in the files of an archive, in the order of import."""
    return Rejection.objects.filter(file__of__archive=archive).select_related("file")


def search(archive: Archive, query: Query, *, limit: int, before: int | None = None) -> list[ArchivedMessage]:
    """Return at most `limit` messages that answer, the ones imported last first, from below the key `before`.

    Nothing where nothing is asked for.
    """
    if query.is_empty:
        return []
    keys = _found(archive, query, limit, before)
    rows = ArchivedMessage.objects.filter(pk__in=keys).select_related("sender", "thread")
    return sorted(rows, key=lambda row: -row.pk)


def _found(archive: Archive, query: Query, limit: int, before: int | None) -> list[int]:
    """Return the keys, newest first; what was typed is only ever a parameter."""
    given: list[str | int] = []
    if connection.vendor == "sqlite":
        sql = _sqlite(archive, query, given)
        key = "rowid" if query.words else "id"
    else:
        sql, key = _postgresql(archive, query, given), "id"
    if before is not None:
        sql += f" AND {key} < %s"
        given.append(before)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT %s", [*given, limit])
        return [row[0] for row in cursor.fetchall()]


def _sqlite(archive: Archive, query: Query, given: list[str | int]) -> str:
    """Return SQL that walks the index of words from its end, where there is a word to look for."""
    if query.words:
        sql = "SELECT rowid FROM search_archives_words WHERE search_archives_words MATCH %s"
        given.append(f'archive_id : "{archive.pk}" AND {{subject text}} : ({query.for_fts5()})')
    else:
        sql = f"SELECT id FROM {TABLE} WHERE archive_id = %s"  # noqa: S608 - a name of ours
        given.append(archive.pk)
        for word in query.without:
            sql += " AND id NOT IN (SELECT rowid FROM search_archives_words WHERE search_archives_words MATCH %s)"
            given.append(f'{{subject text}} : "{word}"')
    for negation, parts in (("", query.parts), ("NOT ", query.without_parts)):
        for part in parts:
            key = "rowid" if query.words else "id"
            has = "(SELECT rowid FROM search_archives_parts WHERE subject LIKE %s OR text LIKE %s)"
            sql += f" AND {key} {negation}IN {has}"
            given += [f"%{part}%"] * 2
    return sql


def _postgresql(archive: Archive, query: Query, given: list[str | int]) -> str:
    sql, told = f"SELECT id FROM {TABLE} WHERE archive_id = %s", "(subject || ' ' || text)"  # noqa: S608 - a name of ours
    given.append(archive.pk)
    if query.words or query.without:
        sql += " AND search_words @@ websearch_to_tsquery('talanoa', %s)"
        given.append(query.for_websearch())
    if query.parts:
        sql += f" AND {told} ~ '[{SPACELESS}]'"
    for negation, parts in (("", query.parts), ("NOT ", query.without_parts)):
        for part in parts:
            sql += f" AND {told} {negation}ILIKE %s"
            given.append(f"%{part}%")
    return sql
