"""Who reads a report, and when a decision may be taken."""

import hashlib
from typing import Any

import pytest

from conftest import day
from steps import REPORT, refusal
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.reports.actions import note_follow_up, write_report
from talanoa.reports.models import Report

SEALED: dict[str, Any] = {"sealed_at": day(42), "review_ends_at": day(63)}
FINAL = SEALED | {"final_at": day(64)}


def readers_of(readers: dict[str, Person | None]) -> set[str]:
    return {name for name, person in readers.items() if Report.objects.visible_to(person).exists()}


def test_a_draft_is_read_by_those_who_write_it(
    process: Process, dalia: Participant, readers: dict[str, Person | None]
) -> None:
    write_report(process, by=dalia, title="Report", text=REPORT, at=day(10))
    assert readers_of(readers) == {"secretariat", "chair", "convenor"}


def test_a_sealed_report_is_read_by_everybody(sealed: Report, readers: dict[str, Person | None]) -> None:
    assert readers_of(readers) == set(readers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("times", "when", "code"),
    [
        ({}, 70, "report_not_sealed"),
        (SEALED, 62.99, "review_period_running"),
        (SEALED, 63, "report_not_final"),
        (FINAL, 62.99, "review_period_running"),
        (FINAL | {"decided_at": day(65)}, 70, "decided_already"),
    ],
)
def test_a_decision_has_its_time(times: dict[str, Any], when: float, code: str) -> None:
    assert refusal(lambda: Report(**times).check_decidable(day(when))) == code


def test_once_the_report_is_final_it_can_be_decided_on() -> None:
    Report(**FINAL).check_decidable(day(64))


def test_the_refusal_says_when_the_review_period_ends(db: None) -> None:
    with pytest.raises(
        Exception, match=r"runs until Monday 4 May 2026, 09:00 UTC\. Nobody can decide before\."
    ):
        Report(**SEALED).check_decidable(day(50))


def test_a_sealed_report_does_not_change(sealed: Report) -> None:
    Report().check_unsealed()
    assert refusal(sealed.check_unsealed) == "report_sealed"


def test_the_hash_of_the_seal_is_that_of_its_text(sealed: Report) -> None:
    assert sealed.sealed_revision
    assert sealed.sealed_sha256 == hashlib.sha256(sealed.sealed_revision.text.encode()).hexdigest()


def test_the_hash_of_the_reasons_covers_number_answer_and_reason(decided: Report) -> None:
    told = "1: accepted: The money is there.\n\n2: not_accepted: The budget is public already."
    assert decided.reasons_sha256 == hashlib.sha256(told.encode()).hexdigest()


def test_things_read_as_people_call_them(decided: Report, convenor: Participant) -> None:
    note = note_follow_up(decided.process, by=convenor, text="Paid.", at=day(80), channel="web")
    assert note.text_sha256 == hashlib.sha256(b"Paid.").hexdigest()
    assert [str(row) for row in (*decided.decisions.all(), note)] == [
        "1: Accepted",
        "2: Not accepted",
        "2026-05-21",
    ]
