"""Part of storing a batch: its words go into the index of SQLite; PostgreSQL does it by itself.

In one statement for all: FTS5 writes what it holds to disk after each statement, so that a trigger for each row takes
four times as long. Changes and removals of single messages are followed by triggers (migration 0002).
"""

import re
from collections.abc import Iterable

from django.db import connection

from talanoa.archives.models import Archive
from talanoa.lib.searchwords import SPACELESS

_SPACELESS = re.compile(f"[{SPACELESS}]")
_INDEXED = (
    "INSERT INTO search_archives_{index} (rowid, archive_id, subject, text) SELECT id, archive_id, subject, text "
    "FROM archives_archivedmessage WHERE archive_id = %s AND number >= %s"
)


def index_words(archive: Archive, texts: Iterable[tuple[int, str, str]]) -> None:
    """Index new messages, given as (number, subject, text); theirs are the highest numbers of the archive."""
    if connection.vendor != "sqlite":
        return
    rows = list(texts)
    first = min(number for number, _subject, _text in rows)
    spaceless = [number for number, *told in rows if any(map(_is_spaceless, told))]
    with connection.cursor() as cursor:
        cursor.execute(_INDEXED.format(index="words"), [archive.pk, first])
        if spaceless:
            marks = ", ".join(["%s"] * len(spaceless))
            sql = f"{_INDEXED.format(index='parts')} AND number IN ({marks})"
            cursor.execute(sql, [archive.pk, first, *spaceless])


def _is_spaceless(text: str) -> bool:
    """Tell whether a part of `text` is in a script without spaces; most texts are ASCII, which is told at once."""
    return not text.isascii() and _SPACELESS.search(text) is not None
