"""Rules that the database itself keeps: triggers that refuse a change, on SQLite and on PostgreSQL.

A migration lists them as operations. Note for later migrations: SQLite drops a table's triggers when
Django rebuilds the table, so such a migration adds them again (a test counts them).
"""

from dataclasses import dataclass, replace

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_SQLITE = """CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END"""
_FUNCTION = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN COALESCE(NEW, OLD); END $$"""
_TRIGGER = "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
_TRUNCATE = (
    "CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is refused: `event` (INSERT, UPDATE or DELETE) on `table` where `condition` (SQL over NEW and OLD) holds."""

    name: str
    table: str
    event: str
    message: str
    condition: str = ""

    def statements(self, vendor: str) -> list[str]:
        """Return the SQL that sets the trigger up on `sqlite` or `postgresql`."""
        parts = {"name": self.name, "table": self.table, "event": self.event, "message": self.message}
        if vendor == "sqlite":
            return [_SQLITE.format(**parts, when=f"WHEN {self.condition}" if self.condition else "")]
        function = _FUNCTION.format(**parts, condition=self.condition or "TRUE")
        made = [function, _TRIGGER.format(**parts)]
        if self.event == "DELETE" and not self.condition:
            made.append(_TRUNCATE.format(**parts))
        return made


class Refuse(Operation):
    """Set up a refusal in the database; going backwards removes it."""

    reversible = True

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model state: a trigger is the database's own."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - the signature is Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - the signature is Django's
        to_state: ProjectState,  # noqa: ARG002 - the signature is Django's
    ) -> None:
        """Create the trigger."""
        for statement in self.refusal.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - the signature is Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - the signature is Django's
        to_state: ProjectState,  # noqa: ARG002 - the signature is Django's
    ) -> None:
        """Remove the trigger."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {self.refusal.name}")
        else:
            schema_editor.execute(f"DROP FUNCTION {self.refusal.name}() CASCADE")

    def describe(self) -> str:
        """Say in `migrate`'s own list what is refused."""
        return f"Refuse {self.refusal.event} on {self.refusal.table}: {self.refusal.name}"


class Relent(Operation):
    """Let a refusal of an earlier migration pass where `unless` (SQL over OLD) holds; backwards restores it."""

    reversible = True

    def __init__(self, refusal: Refusal, unless: str) -> None:
        self.refusal, self.unless = refusal, unless

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model state: a trigger is the database's own."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - the signature is Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - the signature is Django's
        to_state: ProjectState,  # noqa: ARG002 - the signature is Django's
    ) -> None:
        """Put the narrower condition in the place of the old one."""
        condition = f"({self.refusal.condition or 'TRUE'}) AND NOT ({self.unless})"
        self._replace(schema_editor, condition)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 - the signature is Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - the signature is Django's
        to_state: ProjectState,  # noqa: ARG002 - the signature is Django's
    ) -> None:
        """Refuse as before."""
        self._replace(schema_editor, self.refusal.condition)

    def _replace(self, schema_editor: BaseDatabaseSchemaEditor, condition: str) -> None:
        """Replace the trigger, or on PostgreSQL the function behind it: that against TRUNCATE stays as it is."""
        vendor = schema_editor.connection.vendor
        statements = replace(self.refusal, condition=condition).statements(vendor)
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {self.refusal.name}")
            schema_editor.execute(statements[0])
        else:
            schema_editor.execute(statements[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))

    def describe(self) -> str:
        """Say in `migrate`'s own list what passes."""
        return f"Let {self.refusal.name} pass in practice"


def append_only(table: str) -> list[Refuse]:
    """Return the operations that make `table` refuse every UPDATE and DELETE."""
    return [
        Refuse(
            Refusal(
                f"{table}_no_{event.lower()}", table, event, f"deletion_forbidden: {table} is append-only"
            )
        )
        for event in ("UPDATE", "DELETE")
    ]
