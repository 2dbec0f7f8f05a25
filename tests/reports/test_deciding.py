"""A decision comes after the review period, and nobody can make it come earlier: part of reports/actions."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from steps import DECIDED_ON, RULINGS, line, new_entries, refusal
from talanoa.contributions.actions.answering import dispute_response, reply_to_dispute
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Answer, Assurance, Dispute
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import close_process
from talanoa.processes.models import SYSTEM, Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log
from talanoa.record.queries import opened
from talanoa.reports.actions import LIMIT, Ruling, decide, end_reviews, note_follow_up
from talanoa.reports.models import FollowUp, RecommendationAnswer, Report

State = Process.State
Rulings = dict[int, Ruling]


def ruled(
    by: Any, rulings: Rulings = RULINGS, at: float = DECIDED_ON, process: Process | None = None
) -> Report:
    return decide(process or by.process, by=by, rulings=rulings, at=day(at), channel="web")


def noted(process: Process, by: Any, text: str = "The money was paid.", at: float = 80) -> FollowUp:
    return note_follow_up(process, by=by, text=text, at=day(at), channel="web")


def rejected(act: Callable[[], object], words: str) -> None:
    """Do `act`, which the database refuses with these words."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()


def by_sql(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert_decision(report: Report, decided_at: datetime) -> None:
    by_sql(
        "INSERT INTO reports_recommendationanswer (report_id, number, answer, reason, decided_at)"
        " VALUES (%s, 1, 'accepted', 'Now.', %s)",
        report.pk,
        decided_at,
    )


def test_a_decision_answers_each_recommendation_on_the_record(final: Report, sponsor: Participant) -> None:
    told = new_entries(lambda: ruled(sponsor))
    answers = "1:accepted,2:not_accepted"
    assert told == [line("decision.taken.1", r="sponsor", at=day(DECIDED_ON), answers=answers)]
    final.refresh_from_db()
    assert (final.decided_at, final.process.state) == (day(DECIDED_ON), State.DECIDED)
    rows = final.decisions.values_list("number", "answer", "reason", "decided_at")
    assert list(rows) == [(n, r.answer, r.reason, day(DECIDED_ON)) for n, r in RULINGS.items()]


def test_the_record_commits_to_the_reasons_and_still_holds_them(log: Log, decided: Report) -> None:
    [value] = opened(Entry.objects.get(kind="decision.taken.1"))
    assert (value.field, value.value, audit(log).wrong) == ("reasons", decided.reasons_sha256, [])


@pytest.mark.parametrize("when", [42, 50, 62.99])
def test_nobody_decides_while_the_review_period_runs(
    sealed: Report, convenor: Participant, sponsor: Participant, when: float
) -> None:
    for by in (convenor, sponsor):
        assert refusal(lambda who=by: ruled(who, at=when)) == "review_period_running"
    assert Process.objects.get().state == State.REVIEW_PERIOD


def test_a_report_that_is_not_final_is_not_decided_on(sealed: Report, convenor: Participant) -> None:
    assert refusal(lambda: ruled(convenor)) == "report_not_final"


def disputed(sealed: Report, at: float) -> Dispute:
    """The author of number 1 disputes the answer."""
    given = Answer.objects.select_related("contribution__process", "contribution__person").get()
    by = enter(sealed.process, given.contribution.person, at=day(at))
    return dispute_response(given, by=by, text="Not what I said.", at=day(at), channel="web")


def test_a_report_is_not_final_while_a_dispute_has_no_reply(sealed: Report, convenor: Participant) -> None:
    made = disputed(sealed, 50)
    assert end_reviews(at=day(64)) == 0
    with pytest.raises(RuleBroken) as broken:
        ruled(convenor)
    assert (broken.value.rule, broken.value.subjects) == ("dispute_unanswered", ("nm-1",))
    reply_to_dispute(made, by=convenor, reply="You are right.", at=day(65), channel="web")
    assert end_reviews(at=day(66)) == 1


def test_a_dispute_raised_after_the_review_period_holds_nothing_back(sealed: Report) -> None:
    disputed(sealed, 63)
    assert end_reviews(at=day(64)) == 1


def test_the_comments_that_keep_a_report_from_being_final_are_named(
    sealed: Report, convenor: Participant, lucia: Person
) -> None:
    review = sealed.process.stages.get(kind="review")
    receive_input(
        review,
        by=enter(sealed.process, lucia, at=day(50)),
        author=author_of(lucia, assurance=Assurance.PROVEN),
        words=Words(title="", text="The budget is missing."),
        publication="named",
        dedup_key="k",
        channel="web",
        at=day(50),
    )
    assert end_reviews(at=day(64)) == 0
    with pytest.raises(RuleBroken) as broken:
        ruled(convenor)
    assert (broken.value.rule, broken.value.subjects) == ("report_not_final", ("nm-2",))


def test_a_report_that_is_not_sealed_is_not_decided_on(process: Process, convenor: Participant) -> None:
    assert refusal(lambda: ruled(convenor)) == "report_not_sealed"


def test_a_decision_is_taken_once(decided: Report, convenor: Participant) -> None:
    assert refusal(lambda: ruled(convenor, at=80)) == "decided_already"


@pytest.mark.parametrize(
    ("rulings", "code"),
    [
        ({}, "decision_incomplete"),
        ({1: RULINGS[1]}, "decision_incomplete"),
        ({**RULINGS, 3: RULINGS[1]}, "decision_incomplete"),
        ({**RULINGS, 2: Ruling("perhaps", "Let us see.")}, "answer_unknown"),
        ({**RULINGS, 2: Ruling("do_not_proceed", " \n")}, "reason_missing"),
        ({**RULINGS, 2: Ruling("accepted", "x" * (LIMIT + 1))}, "text_too_long"),
    ],
)
def test_each_recommendation_has_an_answer_with_a_reason(
    final: Report, convenor: Participant, rulings: Rulings, code: str
) -> None:
    assert refusal(lambda: ruled(convenor, rulings)) == code
    assert RecommendationAnswer.objects.count() == 0


def test_the_refusal_names_what_lacks_and_what_is_not_there(final: Report, convenor: Participant) -> None:
    with pytest.raises(Exception, match="Without one: 2; not in the report: 7"):
        ruled(convenor, {1: RULINGS[1], 7: RULINGS[1]})


def test_not_to_proceed_is_an_answer(final: Report, convenor: Participant) -> None:
    no = Ruling("do_not_proceed", "  Somebody else does it already.\r\n")
    ruled(convenor, {1: no, 2: no})
    assert {(row.answer, row.reason) for row in final.decisions.all()} == {
        ("do_not_proceed", "Somebody else does it already.")
    }


def test_sponsor_or_convenor_decides_and_nobody_else(
    *,
    final: Report,
    dalia: Participant,
    chair: Participant,
    observer: Participant,
    nino: Participant,
) -> None:
    for other in (dalia, chair, observer, nino, SYSTEM):
        with pytest.raises(NotAllowed):
            ruled(other, process=final.process)


def test_the_database_refuses_a_decision_before_the_report_is_sealed(process: Process, log: Log) -> None:
    report = Report.objects.create(process=process, document=process.charter)
    rejected(lambda: insert_decision(report, day(1000)), "review_period_running")


@pytest.mark.parametrize("when", [50, 63, 1000])
def test_the_database_refuses_a_decision_while_the_report_is_not_final(sealed: Report, when: float) -> None:
    rejected(lambda: insert_decision(sealed, day(when)), "review_period_running")


@pytest.mark.parametrize("when", [43, 62, 63])
def test_the_database_refuses_a_decision_dated_before_the_final_report(final: Report, when: float) -> None:
    rejected(lambda: insert_decision(final, day(when)), "review_period_running")


@pytest.mark.parametrize("shorter", [day(62.99), day(42), None])
def test_the_database_refuses_to_shorten_a_review_period(sealed: Report, shorter: datetime | None) -> None:
    words = "review_period_running: the end of a review period can only move later"
    rejected(lambda: by_sql("UPDATE reports_report SET review_ends_at = %s", shorter), words)
    rejected(lambda: Report.objects.update(review_ends_at=shorter), words)


def test_a_review_period_may_last_longer(sealed: Report, convenor: Participant) -> None:
    Report.objects.update(review_ends_at=day(90))
    assert (end_reviews(at=day(63)), refusal(lambda: ruled(convenor))) == (0, "review_period_running")


IN_ORDER = "review_period_running: final only after the review period, decided only after that"


@pytest.mark.parametrize(
    "dates",
    [
        {"final_at": day(62)},
        {"decided_at": day(1000)},
        {"final_at": day(63), "decided_at": day(62)},
    ],
)
def test_the_database_refuses_dates_out_of_order(sealed: Report, dates: dict[str, datetime]) -> None:
    rejected(lambda: Report.objects.update(**dates), IN_ORDER)


def test_the_database_refuses_to_call_a_draft_final_or_decided(process: Process) -> None:
    Report.objects.create(process=process, document=process.charter)
    for date in ("final_at", "decided_at"):
        rejected(lambda column=date: by_sql(f"UPDATE reports_report SET {column} = %s", day(1000)), IN_ORDER)


def test_the_database_refuses_a_report_that_begins_decided(process: Process) -> None:
    early = Report(process=process, document=process.charter, decided_at=day(1))
    rejected(early.save, IN_ORDER)


@pytest.mark.parametrize("column", ["sealed_at", "final_at", "decided_at"])
def test_the_database_refuses_to_date_what_happened_anew(decided: Report, column: str) -> None:
    for when in (None, day(1000)):
        rejected(
            lambda value=when: by_sql(f"UPDATE reports_report SET {column} = %s", value),
            "deletion_forbidden|review_period_running",
        )


def test_the_database_refuses_to_seal_another_text(sealed: Report) -> None:
    other = sealed.process.charter.latest()
    rejected(lambda: Report.objects.update(sealed_revision=other), "deletion_forbidden: a sealed report")
    rejected(lambda: Report.objects.update(sealed_revision=None), "deletion_forbidden: a sealed report")
    rejected(lambda: by_sql("DELETE FROM reports_report"), "deletion_forbidden: a sealed report")


def test_the_database_refuses_a_seal_without_a_text_or_an_end(process: Process) -> None:
    Report.objects.create(process=process, document=process.charter)
    rejected(lambda: Report.objects.update(sealed_at=day(42)), "sealed_report_has_revision_and_review")


@pytest.mark.parametrize("sql", ["UPDATE {} SET answer = 'accepted'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_decision(decided: Report, sql: str) -> None:
    rejected(lambda: by_sql(sql.format("reports_recommendationanswer")), "deletion_forbidden")


@pytest.mark.parametrize("state", ["decided", "follow_up", "closed"])
def test_the_database_refuses_the_name_of_a_decision_without_one(sealed: Report, state: str) -> None:
    rejected(lambda: by_sql("UPDATE processes_process SET state = %s", state), "review_period_running")
    rejected(lambda: Process.objects.update(state=state), "review_period_running")


def test_a_follow_up_is_noted_in_public(decided: Report, dalia: Participant) -> None:
    told = new_entries(lambda: noted(decided.process, dalia, "The money\r\nwas paid.\n"))
    assert told == [line("followup.noted.1", r="secretariat", at=day(80))]
    note = FollowUp.objects.get()
    assert (note.text, note.noted_at, note.report.process.state) == (
        "The money\nwas paid.",
        day(80),
        State.FOLLOW_UP,
    )


def test_more_follow_ups_may_come_until_the_process_is_closed(
    decided: Report, sponsor: Participant, convenor: Participant
) -> None:
    for n, text in enumerate(("Half was paid.", "All was paid.")):
        noted(decided.process, sponsor, text, at=80 + n)
    assert [note.text for note in FollowUp.objects.all()] == ["Half was paid.", "All was paid."]
    close_process(decided.process, by=convenor, at=day(90), channel="web")
    assert refusal(lambda: noted(decided.process, convenor, at=91)) == "wrong_state"


@pytest.mark.parametrize(("text", "code"), [(" \n", "text_empty"), ("x" * (LIMIT + 1), "text_too_long")])
def test_a_follow_up_has_words_and_a_limit(
    decided: Report, convenor: Participant, text: str, code: str
) -> None:
    assert refusal(lambda: noted(decided.process, convenor, text)) == code
    assert decided.process.state == State.DECIDED


def test_before_the_decision_there_is_nothing_to_follow_up(final: Report, convenor: Participant) -> None:
    assert refusal(lambda: noted(final.process, convenor)) == "wrong_state"


def test_those_who_run_the_process_or_pay_for_it_note_what_was_done(
    decided: Report, chair: Participant, observer: Participant, nino: Participant
) -> None:
    for other in (chair, observer, nino, SYSTEM):
        with pytest.raises(NotAllowed):
            noted(decided.process, other)
