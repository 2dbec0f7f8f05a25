"""Tables that are created in one step of a migration are those that Django creates one by one."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from talanoa.kernel.tables import CreateTables

CUP = CreateModel("Cup", [("id", models.BigAutoField(primary_key=True))])
SPOON = CreateModel(
    "Spoon",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("cup", models.ForeignKey("record.cup", models.PROTECT, db_constraint=False)),
    ],
)


def standing() -> set[str]:
    return {"record_cup", "record_spoon"} & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_tables_are_created_together_and_taken_away_again() -> None:
    operation, before, after = CreateTables([CUP, SPOON]), ProjectState(), ProjectState()
    assert before.apps is not after.apps
    operation.state_forwards("record", after)
    assert {key for _app, key in after.models} == {"cup", "spoon"}
    editor = connection.schema_editor()
    editor.deferred_sql = []
    operation.database_forwards("record", editor, before, after)
    assert standing() == {"record_cup", "record_spoon"}
    operation.database_backwards("record", editor, after, before)
    assert standing() == set()


def test_a_migration_says_which_tables_it_creates() -> None:
    assert CreateTables([CUP, SPOON]).describe() == "Create the tables of Cup, Spoon"
