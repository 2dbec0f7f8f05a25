"""What the panel recommends is held, others decide with reasons, and yet others hear an appeal."""

from typing import Any

import pytest

from conftest import day
from grants.conftest import Apply
from grants.reviewing import CLOSED, review, reviewers
from mail.example_mails import Postbox, answer, words
from remembering import remembered
from steps import new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Appeal
from talanoa.grants.actions.applying import answer_naming
from talanoa.grants.actions.assigning import add_reviewer, assign_reviewers, record_conflict
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.actions.deciding import Ruled, appeal_decision, decide_application, hear_appeal, recommend
from talanoa.grants.models import Application, Reading, ResearchCall, Review, Verdict
from talanoa.grants.queries import outcomes_for
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Participant

FUND = Ruled("funded", "The method can answer it.", 9000)
NO = Ruled("declined", "The method cannot answer it.")
HELD: dict[str, Any] = {"at": day(CLOSED + 3), "channel": "web"}
LATER: dict[str, Any] = {"at": day(CLOSED + 17), "channel": "web"}


@pytest.fixture
@remembered
def reviewed(eligible: Apply, yusuf: Person, grant_call: ResearchCall, convenor: Participant) -> Application:
    """An application of Yusuf with three reviews."""
    made = eligible(yusuf)
    keep_calls(at=day(CLOSED))
    grant_call.refresh_from_db()
    reviewers(grant_call, convenor, 3)
    assign_reviewers(grant_call, by=convenor, seed="5" * 64, at=day(CLOSED), channel="web")
    for row in Reading.objects.select_related("application", "reviewer__person"):
        review(row, text="It counts well.")
    return made


@pytest.fixture
def declined(reviewed: Application, chair: Participant, sponsor: Participant) -> Application:
    """The same, declined by the sponsor on the recommendation of the chair."""
    recommend(reviewed, by=chair, ruled=NO, **HELD)
    decide_application(reviewed, by=sponsor, ruled=NO, **LATER)
    return Application.objects.get()


def test_award_held_nobody_decides_before_the_hold_is_over(
    reviewed: Application, chair: Participant, sponsor: Participant
) -> None:
    assert not Application.objects.visible_to(sponsor.person).exists()
    told = new_entries(lambda: recommend(reviewed, by=chair, ruled=FUND, **HELD))
    assert [(entry["k"], entry["r"], "outcome" in entry) for entry in told] == [
        ("application.recommended.1", "chair", False)
    ]
    soon = {"at": day(CLOSED + 16), "channel": "web"}
    assert refusal(lambda: decide_application(reviewed, by=sponsor, ruled=FUND, **soon)) == "award_held"  # type: ignore[arg-type]
    assert decide_application(reviewed, by=sponsor, ruled=FUND, **LATER).outcome == "funded"
    assert Application.objects.get().state == "funded"


def test_who_recommended_does_not_decide_and_who_has_a_conflict_does_neither(
    reviewed: Application, convenor: Participant, chair: Participant, sponsor: Participant
) -> None:
    recommend(reviewed, by=convenor, ruled=FUND, **HELD)
    with pytest.raises(NotAllowed):
        decide_application(reviewed, by=convenor, ruled=FUND, **LATER)
    for seat in (sponsor, chair):
        record_conflict(reviewed, seat.person, by=convenor, reason="A sister applies.", **HELD)
        assert not Verdict.objects.visible_to(seat.person).exists()
    with pytest.raises(NotAllowed):
        decide_application(reviewed, by=sponsor, ruled=FUND, **LATER)
    with pytest.raises(NotAllowed):
        recommend(reviewed, by=chair, ruled=FUND, **HELD)


def test_amount_unfit_an_award_keeps_to_the_call(reviewed: Application, chair: Participant) -> None:
    for ruled in (Ruled("funded", "So.", 20_001), Ruled("funded", "So."), Ruled("declined", "So.", 1)):
        assert (
            refusal(lambda ruled=ruled: recommend(reviewed, by=chair, ruled=ruled, **HELD)) == "amount_unfit"
        )  # type: ignore[misc]
    assert (
        refusal(lambda: recommend(reviewed, by=chair, ruled=Ruled("so", "So."), **HELD)) == "outcome_unknown"
    )


def test_nothing_is_recommended_before_every_review_is_in(
    reviewed: Application, chair: Participant, convenor: Participant
) -> None:
    fourth = reviewers(reviewed.call, convenor, 1, skip=3)[0]
    add_reviewer(reviewed, fourth, by=convenor, **HELD)
    assert refusal(lambda: recommend(reviewed, by=chair, ruled=FUND, **HELD)) == "reviews_missing"


def test_a_review_of_somebody_who_is_barred_counts_no_more_and_somebody_else_reviews(
    reviewed: Application, chair: Participant, convenor: Participant, sponsor: Participant, yusuf: Person
) -> None:
    recommend(reviewed, by=chair, ruled=FUND, **HELD)
    first = Reading.objects.select_related("reviewer__person")[0]
    told = new_entries(
        lambda: record_conflict(reviewed, first.reviewer.person, by=convenor, reason="A cousin.", **HELD)
    )
    assert [entry["k"] for entry in told] == ["conflict.recorded.1", "review.recused.1"]
    reviewed.refresh_from_db()
    assert reviewed.state == "eligible"
    assert refusal(lambda: recommend(reviewed, by=chair, ruled=FUND, **HELD)) == "reviews_missing"
    assert Review.objects.visible_to(chair.person).count() == 2
    assert Review.objects.visible_to(first.reviewer.person).count() == 1
    assert outcomes_for(first.reviewer.person, reviewed.call, 1) == {}
    fourth = reviewers(reviewed.call, convenor, 1, skip=3)[0]
    review(add_reviewer(reviewed, fourth, by=convenor, **HELD), text="It counts too.")
    recommend(reviewed, by=chair, ruled=FUND, **HELD)
    decide_application(reviewed, by=sponsor, ruled=FUND, **LATER)
    assert Review.objects.visible_to(yusuf).count() == 3


