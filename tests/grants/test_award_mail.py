"""An award by mail alone: read the agreement, accept, report, tell what comes of it, give it up."""

import pytest

from conftest import day
from grants.awarding import DECIDED, act, offer
from mail.example_mails import Postbox, answer, words
from talanoa.conf.clockwork import tick
from talanoa.grants.actions.awarding import complete_award, withdraw_award
from talanoa.grants.actions.reporting import judge_report, note_payment
from talanoa.grants.models import Application, Award, AwardReport
from talanoa.processes.models import Participant

YUSUF, AMINA = "yusuf@garissa.example", "amina@talanoa.example"
OUTPUT = """output: title: Who stays?
kind: Dataset
date: 2026-06-01
author: Yusuf Abdi; 0000-0002-1825-0097
license: CC-BY-4.0
url: https://data.example/1"""


def flat(postbox: Postbox, address: str = YUSUF) -> str:
    return " ".join(words(postbox.last(address)).split())


def say(postbox: Postbox, text: str, number: float) -> str:
    """Answer the newest letter to Yusuf, and return what is answered to that."""
    postbox.receive(answer(postbox.last(YUSUF), text), at=day(number))
    return flat(postbox)


@pytest.fixture
def offered(postbox: Postbox, funded: Application, convenor: Participant) -> Award:
    """An offer of which the letter has gone out."""
    made = offer(funded, convenor)
    tick(at=day(DECIDED + 1))
    return made


def test_the_letter_holds_the_whole_agreement_and_a_plain_yes_accepts_it(
    postbox: Postbox, offered: Award
) -> None:
    letter = flat(postbox)
    for told in (
        "Time of people: 8000 EUR",
        "The place itself: 6000 EUR",
        "1. The plan, until",
        "3000 EUR, paid in advance",
        "> The data are published under an open license.",
    ):
        assert told in letter
    assert "This is the agreement:" in say(postbox, "Yes, if you pay at once.", DECIDED + 2)
    assert Award.objects.get().state == "offered"
    assert "Accepted." in say(postbox, "yes", DECIDED + 2)
    assert Award.objects.get().state == "active"
    tick(at=day(DECIDED + 2))
    assert "is accepted. This is the agreement:" in flat(postbox)
    assert "was accepted: 9000 EUR" in flat(postbox, AMINA)


def test_a_grantee_who_has_mail_alone_does_everything(
    postbox: Postbox, offered: Award, convenor: Participant
) -> None:
    say(postbox, "yes", DECIDED + 2)
    tick(at=day(DECIDED + 2))
    assert "report of milestone 1 is received" in say(postbox, "report: The plan is made.", DECIDED + 3)
    tick(at=day(DECIDED + 3))
    assert "> The plan is made." in flat(postbox, AMINA)
    assert "milestone 2 is received" in say(postbox, "report: milestone 2:\nAll of it.", DECIDED + 4)
    for report in AwardReport.objects.all():
        accepts = report.milestone.number == 2
        judge_report(report, accepts=accepts, reasons="Which plan?", **act(convenor, DECIDED + 5))
    tick(at=day(DECIDED + 5))
    letters = " ".join(" ".join(words(one).split()) for one in postbox.letters(YUSUF))
    assert "is sent back for another one. The reasons: Which plan?" in letters
    say(postbox, "report: milestone 1: This plan.", DECIDED + 6)
    newest = AwardReport.objects.get(milestone__number=1, number=2)
    assert newest.text == "This plan."
    judge_report(newest, accepts=True, reasons="Good.", **act(convenor, DECIDED + 7))
    say(postbox, "ethics: none: Only published texts are counted.", DECIDED + 7)
    say(postbox, "registered: registry: A registry\nidentifier: plan-17\ndate: 2026-05-02", DECIDED + 7)
    say(postbox, OUTPUT, DECIDED + 7)
    say(postbox, OUTPUT.replace("output: ", "output: number: 1\n").replace("stays", "goes"), DECIDED + 7)
    award = Award.objects.get()
    assert (award.ethics_reason, award.registered_as) == ("Only published texts are counted.", "plan-17")
    assert [(one.title, one.version) for one in award.outputs.all()] == [("Who goes?", 2)]
    paid = {"state": "instructed", "reference": "2026-17", **act(convenor, DECIDED + 8)}
    note_payment(award.milestones.get(number=2), **paid)
    tick(at=day(DECIDED + 8))
    assert "6000 EUR for milestone 2, “Data and text”: Instructed. Reference: 2026-17" in flat(postbox)
    complete_award(award, **act(convenor, DECIDED + 9))
    tick(at=day(DECIDED + 9))
    assert "is complete. Thank you. This came of it: 1. Who goes? (Dataset)" in flat(postbox)


def test_an_offer_is_declined_in_answer_to_its_letter(postbox: Postbox, offered: Award) -> None:
    assert "The award is given up" in say(postbox, "Decline: we have other work.", DECIDED + 2)
    assert (Award.objects.get().state, Award.objects.get().reason) == ("withdrawn", "we have other work.")


def test_an_award_is_given_up_by_mail_or_withdrawn_with_its_reason(
    postbox: Postbox, offered: Award, convenor: Participant
) -> None:
    say(postbox, "no", DECIDED + 2)
    assert Award.objects.get().state == "offered"
    say(postbox, "yes", DECIDED + 2)
    tick(at=day(DECIDED + 2))
    say(postbox, "decline: our partner has left.", DECIDED + 3)
    tick(at=day(DECIDED + 3))
    assert "> our partner has left. The next one on the reserve list" in flat(postbox, AMINA)
    assert Award.objects.get().is_given_up


def test_who_had_it_is_told_why_it_was_withdrawn(
    postbox: Postbox, award: Award, convenor: Participant
) -> None:
    withdraw_award(award, reason="No report came.", **act(convenor, DECIDED + 40))
    tick(at=day(DECIDED + 40))
    assert "is withdrawn. What was instructed or paid so far: 0 EUR. The reason: No report came." in flat(
        postbox
    )


def test_an_award_of_others_is_none_for_whoever_writes(postbox: Postbox, offered: Award) -> None:
    say(postbox, "yes", DECIDED + 2)
    tick(at=day(DECIDED + 2))
    letter = answer(postbox.last(YUSUF), "report 7: mine.")
    assert postbox.receive(letter, at=day(DECIDED + 3)).code == "number_unknown"
