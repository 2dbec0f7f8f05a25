"""The index of words, much as that of talanoa.search is.

SQLite: FTS5 without a copy of the text, filled as messages come by `actions.indexing`, kept by triggers when one of them
changes or goes. The key of the archive stands in the index as a word of its own, so that a
search within one archive never walks over the hits of another; rowids grow, so the newest hits come first at no cost.
PostgreSQL: a generated column and its GIN index. Both: trigrams of texts in scripts without spaces.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "archives_archivedmessage"
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
COLUMNS = ("archive_id", "subject", "text")


def sqlite() -> list[str]:
    """Return the statements for SQLite."""
    made, names = [], ", ".join(COLUMNS)
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in COLUMNS)
    for suffix, tokenizer in (("words", "unicode61 remove_diacritics 2"), ("parts", "trigram")):
        index = f"search_archives_{suffix}"

        def kept(row: str, suffix: str = suffix) -> str:
            return f"{row}.subject || ' ' || {row}.text GLOB '*[{SPACELESS}]*'" if suffix == "parts" else "1"

        def values(row: str) -> str:
            return ", ".join(f"{row}.{column}" for column in COLUMNS)

        remove = (
            f"INSERT INTO {index} ({index}, rowid, {names}) SELECT 'delete', OLD.id, {values('OLD')} WHERE {kept('OLD')};"
        )
        add = f"INSERT INTO {index} (rowid, {names}) SELECT NEW.id, {values('NEW')} WHERE {kept('NEW')};"
        merge = f"INSERT INTO {index} ({index}) VALUES ('optimize');"
        made += [
            f"CREATE VIRTUAL TABLE {index} USING fts5 ({names}, content='{TABLE}', content_rowid='id', "
            f"tokenize='{tokenizer}')",
            f"CREATE TRIGGER {index}_change AFTER UPDATE OF {names} ON {TABLE} WHEN {changed} "
            f"BEGIN {remove} {add} {merge} END",
            f"CREATE TRIGGER {index}_remove AFTER DELETE ON {TABLE} BEGIN {remove} {merge} END",
        ]
    return made


def postgresql() -> list[str]:
    """Return the statements for PostgreSQL; a stored vector holds a megabyte, so the text is cut."""
    told = "subject || ' ' || text"
    return [
        f"ALTER TABLE {TABLE} ADD COLUMN search_words tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('talanoa'::regconfig, left({told}, 200000))) STORED",
        f"CREATE INDEX search_archives_words ON {TABLE} USING gin (search_words)",
        f"CREATE INDEX search_archives_parts ON {TABLE} USING gin (({told}) gin_trgm_ops) WHERE ({told}) ~ '[{SPACELESS}]'",
        f"CREATE INDEX search_archives_newest ON {TABLE} (archive_id, id DESC)",
    ]


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the indexes up."""
    with editor.connection.cursor() as cursor:
        for statement in sqlite() if editor.connection.vendor == "sqlite" else postgresql():
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("archives", "0001_initial"),
        ("search", "0001_indexes"),  # makes the configuration of words on PostgreSQL
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
