"""Every refusal that a migration sets up stands in the database of this run, and nothing else does."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from talanoa.kernel.refusals import Refusal, Refuse

STANDING = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def refusals() -> list[Refusal]:
    """The refusals of all migrations on disk."""
    migrations = MigrationLoader(None).disk_migrations
    found = [op.refusal for m in migrations.values() for op in m.operations if isinstance(op, Refuse)]
    return sorted(found, key=lambda refusal: refusal.name)


def expected(refusal: Refusal) -> set[tuple[str, str]]:
    """Name and table of the triggers that `refusal` sets up; PostgreSQL has one more against TRUNCATE."""
    names = {refusal.name}
    if connection.vendor == "postgresql" and refusal.event == "DELETE" and not refusal.condition:
        names.add(f"{refusal.name}_all")
    return {(name, refusal.table) for name in names}


def standing() -> set[tuple[str, str]]:
    """The triggers of this run, without those that keep the indexes of the search (tests/search counts them)."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        return {(name, table) for name, table in cursor.fetchall() if not name.startswith("search_")}


def test_there_are_as_many_triggers_as_refusals_in_the_migrations(db: None) -> None:
    assert standing() == set().union(*map(expected, refusals()))


def test_no_two_refusals_have_one_name() -> None:
    names = [refusal.name for refusal in refusals()]
    assert len(names) == len(set(names)) > 20


@pytest.mark.parametrize("model", ["Entry", "Node", "Checkpoint"])
def test_the_record_is_refused_update_and_delete(model: str) -> None:
    table = apps.get_model("record", model)._meta.db_table
    assert {refusal.event for refusal in refusals() if refusal.table == table} == {"UPDATE", "DELETE"}


def test_every_refusal_begins_with_the_code_of_its_rule() -> None:
    codes = {refusal.message.partition(":")[0] for refusal in refusals()}
    assert codes == {"default_undecided", "deletion_forbidden", "review_period_running", "space_crossed"}
