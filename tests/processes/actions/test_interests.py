"""Stating interests: in general, on the record, and as it was when words were spoken."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from command_line import talanoa
from conftest import START, day
from steps import line, new_entries, refusal
from talanoa.lib.ties import EMPLOYER, MANDATE, MOST, Tie
from talanoa.people.interests import Interests, interests_in
from talanoa.people.models import Affiliation, InterestStatement, Person, Standing
from talanoa.people.queries import disclosed, statements_of
from talanoa.processes.actions.interests import erase_interests, state_interests
from talanoa.record.models import Entry, Log
from talanoa.record.queries import opened

WORK = Tie(EMPLOYER, "Garissa University", "2019-03")


def stated(
    person: Person, *ties: Tie, text: str = "", at: float = 1, declines: bool = False
) -> InterestStatement:
    interests = Interests(ties, text, is_declined=declines)
    return state_interests(None, by=person, interests=interests, at=day(at), channel="web")


def test_a_statement_stands_on_the_record_by_its_digest_alone(log: Log, yusuf: Person) -> None:
    assert new_entries(lambda: stated(yusuf, WORK, text="I own no shares.")) == [
        line("interests.stated.1", r="", at=day(1), p="", declined=0)
    ]
    made = InterestStatement.objects.get()
    assert made.as_text == "employer: Garissa University; 2019-03\nI own no shares."
    [value] = opened(Entry.objects.latest("index"))
    assert value.value == made.text_sha256


def test_a_statement_holds_for_twelve_months(log: Log, yusuf: Person) -> None:
    made = stated(yusuf, WORK, at=1)
    assert made.standing(made.stated_at + timedelta(days=365)) == Standing.CURRENT
    assert made.standing(made.stated_at + timedelta(days=366)) == Standing.STALE


def test_who_has_said_nothing_has_no_statement_and_who_declines_is_an_observer(
    log: Log, yusuf: Person
) -> None:
    assert disclosed(yusuf, "").standing(START) == Standing.MISSING
    stated(yusuf, WORK, declines=True)
    assert disclosed(yusuf, "nm").standing(day(2)) == Standing.DECLINED
    assert not Affiliation.objects.exists()


def test_interests_empty(log: Log, yusuf: Person) -> None:
    assert refusal(lambda: stated(yusuf, text="  ")) == "interests_empty"


def test_mandate_without_evidence(log: Log, yusuf: Person) -> None:
    assert refusal(lambda: stated(yusuf, Tie(MANDATE, "The Union"))) == "mandate_without_evidence"
    assert not InterestStatement.objects.exists()


def test_the_database_holds_no_mandate_without_evidence_either(log: Log, yusuf: Person) -> None:
    made = stated(yusuf, WORK)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(statement=made, kind=MANDATE, organization="The Union")


def test_tie_unreadable(log: Log, yusuf: Person) -> None:
    assert refusal(lambda: interests_in("employer: X; last year")) == "tie_unreadable"
    assert refusal(lambda: stated(yusuf, Tie("owner", "X"))) == "tie_unreadable"


def test_too_many_ties(log: Log, yusuf: Person) -> None:
    assert refusal(lambda: stated(yusuf, *([WORK] * (MOST + 1)))) == "too_many_ties"


def test_a_statement_for_a_process_counts_there_before_the_general_one(log: Log, yusuf: Person) -> None:
    stated(yusuf, declines=True)
    InterestStatement.objects.create(person=yusuf, process_key="nm", text="None.", stated_at=day(2))
    assert disclosed(yusuf, "nm").standing(day(3)) == Standing.CURRENT
    assert disclosed(yusuf, "other").standing(day(3)) == Standing.DECLINED


def test_what_one_stated_can_be_erased_and_leaves_only_that_it_was_stated(log: Log, yusuf: Person) -> None:
    made = stated(yusuf, WORK, text="I own shares.")
    entry = Entry.objects.latest("index")
    told = new_entries(lambda: erase_interests(made, by=yusuf, at=day(2), channel="web"))
    made.refresh_from_db()
    assert (made.as_text, made.is_erased) == ("", True)
    assert [row["k"] for row in told] == ["redaction.made.1"]
    assert entry.openings.get().salt is None
    assert disclosed(yusuf, "").standing(day(2)) == Standing.MISSING


def test_interests_unknown(log: Log, yusuf: Person, sione: Person) -> None:
    made = stated(yusuf, WORK)
    erase = {"at": day(2), "channel": "web"}
    assert refusal(lambda: erase_interests(made, by=sione, **erase)) == "interests_unknown"
    assert statements_of(yusuf, "") == [made]


def test_by_command_line_too(log: Log, yusuf: Person) -> None:
    told = talanoa(
        "interests",
        "state",
        "employer: Garissa University; 2019-03",
        "No shares.",
        "--as",
        yusuf.address,
        "--json",
    )
    assert '"organization": "Garissa University"' in told.out
    assert InterestStatement.objects.get().text == "No shares."
