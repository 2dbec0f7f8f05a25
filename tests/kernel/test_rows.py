"""Writing many rows at once, each by its key."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from talanoa.kernel.rows import insert_each, update_each
from talanoa.mail.models import RawMessage
from talanoa.record.models import Log

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def mails(count: int) -> list[RawMessage]:
    return RawMessage.objects.bulk_create(
        RawMessage(received_at=WHEN, recipient="nm", sha256=f"{number}", data=b"x", outcome="")
        for number in range(count)
    )


def test_each_row_gets_its_own_values_and_nothing_else_is_written(db: None) -> None:
    rows = mails(3)
    for number, row in enumerate(rows):
        row.number, row.outcome, row.recipient = number + 7, f"it is '{number}' %s", "not written"
    update_each(rows[:2], ["number", "outcome"])
    kept = RawMessage.objects.order_by("pk").values_list("number", "outcome", "recipient")
    assert list(kept) == [(7, "it is '0' %s", "nm"), (8, "it is '1' %s", "nm"), (None, "", "nm")]


def test_what_is_new_is_written_as_it_is_given(db: None) -> None:
    fields = ("name", "origin", "key_name", "vkey", "size")
    given = [(f"log-{number}", f"it is '{number}' %s", "key", "", number) for number in range(2)]
    insert_each(Log, fields, given)
    assert list(Log.objects.filter(key_name="key").order_by("pk").values_list(*fields)) == given


def test_nothing_is_asked_of_the_database_for_no_rows(db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        update_each([], ["number"])
    assert len(asked) == 0
