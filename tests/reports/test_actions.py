"""A report is written and sealed once everything is answered; then it rests for its review period."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import day
from steps import REPORT, answer, answer_all, line, new_entries, refusal
from talanoa.contributions.actions.answering import approve_response
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import SYSTEM, Participant, Process, Stage
from talanoa.record.models import Entry
from talanoa.record.queries import opened
from talanoa.reports.actions import end_review, end_reviews, seal_report, write_report
from talanoa.reports.models import Report

Send = Callable[..., Input]
State = Process.State


def write(by: Participant, text: str = REPORT, at: float = 42) -> Any:
    return write_report(by.process, by=by, title="Report", text=text, at=day(at))


def seal(by: Any, process: Process | None = None) -> Report:
    return seal_report(process or by.process, by=by, at=day(42), channel="web")


def test_writing_a_report_is_not_on_the_record_yet(answered: Contribution, dalia: Participant) -> None:
    assert new_entries(lambda: write(dalia)) == []
    report = Report.objects.get()
    assert (report.document.title, report.sealed_sha256, str(report)) == ("Report", "-", "Report")


def test_a_report_grows_by_revisions_and_keeps_its_title(process: Process, dalia: Participant) -> None:
    write(dalia, at=10)
    write_report(process, by=dalia, title="Another", text="Recommendation 1. Pay.", at=day(11))
    document = Report.objects.get().document
    assert (document.title, document.revisions.count()) == ("Report", 2)


def test_a_report_without_a_title_has_that_of_the_process(process: Process, dalia: Participant) -> None:
    write_report(process, by=dalia, title="", text=REPORT, at=day(10))
    assert str(Report.objects.get()) == "How should training be funded?"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n", "text_empty"),
        ("x" * 400_001, "text_too_long"),
        ("Recommendation 2. Pay.", "recommendation_numbers"),
    ],
    ids=["empty", "long", "numbers"],
)
def test_a_report_that_cannot_be_read_is_not_saved(
    process: Process, dalia: Participant, text: str, code: str
) -> None:
    assert refusal(lambda: write(dalia, text)) == code
    assert Report.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "charter_review", "review_period", "final"])
def test_a_report_is_written_until_it_is_sealed(process: Process, dalia: Participant, state: str) -> None:
    Process.objects.filter(pk=process.pk).update(state=state)
    assert refusal(lambda: write(dalia)) == "wrong_state"


def test_nobody_but_the_desk_writes(process: Process, sponsor: Participant, nino: Participant) -> None:
    for other in (sponsor, nino):
        with pytest.raises(NotAllowed):
            write_report(process, by=other, title="", text=REPORT, at=day(10))


def test_a_sealed_report_stands_on_the_record_and_its_review_begins(
    answered: Contribution, convenor: Participant
) -> None:
    sha256 = write(convenor).sha256
    told = new_entries(lambda: seal(convenor))
    until = "2026-05-04T09:00Z"
    clock: dict[str, Any] = {"r": "system", "at": day(42), "ch": "tick"}
    assert told == [
        line(
            "report.sealed.1",
            r="convenor",
            at=day(42),
            sha256=sha256,
            inputs=1,
            responses=1,
            review_until=until,
        ),
        line("stage.closed.1", stage="report", position=2, **clock),
        line("stage.opened.1", stage="review", position=3, until=until, **clock),
    ]


def test_the_review_lasts_as_long_as_the_charter_says(sealed: Report) -> None:
    sealed.refresh_from_db()
    review = sealed.process.stages.get(kind=Stage.Kind.REVIEW)
    assert (sealed.process.state, sealed.review_ends_at, review.closes_at) == (
        State.REVIEW_PERIOD,
        day(63),
        day(63),
    )
    assert review.is_open(day(50))


def test_one_input_without_an_answer_stops_the_seal_and_is_named(
    spoken: Contribution, convenor: Participant, send: Send, lucia: Person
) -> None:
    send(lucia)
    keep_stages(at=day(41))
    answer_all(convenor, [spoken])
    write(convenor)
    with pytest.raises(RuleBroken, match=r"1 input has no answer yet: nm-2\.") as broken:
        seal(convenor)
    assert (broken.value.rule, broken.value.subjects) == ("input_unanswered", ("nm-2",))


@pytest.mark.parametrize("state", ["published", "withheld", "unconfirmed"])
@pytest.mark.parametrize("publication", ["named", "private"])
def test_what_was_received_needs_an_answer_whether_it_is_shown_or_not(
    spoken: Contribution, convenor: Participant, state: str, publication: str
) -> None:
    Contribution.objects.update(state=state, publication=publication)
    keep_stages(at=day(41))
    write(convenor)
    assert refusal(lambda: seal(convenor)) == "input_unanswered"
    assert Report.objects.get().sealed_at is None


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_what_was_taken_back_needs_no_answer(spoken: Contribution, convenor: Participant, state: str) -> None:
    Contribution.objects.update(state=state)
    keep_stages(at=day(41))
    write(convenor)
    assert seal(convenor).sealed_at == day(42)


def test_what_was_erased_needs_no_answer(spoken: Contribution, convenor: Participant) -> None:
    erase_input(spoken.input, by=convenor, ground="author_request", at=day(2), channel="web")
    keep_stages(at=day(41))
    write(convenor)
    assert seal(convenor).sealed_at == day(42)


def test_of_many_that_wait_twenty_are_named_and_the_rest_counted(
    convenor: Participant, send: Send, yusuf: Person
) -> None:
    for n in range(22):
        send(yusuf, f"Point {n}")
    keep_stages(at=day(41))
    write(convenor)
    with pytest.raises(RuleBroken, match=r"22 inputs have no answer yet: nm-1, .*, nm-20 \(\+2\)\."):
        seal(convenor)


def test_what_a_report_cites_is_there(answered: Contribution, convenor: Participant) -> None:
    write(convenor, REPORT + "\nSee [nm-2] and [theme:travel], not [theme:money].\n")
    with pytest.raises(RuleBroken, match=r"nm-2, theme:travel\.") as broken:
        seal(convenor)
    assert broken.value.rule == "citation_unknown"


def test_a_report_recommends_something(answered: Contribution, convenor: Participant) -> None:
    write(convenor, "# Training\n\nMoney is what lacks.")
    assert refusal(lambda: seal(convenor)) == "recommendation_missing"


def test_a_feasibility_study_is_not_sealed_before_it_weighs_every_option(
    spoken: Contribution, convenor: Participant
) -> None:
    facts = charter.template("feasibility-study", title="Do we need a new fund?")
    write_charter(convenor.process, by=convenor, facts=facts, at=day(2))
    publish_charter(convenor.process, by=convenor, at=day(2), channel="web")
    keep_stages(at=day(41))
    answer_all(convenor)
    write(convenor, REPORT + "\nProceed as proposed, or leave it to an existing body?\n")
    with pytest.raises(RuleBroken, match=r"Proceed in part; Do not proceed\.") as broken:
        seal(convenor)
    assert broken.value.rule == "option_unweighed"


def test_there_is_something_to_seal(answered: Contribution, convenor: Participant) -> None:
    assert refusal(lambda: seal(convenor)) == "report_missing"


def test_a_report_is_sealed_after_the_call_and_once(spoken: Contribution, convenor: Participant) -> None:
    answer_all(convenor)
    write(convenor)
    assert refusal(lambda: seal(convenor)) == "wrong_state"
    keep_stages(at=day(41))
    seal(convenor)
    assert refusal(lambda: seal(convenor)) == "wrong_state"
    assert refusal(lambda: write(convenor)) == "wrong_state"


def test_nobody_but_the_convenor_seals(
    answered: Contribution, dalia: Participant, chair: Participant, sponsor: Participant
) -> None:
    write(dalia)
    for other in (dalia, chair, sponsor, SYSTEM):
        with pytest.raises(NotAllowed):
            seal(other, dalia.process)


def test_the_record_commits_to_the_text_that_was_sealed(sealed: Report) -> None:
    [value] = opened(Entry.objects.get(kind="report.sealed.1"))
    assert sealed.sealed_revision
    assert (value.field, value.value) == ("text", sealed.sealed_revision.sha256)


def test_when_the_review_is_over_the_report_is_final(sealed: Report) -> None:
    told = new_entries(lambda: end_reviews(at=day(63)))
    clock: dict[str, Any] = {"r": "system", "at": day(63), "ch": "tick"}
    assert told == [
        line("report.final.1", sha256=sealed.sealed_sha256, **clock),
        line("stage.closed.1", stage="review", position=3, **clock),
        line("stage.opened.1", stage="decision", position=4, until="-", **clock),
    ]
    sealed.refresh_from_db()
    assert (sealed.final_at, sealed.process.state) == (day(63), State.FINAL)


def test_the_clock_ends_a_review_at_its_end_and_once(sealed: Report) -> None:
    ends = [end_reviews(at=day(n)) for n in (50, 62.99, 63, 64)]
    assert (ends, end_review(sealed, at=day(65))) == ([0, 0, 1, 0], False)


def test_a_draft_has_no_review_to_end(process: Process, dalia: Participant) -> None:
    write(dalia)
    assert (end_review(Report.objects.get(), at=day(1000)), end_reviews(at=day(1000))) == (False, 0)


def comment(report: Report, person: Person) -> Contribution:
    """Comment on the report in its review period."""
    made = receive_input(
        report.process.stages.get(kind=Stage.Kind.REVIEW),
        by=enter(report.process, person, at=day(50)),
        author=author_of(person, assurance=Assurance.PROVEN),
        words=Words(title="", text="The budget is not public."),
        publication="named",
        dedup_key="comment",
        channel="web",
        at=day(50),
    )
    return made.contribution


def test_a_comment_of_the_review_is_an_input_with_the_next_number(sealed: Report, lucia: Person) -> None:
    [told] = new_entries(lambda: comment(sealed, lucia))
    assert (told["k"], told["n"], told["stage"]) == ("input.received.1", 2, "review")


def test_an_unanswered_comment_holds_the_final_report_back(
    sealed: Report, convenor: Participant, lucia: Person
) -> None:
    made = comment(sealed, lucia)
    assert (end_reviews(at=day(63)), Report.objects.get().final_at) == (0, None)
    approve_response(answer(made, convenor), by=convenor, at=day(64), channel="web")
    assert (end_reviews(at=day(65)), Report.objects.get().final_at) == (1, day(65))


def test_by_the_first_call_nobody_sends_an_input_any_more(sealed: Report, send: Send, lucia: Person) -> None:
    assert refusal(lambda: send(lucia, at=day(50))) == "call_closed"
