"""What a test begins with is the same whether its steps are taken or written again."""

from collections.abc import Callable

from django.apps import apps
from django.db import transaction

from conftest import START
from remembering import give_keys_again, remembered
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process
from talanoa.processes.models import Process

Rows = dict[str, list[object]]


def undone(build: Callable[[], Process]) -> tuple[str, Rows]:
    """Build in a transaction that is undone; return the key of what was built, and all rows there were."""
    give_keys_again()
    with transaction.atomic():
        made = build()
        rows = {
            model._meta.label: [*model._base_manager.order_by("pk").values()] for model in apps.get_models()
        }
        transaction.set_rollback(True)
    return made.key, rows


def test_what_is_written_again_is_what_the_steps_wrote(amina: Person) -> None:
    taken = []

    @remembered
    def draft(by: Person) -> Process:
        taken.append(by)
        facts = charter.template("open-consultation", title="Who trains the trainers?")
        return create_process(by=by, key="tt", facts=facts, at=START, channel="cli")

    first, again = undone(lambda: draft(amina)), undone(lambda: draft(amina))
    assert len(taken) == 1
    assert first == again
    assert first[1]["processes.Process"]
    assert first[1]["record.Entry"]


def test_where_the_database_is_another_the_steps_are_taken(amina: Person, yusuf: Person) -> None:
    taken = []

    @remembered
    def look(by: Person) -> int:
        taken.append(by)
        return Person.objects.count()

    assert (look(amina), look(amina)) == (2, 2)
    Person.objects.create(name="Lucía Pereira")
    assert look(amina) == 3
    assert len(taken) == 2


def test_every_table_counts_on_from_its_last_row(amina: Person) -> None:
    with transaction.atomic():
        for _time in range(3):
            Person.objects.create(name="Lucía Pereira")
        transaction.set_rollback(True)
    give_keys_again()
    assert Person.objects.create(name="Sione Vea").pk == amina.pk + 1