def test_judge_barred_a_conflict_that_came_up_is_noted_before_anybody_decides(
    reviewed: Application, chair: Participant, sponsor: Participant, convenor: Participant, yusuf: Person
) -> None:
    yusuf.organization = "Garissa Radio"
    yusuf.save()
    who = Reading.objects.select_related("reviewer__person")[0].reviewer.person
    Person.objects.filter(pk=who.pk).update(organization="Garissa Radio")
    assert refusal(lambda: recommend(reviewed, by=chair, ruled=FUND, **HELD)) == "judge_barred"
    Person.objects.filter(pk=who.pk).update(organization="")
    recommend(reviewed, by=chair, ruled=FUND, **HELD)
    Person.objects.filter(pk=chair.person_id).update(organization="Garissa Radio")
    assert refusal(lambda: decide_application(reviewed, by=sponsor, ruled=FUND, **LATER)) == "judge_barred"
    record_conflict(reviewed, chair.person, by=convenor, reason="Both at the radio.", **LATER)
    reviewed.refresh_from_db()
    assert reviewed.state == "eligible"


def test_call_money_spent_what_is_funded_stays_within_the_call(
    reviewed: Application, chair: Participant, sponsor: Participant
) -> None:
    call = reviewed.call
    text = call.text.replace("amount: 40000", "amount: 15000").replace("amount: 20000", "amount: 5000")
    ResearchCall.objects.update(text=text)
    other = Application.objects.create(
        call=call, number=9, state="funded", title="Other", channel="web", drafted_at=day(27)
    )
    told = {"step": "decision", "number": 1, "outcome": "funded", "amount": 12_000, "reasons": "So."}
    Verdict.objects.create(application=other, by=sponsor, given_at=day(70), until=day(98), **told)
    recommend(reviewed, by=chair, ruled=FUND, **HELD)
    assert (
        refusal(lambda: decide_application(reviewed, by=sponsor, ruled=FUND, **LATER)) == "call_money_spent"
    )


def test_part_missing_who_is_named_answers_before_anything_is_funded(
    reviewed: Application, chair: Participant, sponsor: Participant, lucia: Person
) -> None:
    reviewed.applicants.create(person=lucia, number=2, name="Lucía")
    recommend(reviewed, by=chair, ruled=FUND, **HELD)
    assert refusal(lambda: decide_application(reviewed, by=sponsor, ruled=FUND, **LATER)) == "part_missing"
    answer_naming(reviewed, by=lucia, agrees=True, **LATER)
    assert decide_application(reviewed, by=sponsor, ruled=FUND, **LATER).amount == 9000


def test_the_letter_names_the_criteria_and_the_appeal_is_heard_by_others(
    postbox: Postbox,
    declined: Application,
    yusuf: Person,
    chair: Participant,
    dalia: Participant,
) -> None:
    tick(at=day(CLOSED + 17))
    letter = " ".join(words(postbox.last(yusuf.address)).split())
    assert "The method can answer it: 3, The method can answer it, with open points." in letter
    assert "> It counts well." in letter
    assert [row.text for row in Review.objects.visible_to(yusuf)] == ["It counts well."] * 3
    postbox.receive(
        answer(postbox.last(yusuf.address), "appeal: one review speaks of another application."),
        at=day(CLOSED + 18),
    )
    appeal = Appeal.objects.get()
    tick(at=day(CLOSED + 18))
    assert "An appeal" in str(postbox.last(dalia.person.address)["Subject"])
    said: dict[str, Any] = {"reasons": "It did.", "at": day(CLOSED + 20), "channel": "web"}
    with pytest.raises(NotAllowed):
        hear_appeal(appeal, by=chair, outcome="overturned", **said)
    assert refusal(lambda: hear_appeal(appeal, by=dalia, outcome="so", **said)) == "outcome_unknown"
    hear_appeal(appeal, by=dalia, outcome="overturned", **said)
    assert Application.objects.get().state == "eligible"
    assert refusal(lambda: hear_appeal(appeal, by=dalia, outcome="upheld", **said)) == "appeal_decided"
    tick(at=day(CLOSED + 20))
    assert "Your appeal" in str(postbox.last(yusuf.address)["Subject"])


def test_a_decision_is_appealed_once_and_in_time(declined: Application, yusuf: Person, lucia: Person) -> None:
    with pytest.raises(NotAllowed):
        appeal_decision(declined, by=lucia, text="No.", **LATER)
    late: dict[str, Any] = {"at": day(CLOSED + 46), "channel": "web"}
    assert refusal(lambda: appeal_decision(declined, by=yusuf, text="No.", **late)) == "appeal_too_late"
    made = appeal_decision(declined, by=yusuf, text="No.", **LATER)
    assert appeal_decision(declined, by=yusuf, text="No.", **LATER).pk == made.pk
    assert refusal(lambda: appeal_decision(declined, by=yusuf, text="Nay.", **LATER)) == "appealed_already"


def test_nothing_to_appeal_before_a_decision(reviewed: Application, yusuf: Person) -> None:
    assert refusal(lambda: appeal_decision(reviewed, by=yusuf, text="No.", **LATER)) == "nothing_to_appeal"
