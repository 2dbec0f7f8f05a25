"""A raw mail is kept once, a letter is queued once, and what was erased is forgotten in both."""

from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, mail
from steps import refusal
from talanoa.mail.actions import follow, forget_subject, keep_raw, queue_mail
from talanoa.mail.models import OutgoingMessage, RawMessage, Subscription
from talanoa.mail.outbox import write_outbox
from talanoa.people.models import Person


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def queue(key: str, number: int | None = 1, process_key: str = "nm") -> OutgoingMessage:
    return queue_mail(
        key=key,
        to="yusuf@garissa.example",
        subject="About\n wells",
        text="CANARY",
        at=day(1),
        process_key=process_key,
        number=number,
    )


def test_a_raw_mail_is_kept_byte_for_byte_and_once(db: None) -> None:
    first = keep_raw(mail(), recipient="nm", at=day(1))
    again = keep_raw(mail(), recipient="nm", at=day(2))
    assert (first.pk, bytes(first.data), again.received_at) == (again.pk, mail(), day(1))


def test_a_mail_to_two_of_our_addresses_is_kept_for_each(db: None) -> None:
    kept = {keep_raw(mail(), recipient=to, at=day(1)).pk for to in ("nm", "geo", "GEO")}
    assert len(kept) == RawMessage.objects.count() == 2


def test_a_letter_is_queued_once_for_each_event_and_recipient(db: None) -> None:
    assert queue("receipt-1") == queue("receipt-1")
    assert OutgoingMessage.objects.count() == 1


def test_a_subject_is_one_line(db: None) -> None:
    assert queue("receipt-1").subject == "About wells"


def test_erasing_empties_every_mail_about_the_number_and_removes_its_file(db: None, postbox: Postbox) -> None:
    queue("receipt-1")
    raw = keep_raw(mail("CANARY"), recipient="nm", at=day(1))
    RawMessage.objects.filter(pk=raw.pk).update(process_key="nm", number=1, message_id="CANARY@a.example")
    write_outbox()
    forget_subject(process_key="nm", number=1)
    raw.refresh_from_db()
    assert (bytes(raw.data), raw.message_id, raw.sha256) == (b"", "", f"erased-{raw.pk}")
    assert (OutgoingMessage.objects.get().text, postbox.files()) == ("", [])


def test_erasing_touches_no_other_number_and_no_other_process(db: None, postbox: Postbox) -> None:
    for key, number, process_key in (("a", 2, "nm"), ("b", 1, "geo"), ("c", None, "nm")):
        queue(key, number, process_key)
    write_outbox()
    forget_subject(process_key="nm", number=1)
    assert set(OutgoingMessage.objects.values_list("text", flat=True)) == {"CANARY"}
    assert len(postbox.files()) == 3


def test_a_letter_that_waits_when_its_subject_is_erased_is_never_sent(db: None, postbox: Postbox) -> None:
    queue("receipt-1")
    forget_subject(process_key="nm", number=1)
    assert (write_outbox(), postbox.files()) == (0, [])


@pytest.mark.parametrize("level", Subscription.Level.values)
def test_how_much_mail_one_wants_has_three_levels(yusuf: Person, level: str) -> None:
    follow(yusuf, process_key="nm", level="every")
    follow(yusuf, process_key="nm", level=level)
    assert Subscription.objects.get().level == level
    assert refusal(lambda: follow(yusuf, process_key="nm", level="hourly")) == "level_unknown"
