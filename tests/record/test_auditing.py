"""An audit finds every change that somebody made behind the record's back."""

from collections.abc import Callable

import pytest
from django.db import connection

from conftest import day
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log, Opening

Send = Callable[..., Input]


def by_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_untouched_record_holds(log: Log, process: Process, send: Send, yusuf: Person) -> None:
    send(yusuf)
    report = audit(log)
    log.refresh_from_db()
    assert (report.wrong, report.entries, report.values) == ([], log.size, Opening.objects.count())


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("UPDATE inputs_input SET text = 'other words'", "text_sha256 is not what was put on the record"),
        ("UPDATE inputs_input SET title = 'Other'", "title is not what was put on the record"),
        ("UPDATE contributions_authorship SET name = 'Somebody'", "author is not what was put on the record"),
        (
            "UPDATE processes_process SET title = 'Another question'",
            "title is not what was put on the record",
        ),
    ],
)
def test_a_row_changed_by_sql_is_named(log: Log, send: Send, yusuf: Person, sql: str, finding: str) -> None:
    send(yusuf)
    by_sql(sql)
    [wrong] = audit(log).wrong
    assert wrong.endswith(finding)


def test_a_stranger_s_salt_is_found(log: Log, send: Send, yusuf: Person) -> None:
    send(yusuf)
    Opening.objects.filter(field="author").update(salt=bytes(32))
    [wrong] = audit(log).wrong
    assert wrong.endswith("author is not what was put on the record")


def test_erased_content_is_counted_and_nothing_is_wrong(
    log: Log, send: Send, yusuf: Person, convenor: Participant
) -> None:
    made = send(yusuf)
    erase_input(made, by=convenor, ground="author_request", at=day(2), channel="web")
    report = audit(log)
    assert (report.wrong, report.erased) == ([], 5)
