"""Loading, dating, correcting: what each leaves behind, and what refuses it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from registry.example_files import REGISTRY, change, copied
from steps import line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.registry_files import digest, read
from talanoa.people.models import Person
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log
from talanoa.registry.actions import answer_correction, date_entry, load_registry, receive_correction
from talanoa.registry.models import Body, Correction, Opportunity, OutsideProcess, Topic

CORRECT: dict[str, Any] = {"about": "body/forum", "text": "It moved.", "at": day(1), "channel": "web"}
ANSWER: dict[str, Any] = {"outcome": "corrected", "text": "So it did.", "at": day(2), "channel": "web"}


def test_what_the_files_say_stands_in_the_tables_and_on_the_record(log: Log) -> None:
    told = new_entries(lambda: load_registry(read(REGISTRY), at=START, channel="cli"))
    counts = {"bodies": 2, "processes": 1, "trainings": 1, "funding": 1, "sha256": digest(REGISTRY)}
    assert told == [line("registry.loaded.1", r="operator", at=START, ch="cli", p="", **counts)]
    pavers = Body.objects.get(key="pavers")
    assert (pavers.parent and pavers.parent.key, pavers.topics, pavers.checked_on) == (
        "forum",
        ["roads"],
        None,
    )
    assert OutsideProcess.objects.get().body.key == "forum"
    kinds = Opportunity.objects.order_by("key").values_list("key", "kind", "provider", "body__key")
    assert list(kinds) == [
        ("bridge", "funding", "", "pavers"),
        ("rowing", "training", "School of Rowing", None),
    ]
    assert Topic.objects.get(key="rivers").terms == ["river", "ferry"]


def test_loading_the_same_again_does_nothing(forum: Body) -> None:
    assert new_entries(lambda: load_registry(read(REGISTRY), at=day(1), channel="cli")) == []


def test_what_is_gone_from_the_files_stays_unlisted_and_comes_back(forum: Body, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    fees = folder / "opportunities/processes/fees.yaml"
    text = fees.read_bytes()
    fees.unlink()
    assert load_registry(read(folder), at=day(1), channel="cli")
    assert OutsideProcess.objects.get(key="fees").is_listed is False
    fees.write_bytes(text)
    assert load_registry(read(folder), at=day(2), channel="cli")
    assert OutsideProcess.objects.get(key="fees").is_listed is True


def test_new_words_replace_old_ones(forum: Body, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, "bodies/forum.yaml", "Forum of Crossings", "Forum of All Crossings")
    load_registry(read(folder), at=day(1), channel="cli")
    forum.refresh_from_db()
    assert forum.name == "Forum of All Crossings"


def test_dates_that_were_set_here_stay_until_a_file_was_checked_later(
    forum: Body, amina: Person, tmp_path: Path
) -> None:
    fees = OutsideProcess.objects.get()
    until = date(2026, 5, 1)
    told = new_entries(
        lambda: date_entry(fees, by=amina, checked=START.date(), closes=until, at=START, channel="cli")
    )
    fields = {"about": "process/fees", "checked": "2026-03-02", "opens": "-", "closes": "2026-05-01"}
    assert told == [line("registry.dated.1", r="operator", at=START, ch="cli", p="", **fields)]
    folder = copied(tmp_path)
    change(folder, "opportunities/processes/fees.yaml", "fair fee", "just fee")
    load_registry(read(folder), at=day(1), channel="cli")
    fees.refresh_from_db()
    assert (fees.closes_on, "just fee" in fees.summary) == (until, True)
    change(folder, "opportunities/processes/fees.yaml", "checked: 2026-02-20", "checked: 2026-03-03")
    load_registry(read(folder), at=day(2), channel="cli")
    fees.refresh_from_db()
    assert fees.closes_on == date(2026, 4, 1)


def test_nobody_checks_ahead_of_time_nor_ends_before_the_beginning(forum: Body, amina: Person) -> None:
    fees = OutsideProcess.objects.get()
    act: dict[str, Any] = {"by": amina, "at": START, "channel": "cli"}
    assert refusal(lambda: date_entry(forum, checked=date(2026, 3, 3), **act)) == "date_ahead"
    ends = {"opens": date(2026, 4, 2), "closes": date(2026, 4, 1)}
    assert refusal(lambda: date_entry(fees, checked=date(2026, 3, 2), **ends, **act)) == "dates_reversed"


def test_a_correction_gets_its_number_and_its_words_stay_out_of_the_record(
    forum: Body, yusuf: Person
) -> None:
    told = new_entries(lambda: receive_correction(by=yusuf, dedup_key="a", **CORRECT))
    assert told == [
        line("correction.received.1", r="reader", at=day(1), p="", correction=1, about="body/forum")
    ]
    assert b"It moved." not in bytes(Entry.objects.latest("index").leaf)
    second = receive_correction(by=None, dedup_key="b", **CORRECT | {"about": ""})
    assert (second.number, second.person) == (2, None)


def test_the_same_correction_twice_is_one(forum: Body, yusuf: Person) -> None:
    first = receive_correction(by=yusuf, dedup_key="a", **CORRECT)
    assert new_entries(lambda: receive_correction(by=yusuf, dedup_key="a", **CORRECT)) == []
    assert receive_correction(by=None, dedup_key="b", **CORRECT).number == first.number + 1


@pytest.mark.parametrize(("text", "code"), [(" \n", "text_empty"), ("a" * 4001, "text_too_long")])
def test_a_correction_has_words_within_a_limit(forum: Body, yusuf: Person, text: str, code: str) -> None:
    assert refusal(lambda: receive_correction(by=yusuf, dedup_key="a", **CORRECT | {"text": text})) == code
    assert receive_correction(by=yusuf, dedup_key="a", **CORRECT).number == 1


def test_an_answer_is_public_and_on_the_record(forum: Body, yusuf: Person, amina: Person) -> None:
    made = receive_correction(by=yusuf, dedup_key="a", **CORRECT)
    told = new_entries(lambda: answer_correction(made, by=amina, **ANSWER))
    assert told == [
        line("correction.answered.1", r="operator", at=day(2), p="", correction=1, outcome="corrected")
    ]
    made.refresh_from_db()
    assert (made.answer, made.answered_at) == ("So it did.", day(2))
    assert audit(Log.objects.get()).wrong == []


def test_an_answer_is_given_once(forum: Body, yusuf: Person, amina: Person) -> None:
    made = receive_correction(by=yusuf, dedup_key="a", **CORRECT)
    answer_correction(made, by=amina, **ANSWER)
    assert refusal(lambda: answer_correction(made, by=amina, **ANSWER)) == "correction_answered"


def test_an_outcome_is_one_of_three(forum: Body, yusuf: Person, amina: Person) -> None:
    made = receive_correction(by=yusuf, dedup_key="a", **CORRECT)
    assert (
        refusal(lambda: answer_correction(made, by=amina, **ANSWER | {"outcome": "liked"}))
        == "outcome_unknown"
    )


def test_only_those_whom_the_operator_appointed_keep_the_registry(forum: Body, yusuf: Person) -> None:
    made = receive_correction(by=yusuf, dedup_key="a", **CORRECT)
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        answer_correction(made, by=yusuf, **ANSWER)
    with pytest.raises(NotAllowed):
        date_entry(forum, by=yusuf, checked=START.date(), at=START, channel="cli")
    assert Entry.objects.count() == before


def test_the_database_refuses_to_delete_a_correction(forum: Body, yusuf: Person) -> None:
    made = receive_correction(by=yusuf, dedup_key="a", **CORRECT)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        made.delete()
    assert Correction.objects.count() == 1
