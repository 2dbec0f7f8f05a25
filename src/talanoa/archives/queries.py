"""Questions about archives: one by name, its threads, a page of a thread, its people, merges, what answers a search."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Count, QuerySet

from talanoa.archives.models import Archive, ArchivedMessage, Following, Merge, Rejection, Sender, Thread
from talanoa.lib.searchwords import SPACELESS, Query
from talanoa.mail.models import LIST_ADMIN, RawMessage
from talanoa.people.models import Person

KEY = "archive"
"""The address of ours that is subscribed to lists, with a secret after a plus."""
TABLE = "archives_archivedmessage"
WALKED = 2_000
"""Messages that are looked through one by one, on PostgreSQL, before the index is asked."""
TRIGRAM = 3


def archive_called(name: str, person: Person | None) -> Archive | None:
    """Return the archive with this name, if `person` may read it."""
    return Archive.objects.visible_to(person).filter(name=name).first()


def threads(archive: Archive) -> QuerySet[Thread]:
    """Return the threads of an archive, the one with the newest message first."""
    return Thread.objects.filter(archive=archive, n_messages__gt=0).order_by("-last_at", "-number")


def opening_hashes(archive: Archive, of: Iterable[Thread]) -> dict[int, str]:
    """Return by its number the place in addresses of the first message of each thread."""
    rows = ArchivedMessage.objects.filter(archive=archive, number__in=[one.number for one in of])
    return dict(rows.values_list("number", "hash"))


def people(archive: Archive) -> QuerySet[Sender]:
    """Return who wrote, those with most messages first."""
    return Sender.objects.filter(archive=archive, n_messages__gt=0).order_by("-n_messages", "pk")


def merges(archive: Archive, decision: str) -> QuerySet[Merge]:
    """Return the pairs of senders about whom this was decided, or nothing yet (`open`)."""
    return archive.merges.filter(decision=decision).select_related("one", "other").order_by("number")


def count_of_merges(archive: Archive) -> dict[str, int]:
    """Return how many pairs there are by what was decided about them."""
    rows = archive.merges.order_by().values_list("decision").annotate(n=Count("pk"))
    return dict.fromkeys(Merge.Decision.values, 0) | dict(rows)


def message_called(archive: Archive, permalink: str) -> ArchivedMessage | None:
    """Return the message with this hash in its address."""
    rows = ArchivedMessage.objects.select_related("thread", "sender")
    return rows.filter(archive=archive, hash=permalink).first()


def messages_of_thread(thread: Thread) -> QuerySet[ArchivedMessage]:
    """Return the messages of a thread in the order of import, which for a list is that of time."""
    return ArchivedMessage.objects.filter(thread=thread).select_related("sender").order_by("number")


def messages_of_sender(sender: Sender) -> QuerySet[ArchivedMessage]:
    """Return what one sender wrote, newest first, without the words."""
    rows = ArchivedMessage.objects.standing().filter(sender=sender).select_related("thread")
    return rows.defer("text", "references").order_by("-number")


def called_by_number(archive: Archive, numbers: Iterable[int | None]) -> dict[int, ArchivedMessage]:
    """Return messages by their numbers, without their words."""
    wanted = {number for number in numbers if number is not None}
    rows = ArchivedMessage.objects.filter(archive=archive, number__in=wanted).select_related("sender")
    return {row.number: row for row in rows.defer("text", "references")}


def letters_of(following: Following) -> QuerySet[RawMessage]:
    """Return what the program of a followed list wrote, or what no program could read, newest first."""
    rows = RawMessage.objects.filter(process_key=KEY, number=following.archive_id, outcome=LIST_ADMIN)
    return rows.exclude(data=b"").order_by("-pk")


def rejections(archive: Archive) -> QuerySet[Rejection]:
    """Return what could not be read in the files of an archive, in the order of import."""
    return Rejection.objects.filter(file__of__archive=archive).select_related("file")


def search(
    archives: Sequence[int], query: Query, *, limit: int, before: int | None = None
) -> list[ArchivedMessage]:
    """Return at most `limit` messages of the archives with these keys that answer, from below the key `before`.

    Those imported last come first. Nothing where nothing is asked for.
    """
    if query.is_empty or not archives:
        return []
    keys = _found(archives, query, limit, before)
    rows = ArchivedMessage.objects.filter(pk__in=keys).select_related("archive", "sender", "thread")
    return sorted(rows, key=lambda row: -row.pk)


def _found(archives: Sequence[int], query: Query, limit: int, before: int | None) -> list[int]:
    """Return the keys, newest first; what was typed is only ever a parameter."""
    find = _in_sqlite if connection.vendor == "sqlite" else _in_postgresql
    return find(archives, query, limit, before)


def _in_sqlite(archives: Sequence[int], query: Query, limit: int, before: int | None) -> list[int]:
    given: list[str | int] = []
    sql, key = _sqlite(archives, query, given), "rowid" if query.words else "id"
    return _keys(sql, key, given, limit, before)


def _in_postgresql(archives: Sequence[int], query: Query, limit: int, before: int | None) -> list[int]:
    """Look through the newest messages, then ask the indexes.

    PostgreSQL guesses how often a word is there. Where it guesses wrong it walks through all messages for a rare word,
    or sorts all that have a common one. A limit within keeps it to the newest; a sum that no index has to the words.
    """
    given: list[str | int] = []
    newest = f"SELECT * FROM {TABLE} WHERE archive_id IN ({_marks(archives, given)})"  # noqa: S608 - a name of ours
    if before is not None:
        newest += " AND id < %s"
        given.append(before)
    told = _postgresql(archives, query, given)
    sql = f"SELECT id FROM ({newest} ORDER BY id DESC LIMIT {WALKED}) AS newest WHERE {told}"  # noqa: S608 - as above
    found = _keys(sql, "id", given, limit)
    if len(found) == limit:
        return found
    given = []
    sql = f"SELECT id FROM {TABLE} WHERE {_postgresql(archives, query, given)}"  # noqa: S608 - as above
    return _keys(sql, "id + 0", given, limit, before)


def _keys(sql: str, key: str, given: Sequence[str | int], limit: int, before: int | None = None) -> list[int]:
    """Return what `sql` finds, from below the key `before`, the highest first."""
    if before is not None:
        sql, given = f"{sql} AND {key} < %s", [*given, before]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT %s", [*given, limit])
        return [row[0] for row in cursor.fetchall()]


def _sqlite(archives: Sequence[int], query: Query, given: list[str | int]) -> str:
    """Return SQL that walks the index of words from its end, where there is a word to look for."""
    if query.words:
        sql, key = "SELECT rowid FROM search_archives_words WHERE search_archives_words MATCH %s", "rowid"
        within = " OR ".join(f'"{archive}"' for archive in archives)
        given.append(f"archive_id : ({within}) AND {{subject text}} : ({query.for_fts5()})")
    else:
        # The plus keeps SQLite from going through all messages of the archive.
        sql, key = f"SELECT id FROM {TABLE} WHERE +archive_id IN ({_marks(archives, given)})", "id"  # noqa: S608 - a name of ours
        sql += " AND erased_at IS NULL"
        for word in query.without:
            sql += " AND id NOT IN (SELECT rowid FROM search_archives_words WHERE search_archives_words MATCH %s)"
            given.append(f'{{subject text}} : "{word}"')
    for negation, parts in (("", query.parts), ("NOT ", query.without_parts)):
        for part in parts:
            sql += f" AND {key} {negation}IN ({_sqlite_part(archives, part, given)})"
    return sql


def _sqlite_part(archives: Sequence[int], part: str, given: list[str | int]) -> str:
    """Return SQL for the messages with `part` in a script without spaces.

    Three characters are looked up; fewer are looked for in the messages that have such a script, which FTS5 lists.
    """
    if len(part) >= TRIGRAM:
        given.append(f'{{subject text}} : "{part}"')
        return "SELECT rowid FROM search_archives_parts WHERE search_archives_parts MATCH %s"
    # CROSS JOIN has SQLite begin with the few that have such a script.
    sql = (
        f"SELECT told.id FROM search_archives_parts_docsize AS few CROSS JOIN {TABLE} AS told "  # noqa: S608 - names of ours
        f"WHERE told.id = few.id AND +told.archive_id IN ({_marks(archives, given)}) "
        "AND (told.subject LIKE %s OR told.text LIKE %s)"
    )
    given += [f"%{part}%", f"%{part}%"]
    return sql


def _postgresql(archives: Sequence[int], query: Query, given: list[str | int]) -> str:
    """Return the conditions, and give what they need."""
    sql = f"archive_id IN ({_marks(archives, given)}) AND erased_at IS NULL"
    told = "(subject || ' ' || text)"
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


def _marks(archives: Sequence[int], given: list[str | int]) -> str:
    """Return a mark for each key, and give the keys."""
    given.extend(archives)
    return ", ".join(["%s"] * len(archives))
