"""The indexes, kept by the databases themselves: whatever changes a text changes its index in the same transaction.

SQLite: two FTS5 tables without a copy of the text, kept by triggers. After a change of a text, which is an erasure
or a mail that was read by hand, the index is merged, since FTS5 would keep the old words until then.
PostgreSQL: a generated column and its GIN index, and trigrams of texts in scripts without spaces.
Note for later migrations: SQLite drops a table's triggers when Django rebuilds the table (a test counts them).
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
SOURCES = {
    "inputs_input": ("title", "text"),
    "contributions_response": ("text", "change"),
    "documents_revision": ("text", "summary"),
    "registry_body": ("name", "short", "remit"),
}
CONFIGURATION = (
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE TEXT SEARCH CONFIGURATION talanoa (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION talanoa ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple",
)


def sqlite(table: str, columns: tuple[str, ...]) -> list[str]:
    """Return the statements for one table on SQLite."""
    made = []
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    for suffix, tokenizer in (("words", "unicode61 remove_diacritics 2"), ("parts", "trigram")):
        index = f"search_{table}_{suffix}"
        names = ", ".join(columns)

        def kept(row: str, suffix: str = suffix) -> str:
            """Say which texts belong in the index: for parts, those with a character of such a script."""
            told = " || ' ' || ".join(f"{row}{column}" for column in columns)
            return f"{told} GLOB '*[{SPACELESS}]*'" if suffix == "parts" else "1"

        def values(row: str) -> str:
            return ", ".join(f"{row}.{column}" for column in columns)

        remove = (
            f"INSERT INTO {index} ({index}, rowid, {names}) SELECT 'delete', OLD.id, {values('OLD')} "
            f"WHERE {kept('OLD.')};"
        )
        add = f"INSERT INTO {index} (rowid, {names}) SELECT NEW.id, {values('NEW')} WHERE {kept('NEW.')};"
        merge = f"INSERT INTO {index} ({index}) VALUES ('optimize');"
        made += [
            f"CREATE VIRTUAL TABLE {index} USING fts5 ({names}, content='{table}', content_rowid='id', "
            f"tokenize='{tokenizer}')",
            f"INSERT INTO {index} (rowid, {names}) SELECT id, {names} FROM {table} WHERE {kept('')}",
            f"CREATE TRIGGER {index}_add AFTER INSERT ON {table} BEGIN {add} END",
            f"CREATE TRIGGER {index}_change AFTER UPDATE ON {table} WHEN {changed} "
            f"BEGIN {remove} {add} {merge} END",
            f"CREATE TRIGGER {index}_remove AFTER DELETE ON {table} BEGIN {remove} {merge} END",
        ]
    return made


def postgresql(table: str, columns: tuple[str, ...]) -> list[str]:
    """Return the statements for one table on PostgreSQL; a stored vector holds a megabyte, so the text is cut."""
    told = " || ' ' || ".join(columns)
    return [
        f"ALTER TABLE {table} ADD COLUMN search_words tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('talanoa'::regconfig, left({told}, 200000))) STORED",
        f"CREATE INDEX search_{table}_words ON {table} USING gin (search_words)",
        f"CREATE INDEX search_{table}_parts ON {table} USING gin (({told}) gin_trgm_ops) "
        f"WHERE ({told}) ~ '[{SPACELESS}]'",
    ]


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the indexes up, over what is there already."""
    is_sqlite = editor.connection.vendor == "sqlite"
    statements = [] if is_sqlite else list(CONFIGURATION)
    for table, columns in SOURCES.items():
        statements += (sqlite if is_sqlite else postgresql)(table, columns)
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("inputs", "0001_initial"),
        ("contributions", "0001_initial"),
        ("documents", "0001_initial"),
        ("registry", "0001_initial"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
