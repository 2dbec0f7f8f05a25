"""Milestones are reported, reports accepted or sent back, and payments noted; nothing here moves money."""

import pytest

from conftest import day
from grants.awarding import DECIDED, act
from steps import line, new_entries, refusal
from talanoa.grants.actions.awarding import complete_award, withdraw_award
from talanoa.grants.actions.producing import Ethics, state_ethics, tell_output
from talanoa.grants.actions.reporting import ReportFile, judge_report, note_payment, receive_report
from talanoa.grants.models import Award, AwardReport, Milestone
from talanoa.grants.queries.awards import next_milestone, overdue, promised_to
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.extraction import Extracted
from talanoa.lib.outputs import Author, OutputText
from talanoa.people.models import Person
from talanoa.processes.models import Participant

WORK = DECIDED + 130
NONE_NEEDED = Ethics(reason="Only published texts are counted.")
SET = OutputText(
    "Speakers", "Dataset", day(DECIDED).date(), (Author("Y. Abdi"),), "CC0-1.0", url="https://a.example"
)


def plan(award: Award) -> Milestone:
    return award.milestones.get(number=1)


def work(award: Award) -> Milestone:
    return award.milestones.get(number=2)


def accepted(milestone: Milestone, yusuf: Person, convenor: Participant) -> AwardReport:
    report = receive_report(milestone, text="It is done.", **act(yusuf, WORK))
    return judge_report(report, accepts=True, reasons="It is.", **act(convenor, WORK))


def test_a_report_is_sent_back_with_reasons_and_the_next_one_accepted(
    award: Award, yusuf: Person, convenor: Participant
) -> None:
    file = ReportFile(b"We count.", "a.txt", Extracted("text/plain", "We count.", named=("Y. Abdi",)))
    first = receive_report(work(award), text="Half of it.", file=file, **act(yusuf, WORK))
    assert (first.filename, first.filetext, first.telling) == ("a.txt", "We count.", ["Y. Abdi"])
    assert receive_report(work(award), text="Half of it.", **act(yusuf, WORK)).pk == first.pk
    told = new_entries(
        lambda: judge_report(first, accepts=False, reasons="Where is the rest?", **act(convenor, WORK))
    )
    facts = {"award": 1, "milestone": 2, "report": 1, "outcome": "returned"}
    assert [{name: entry[name] for name in facts} for entry in told] == [facts]
    assert "reasons_sha256" not in told[0]
    second = receive_report(work(award), text="All of it.", **act(yusuf, WORK))
    assert judge_report(second, accepts=True, reasons="Good.", **act(convenor, WORK)).outcome == "accepted"
    assert work(award).is_done


def test_report_waits_a_second_report_waits_for_the_first(award: Award, yusuf: Person) -> None:
    receive_report(work(award), text="Half of it.", **act(yusuf, WORK))
    assert refusal(lambda: receive_report(work(award), text="All.", **act(yusuf, WORK))) == "report_waits"


def test_report_judged_a_report_is_judged_once(award: Award, yusuf: Person, convenor: Participant) -> None:
    report = accepted(work(award), yusuf, convenor)
    again = {"accepts": False, "reasons": "No.", **act(convenor, WORK)}
    assert refusal(lambda: judge_report(report, **again)) == "report_judged"


def test_reports_are_for_who_has_the_award_and_the_office(
    award: Award, yusuf: Person, lucia: Person, convenor: Participant, chair: Participant
) -> None:
    with pytest.raises(NotAllowed):
        receive_report(work(award), text="Mine.", **act(lucia, WORK))
    report = receive_report(work(award), text="Ours.", **act(yusuf, WORK))
    with pytest.raises(NotAllowed):
        judge_report(report, accepts=True, reasons="So.", **act(chair, WORK))
    assert not AwardReport.objects.visible_to(lucia).exists()
    assert not AwardReport.objects.visible_to(None).exists()
    for person in (yusuf, convenor.person, chair.person):
        assert AwardReport.objects.visible_to(person).get() == report


def test_what_is_due_first_is_asked_first_and_told_when_it_is_late(award: Award, yusuf: Person) -> None:
    assert next_milestone(award) == plan(award)
    assert [row.number for row in overdue(award, day(WORK))] == [1, 2]
    receive_report(plan(award), text="The plan.", **act(yusuf, WORK))
    assert next_milestone(award) == work(award)
    assert [row.number for row in overdue(award, day(WORK))] == [2]
    receive_report(work(award), text="The work.", **act(yusuf, WORK))
    with pytest.raises(RuleBroken) as broken:
        next_milestone(award)
    assert broken.value.rule == "milestone_unknown"


def test_payment_early_only_an_advance_is_paid_before_its_report(
    award: Award, yusuf: Person, convenor: Participant
) -> None:
    ask = {"state": "instructed", "reference": "2026-17", **act(convenor, WORK)}
    told = new_entries(lambda: note_payment(plan(award), **ask))
    facts = {"award": 1, "milestone": 1, "state": "instructed", "amount": 3000}
    assert told == [line("award.payment.1", r="convenor", at=day(WORK), **facts)]
    assert refusal(lambda: note_payment(work(award), **ask)) == "ethics_missing"
    state_ethics(award, ethics=NONE_NEEDED, **act(yusuf, WORK))
    assert refusal(lambda: note_payment(work(award), **ask)) == "payment_early"
    accepted(work(award), yusuf, convenor)
    assert note_payment(work(award), **ask).reference == "2026-17"
    assert (award.spent, award.paid) == (9000, 0)


def test_payment_order_what_is_paid_stays_paid(award: Award, convenor: Participant) -> None:
    steps = [{"state": state, **act(convenor, WORK)} for state in ("paid", "instructed", "planned")]
    paid, instructed, planned = steps
    assert refusal(lambda: note_payment(plan(award), **paid)) == "payment_order"
    for step in (instructed, planned, instructed, paid):
        note_payment(plan(award), **step)
    assert (award.paid, plan(award).paid_at) == (3000, day(WORK))
    assert refusal(lambda: note_payment(plan(award), **planned)) == "payment_order"


def test_what_was_paid_before_a_withdrawal_stays_spent(award: Award, convenor: Participant) -> None:
    note_payment(plan(award), state="instructed", **act(convenor, WORK))
    withdraw_award(award, reason="No report came.", **act(convenor, WORK))
    assert promised_to(award.application) == 3000
    assert note_payment(plan(award), state="paid", **act(convenor, WORK)).payment == "paid"
    late = {"state": "instructed", **act(convenor, WORK)}
    assert refusal(lambda: note_payment(work(award), **late)) == "award_state"


def test_an_award_is_complete_with_its_reports_ethics_and_an_output(
    award: Award, yusuf: Person, convenor: Participant
) -> None:
    for milestone in (plan(award), work(award)):
        accepted(milestone, yusuf, convenor)
    state_ethics(award, ethics=NONE_NEEDED, **act(yusuf, WORK))
    assert refusal(lambda: complete_award(award, **act(convenor, WORK))) == "award_unfinished"
    tell_output(award, told=SET, **act(yusuf, WORK))
    assert complete_award(award, **act(convenor, WORK)).state == "complete"
