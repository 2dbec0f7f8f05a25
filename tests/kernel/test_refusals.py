"""What the database refuses, as the SQL of both databases; that it refuses is tested where each rule is."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from talanoa.kernel.refusals import Refusal, Refuse, append_only

LATER = Refusal("log_grows", "record_log", "UPDATE", "no way back", "NEW.size < OLD.size")
NEVER = Refusal("log_stays", "record_log", "DELETE", "no way out")


def test_on_sqlite_a_trigger_holds_the_condition() -> None:
    [trigger] = LATER.statements("sqlite")
    assert trigger.split("\n") == [
        "CREATE TRIGGER log_grows BEFORE UPDATE ON record_log FOR EACH ROW WHEN NEW.size < OLD.size",
        "BEGIN SELECT RAISE(ABORT, 'no way back'); END",
    ]


def test_on_postgresql_a_function_raises_an_integrity_violation() -> None:
    function, trigger = LATER.statements("postgresql")
    assert "IF NEW.size < OLD.size THEN RAISE EXCEPTION 'no way back' USING ERRCODE" in function
    assert trigger.endswith("BEFORE UPDATE ON record_log FOR EACH ROW EXECUTE FUNCTION log_grows()")


def test_what_is_never_deleted_cannot_be_truncated_either() -> None:
    assert [sql.split(" ON ")[0] for sql in NEVER.statements("postgresql")[1:]] == [
        "CREATE TRIGGER log_stays BEFORE DELETE",
        "CREATE TRIGGER log_stays_all BEFORE TRUNCATE",
    ]


def test_append_only_is_no_update_and_no_delete() -> None:
    found = [(each.refusal.name, each.refusal.event) for each in append_only("record_entry")]
    assert found == [("record_entry_no_update", "UPDATE"), ("record_entry_no_delete", "DELETE")]


def test_a_migration_says_what_it_refuses() -> None:
    assert Refuse(NEVER).describe() == "Refuse DELETE on record_log: log_stays"


def put_and_take_out() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record_log (name, origin, key_name, vkey, size) VALUES ('x', 'x', 'x', 'x', 0)"
        )
        cursor.execute("DELETE FROM record_log WHERE name = 'x'")


@pytest.mark.django_db
def test_a_refusal_can_be_set_up_and_taken_away_again() -> None:
    operation, state, editor = Refuse(NEVER), ProjectState(), connection.schema_editor()
    operation.state_forwards("record", state)
    operation.database_forwards("record", editor, state, state)
    with pytest.raises(DatabaseError, match="no way out"):
        put_and_take_out()
    operation.database_backwards("record", editor, state, state)
    put_and_take_out()
